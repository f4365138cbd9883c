import {describe, expect, it} from 'vitest';
import {encodedBytes, maximumStartBytes} from '../../workflows/protocol/limits.ts';
import type {TranscriptMessage} from '../../workflows/protocol/transcript.ts';
import {clipResult, dropOldest, takePage} from '../../workflows/protocol/transcript-size.ts';

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
    expect(encodedBytes(first)).toBeLessThanOrEqual(maximumStartBytes);
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
    expect(encodedBytes(kept)).toBeLessThanOrEqual(maximumStartBytes);
    expect(kept[0]).toMatchObject({role: 'user', content: expect.stringContaining('dropped')});
    expect(kept[1]?.role).not.toBe('tool');
    expect(kept.at(-1)).toEqual(conversation.at(-1));
  });
});

describe('clipResult', () => {
  it('clips a long result with a note', () => {
    const clipped = clipResult({role: 'tool', callId: 't1.c1', name: 'read_file', result: long});
    expect(encodedBytes(clipped.result)).toBeLessThan(64_000);
    expect(clipped.result).toContain('[clipped: the whole result has 300002 bytes]');
  });
});
