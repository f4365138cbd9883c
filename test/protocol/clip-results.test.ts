import {describe, expect, it} from 'vitest';
import {clipFailure, clipResults, clipText} from '../../workflows/protocol/clip-results.ts';
import {encodedBytes} from '../../workflows/protocol/limits.ts';
import type {ToolMessage} from '../../workflows/protocol/transcript.ts';

const message = (content: Partial<ToolMessage>): ToolMessage => ({
  role: 'tool',
  callId: 't1.c1',
  name: 'read_file',
  ...content,
});

describe('clipResults', () => {
  it('clips a long result with a note and leaves a short one alone', () => {
    const short = message({result: ['short']});
    const [clipped, same] = clipResults([message({result: 'x'.repeat(300_000)}), short]);
    expect(encodedBytes(clipped?.result)).toBe(64_000);
    expect(clipped?.result).toContain('[clipped: the whole result has 300002 bytes]');
    expect(same).toBe(short);
  });

  it.each([
    ['results', {result: 'x'.repeat(60_000)}],
    ['failures', {failure: {name: 'ToolError', message: 'x'.repeat(60_000)}}],
    ['details', {failure: {name: 'ProgramError', message: 'm', details: Array(6000).fill('xxxxxxx')}}],
  ])('bounds many %s together', (_, content) => {
    const messages = Array.from({length: 35}, () => message(content));
    const clipped = clipResults([message({result: 'short'}), ...messages]);
    expect(encodedBytes(clipped)).toBeLessThanOrEqual(1_000_000);
    expect(encodedBytes(clipped)).toBeGreaterThan(900_000);
    expect(clipped[0]).toEqual(message({result: 'short'}));
    expect(JSON.stringify(clipped[1])).toContain('[clipped: ');
  });
});

describe('clipFailure', () => {
  it('keeps the class, and the beginnings of message and details', () => {
    const long = {name: 'ProgramError', message: 'm'.repeat(90_000), details: {frame: 'd'.repeat(90_000)}};
    const clipped = clipFailure(long);
    expect(encodedBytes(clipped)).toBeLessThanOrEqual(64_000);
    expect(clipped.name).toBe('ProgramError');
    expect(clipped.message).toMatch(/^m{30000}m*\n\[clipped: message of 90002 bytes\]$/);
    expect(clipped.details).toMatch(/^\{"frame":"d{20000}d*\n\[clipped: details of 90018 bytes\]$/);
  });
});

describe('clipText', () => {
  it.each([
    ['ASCII', 'x'],
    ['what JSON escapes', '\u0001"'],
    ['three bytes a character', '√'],
    ['surrogate pairs', '😀'],
  ])('counts bytes of JSON: %s', (_, unit) => {
    const text = clipText(unit.repeat(100_000), 1000, '[clipped]');
    expect(encodedBytes(text)).toBeLessThanOrEqual(1000);
    expect(encodedBytes(text)).toBeGreaterThan(900);
    expect(text.isWellFormed()).toBe(true);
  });

  it('is the note where there is room for nothing else', () => {
    expect(clipText('long', 0, '[clipped]')).toBe('\n[clipped]');
  });
});
