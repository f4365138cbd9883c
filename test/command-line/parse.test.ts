import {describe, expect, it} from 'vitest';
import {parseCommandLine} from '../../source/command-line/parse.ts';
import {UsageError} from '../../source/command-line/usage-error.ts';

describe('parseCommandLine', () => {
  it.each([
    [['write a note'], {operands: ['write a note']}],
    [['run', 'write a note'], {command: 'run', operands: ['write a note']}],
    [['--in-process', '--scenario', 'ptc'], {flags: {inProcess: true, scenario: 'ptc'}}],
    [['-e', '1 + 1'], {flags: {execute: '1 + 1'}}],
    [['-n', 'prod', '--task-queue', 'q'], {flags: {namespace: 'prod', taskQueue: 'q'}}],
    [['--capability', 'a.ts', '--capability', 'b.ts'], {flags: {capability: ['a.ts', 'b.ts']}}],
    [['--no-worker'], {flags: {worker: false, startDevServer: true}}],
    [['--no-start-dev-server'], {flags: {startDevServer: false, worker: true}}],
    [['--', '--scenario'], {operands: ['--scenario']}],
    [['run', '--', '-x'], {command: 'run', operands: ['-x']}],
    [['-o', 'jsonl'], {flags: {output: 'jsonl'}}],
    [['--program', '-'], {flags: {program: '-'}}],
  ])('%j', (argv, expected) => {
    expect(parseCommandLine(argv)).toMatchObject(expected);
  });

  it.each([
    [['--scenari', 'ptc'], 'There is no flag --scenari. Did you mean --scenario?'],
    [['--nonsense'], 'There is no flag --nonsense.'],
    [['--pace', 'quick'], '--pace needs a whole number of 0 or more.'],
    [['--pace', '-3'], '--pace needs a whole number of 0 or more.'],
    [['--output', 'xml'], '--output takes text, jsonl; it got "xml".'],
    [['--scenario'], '--scenario needs a value: --scenario <name>.'],
    [['--scenario', 'a', '--scenario', 'b'], '--scenario'],
    [['scenario'], 'There is no command "scenario". Did you mean scenarios?'],
    [['rnu'], 'There is no command "rnu". Did you mean run?'],
    [['worker', '--scenario', 'ptc'], 'durable-tui worker takes no --scenario: it belongs to run.'],
    [['completion', 'bash', '--json'], 'durable-tui completion takes no --json'],
    [['attach'], 'Usage: durable-tui attach <workflow-id>'],
    [['completion'], 'Usage: durable-tui completion bash|zsh|fish'],
  ])('%j is a usage error', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(UsageError);
    expect(() => parseCommandLine(argv)).toThrow(message);
  });
});
