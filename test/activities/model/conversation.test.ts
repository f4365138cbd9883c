import {describe, expect, test} from 'vitest';
import {toConversation} from '../../../activities/model/conversation.ts';
import type {ToolMessage, TranscriptMessage} from '../../../workflows/protocol/transcript.ts';

const call = {id: 't1.c1', name: 'f', input: {}};
const asked: TranscriptMessage = {role: 'assistant', content: '', toolCalls: [call]};
const result: ToolMessage = {role: 'tool', callId: 't1.c1', name: 'f', result: 'done'};

describe('transcripts that providers would refuse are repaired', () => {
  test('a call without a result gets one that says so', () => {
    const turns = toConversation([asked, {role: 'user', content: 'go on'}]);
    expect(turns[0]).toMatchObject({
      calls: [{result: {failed: true, text: expect.stringContaining('cut off')}}],
    });
  });

  test('a result without its call is dropped', () => {
    expect(toConversation([result, {role: 'user', content: 'go on'}])).toEqual([
      {role: 'user', content: 'go on'},
    ]);
  });

  test('a result counts only for the call right before it', () => {
    const turns = toConversation([asked, {role: 'user', content: 'go on'}, asked, result]);
    const failed = turns.flatMap((turn) =>
      turn.role === 'assistant' ? turn.calls.map((c) => c.result.failed) : [],
    );
    expect(failed).toEqual([true, false]);
  });
});

describe('results as texts', () => {
  test.each<[string, Partial<ToolMessage>, string, boolean]>([
    ['a string as it is', {result: 'plain'}, 'plain', false],
    ['anything else as JSON', {result: {a: [1]}}, '{"a":[1]}', false],
    ['nothing as null', {}, 'null', false],
    ['a failure with its class', {failure: {name: 'X', message: 'm'}}, 'Error: X: m', true],
    ['a failure’s details', {failure: {name: 'X', message: 'm', details: [1]}}, 'Error: X: m\n[1]', true],
  ])('%s', (_name, fields, text, failed) => {
    const message: ToolMessage = {role: 'tool', callId: 't1.c1', name: 'f', ...fields};
    expect(toConversation([asked, message])[0]).toMatchObject({calls: [{result: {text, failed}}]});
  });
});

test('ids of earlier turns stay when later turns are added, so that prompt caches hold', () => {
  const run = [asked, result];
  expect(toConversation([...run, ...run, ...run]).slice(0, 2)).toEqual(toConversation([...run, ...run]));
});
