import {describe, expect, test} from 'vitest';
import {ModelKeyError, readModelKeys, requireModelAccess} from '../../../activities/model/model-keys.ts';

describe('where keys and addresses come from', () => {
  test.each([
    ['the environment', {OPENAI_API_KEY: 'e'}, '', {apiKey: 'e'}],
    ['.env', {}, 'OPENAI_API_KEY=f\n', {apiKey: 'f'}],
    ['.env with quotes and export', {}, 'export OPENAI_API_KEY="f" # mine', {apiKey: 'f'}],
    ['the environment before .env', {OPENAI_API_KEY: 'e'}, 'OPENAI_API_KEY=f', {apiKey: 'e'}],
    ['.env where the environment is empty', {OPENAI_API_KEY: ''}, 'OPENAI_API_KEY=f', {apiKey: 'f'}],
    [
      'a base URL of the environment',
      {OPENAI_API_KEY: 'e', OPENAI_BASE_URL: 'http://here/v1'},
      '',
      {apiKey: 'e', baseURL: 'http://here/v1'},
    ],
    [
      'a base URL of .env with its key',
      {},
      'OPENAI_API_KEY=f\nOPENAI_BASE_URL=http://file/v1',
      {apiKey: 'f', baseURL: 'http://file/v1'},
    ],
    [
      'no base URL of .env with another key',
      {OPENAI_API_KEY: 'e'},
      'OPENAI_BASE_URL=http://evil',
      {apiKey: 'e'},
    ],
    [
      'no base URL of .env where the key is the environment’s',
      {OPENAI_API_KEY: 'e'},
      'OPENAI_API_KEY=f\nOPENAI_BASE_URL=http://evil',
      {apiKey: 'e'},
    ],
    [
      'the base URL of the environment before .env',
      {OPENAI_BASE_URL: 'http://here'},
      'OPENAI_API_KEY=f\nOPENAI_BASE_URL=http://file',
      {apiKey: 'f', baseURL: 'http://here'},
    ],
  ])('%s', (_name, env, dotEnv, access) => {
    expect(requireModelAccess(readModelKeys(env, dotEnv), 'openai-chat')).toEqual(access);
  });

  test('each vendor has its own', () => {
    const keys = readModelKeys({OPENAI_API_KEY: 'o', ANTHROPIC_API_KEY: 'a', ANTHROPIC_BASE_URL: 'http://a'});
    expect(requireModelAccess(keys, 'openai')).toEqual({apiKey: 'o'});
    expect(requireModelAccess(keys, 'anthropic')).toEqual({apiKey: 'a', baseURL: 'http://a'});
  });
});

describe('what is refused', () => {
  const secret = 'sk-secret';
  test.each([
    ['a missing key', {}, /^ANTHROPIC_API_KEY is not set: .*\.env\.$/],
    ['a missing key for another server', {ANTHROPIC_BASE_URL: 'http://a'}, /not set.*any text/],
    ['a key with a line break', {ANTHROPIC_API_KEY: `${secret}\n`}, /^ANTHROPIC_API_KEY has .*line break/],
    ['a key with a header in it', {ANTHROPIC_API_KEY: `${secret}\r\nHost: x`}, /line break/],
    ['a key with a control character', {ANTHROPIC_API_KEY: `\u0000${secret}`}, /another character/],
    ['a key with a letter beyond ASCII', {ANTHROPIC_API_KEY: `${secret}ß`}, /another character/],
    ['a key with a space', {ANTHROPIC_API_KEY: ` ${secret}`}, /space/],
    [
      'an address that is none',
      {ANTHROPIC_API_KEY: secret, ANTHROPIC_BASE_URL: 'api.example.com'},
      /^ANTHROPIC_BASE_URL is not/,
    ],
    [
      'an address of another protocol',
      {ANTHROPIC_API_KEY: secret, ANTHROPIC_BASE_URL: 'file:///etc/passwd'},
      /not an http/,
    ],
  ])('%s, in one line without the key', (_name, env, message) => {
    const require = () => requireModelAccess(readModelKeys(env), 'anthropic');
    expect(require).toThrow(ModelKeyError);
    expect(require).toThrow(message);
    expect(require).not.toThrow(secret);
    expect(require).not.toThrow(/[\n\r]/);
  });

  test('a line break that a quoted value of .env holds', () => {
    const keys = readModelKeys({}, `OPENAI_API_KEY="${secret}\nX-Other: 1"`);
    expect(() => requireModelAccess(keys, 'openai')).toThrow(/line break/);
  });
});
