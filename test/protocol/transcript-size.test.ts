import {describe, expect, it} from 'vitest';
import {encodedBytes, maximumTranscriptBytes} from '../../workflows/protocol/limits.ts';
import type {TranscriptMessage} from '../../workflows/protocol/transcript.ts';
import {dropOldest, dropOldestAround, takePage} from '../../workflows/protocol/transcript-size.ts';

const long = 'x'.repeat(300_000);
const conversation: TranscriptMessage[] = [1, 2, 3, 4].flatMap((turn): TranscriptMessage[] => [
  {role: 'user', content: `question ${turn}`},
  {role: 'assistant', content: '', toolCalls: [{id: `t${turn}.c1`, name: 'read_file', input: {path: 'a'}}]},
  {role: 'tool', callId: `t${turn}.c1`, name: 'read_file', result: long},
]);

describe('takePage', () => {
  it('fits into the limit and goes on where it stopped', () => {
    const first = takePage(conversation);
    const second = takePage(conversation.slice(first.length));
    expect(encodedBytes(first)).toBeLessThanOrEqual(maximumTranscriptBytes);
    expect([...first, ...second]).toEqual(conversation);
  });

  it('has at least one message', () => {
    const huge: TranscriptMessage = {role: 'user', content: 'x'.repeat(2_000_000)};
    expect(takePage([huge, huge])).toEqual([huge]);
  });
});

describe('dropOldest', () => {
  it('leaves a short conversation alone', () => {
    expect(dropOldest(conversation.slice(0, 3))).toEqual(conversation.slice(0, 3));
  });

  it('says that it dropped something and starts with no orphaned result', () => {
    const kept = dropOldest(conversation);
    expect(encodedBytes(kept)).toBeLessThanOrEqual(maximumTranscriptBytes);
    expect(kept[0]).toMatchObject({role: 'user', content: expect.stringContaining('dropped')});
    expect(kept[1]?.role).not.toBe('tool');
    expect(kept.at(-1)).toEqual(conversation.at(-1));
  });

  it('keeps the last prompt where the answer to it was long', () => {
    const turns = [1, 2, 3, 4].flatMap((turn) => conversation.slice(3 * turn - 2, 3 * turn));
    const kept = dropOldest([conversation[0] as TranscriptMessage, ...turns]);
    expect(kept.map(({role}) => role).join(' ')).toBe(
      'user user assistant tool assistant tool assistant tool',
    );
    expect(kept[1]).toEqual(conversation[0]);
  });

  it('clips a prompt that leaves no room', () => {
    const prompt: TranscriptMessage = {role: 'user', content: 'x'.repeat(990_000)};
    const kept = dropOldest([prompt, {role: 'assistant', content: long, toolCalls: []}]);
    expect(encodedBytes(kept)).toBeLessThanOrEqual(maximumTranscriptBytes);
    expect(kept.at(-1)).toMatchObject({role: 'assistant', content: long});
  });
});

describe('dropOldestAround', () => {
  it('drops what came before the prompt first', () => {
    const earlier = conversation.slice(0, 6);
    const turns = conversation.slice(7, 9);
    const kept = dropOldestAround({earlier, turns}, 700_000);
    expect(kept.earlier.map(({role}) => role)).toEqual(['user', 'user', 'assistant', 'tool']);
    expect(kept.turns).toEqual(turns);
  });

  it('keeps a last turn that is too long, with its results clipped and all its calls answered', () => {
    const ids = Array.from({length: 18}, (_, index) => `t1.c${index + 1}`);
    const turns: TranscriptMessage[] = [
      {role: 'assistant', content: '', toolCalls: ids.map((id) => ({id, name: 'read_file', input: {}}))},
      ...ids.map((callId) => ({role: 'tool', callId, name: 'read_file', result: long}) as const),
    ];
    const kept = dropOldestAround({earlier: [], turns});
    expect(encodedBytes([...kept.earlier, ...kept.turns])).toBeLessThanOrEqual(maximumTranscriptBytes);
    expect(kept.turns[0]).toEqual(turns[0]);
    expect(kept.turns.slice(1).map((message) => message.role === 'tool' && message.callId)).toEqual(ids);
    expect(JSON.stringify(kept.turns[1])).toContain('[clipped: the whole result has 300002 bytes]');
  });
});
