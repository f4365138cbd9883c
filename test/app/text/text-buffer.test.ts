import {describe, expect, it} from 'vitest';
import * as edit from '../../../source/app/text/text-buffer.ts';
import {moveRow, rowCount, textWindow} from '../../../source/app/text/text-layout.ts';

/** A buffer written as its text with `|` for the cursor. */
function at(text: string): edit.TextBuffer {
  const cursor = text.indexOf('|');
  return {...edit.bufferOf(text.replace('|', '')), cursor};
}

function show({text, cursor}: edit.TextBuffer): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

describe('editing', () => {
  it.each<[(buffer: edit.TextBuffer) => edit.TextBuffer, string, string]>([
    [edit.left, 'ab|c', 'a|bc'],
    [edit.left, '|abc', '|abc'],
    [edit.left, 'a👩‍👩‍👧|', 'a|👩‍👩‍👧'],
    [edit.left, 'e\u0301|', '|e\u0301'],
    [edit.right, 'a|👩‍👩‍👧b', 'a👩‍👩‍👧|b'],
    [edit.right, 'abc|', 'abc|'],
    [edit.wordLeft, 'one two|', 'one |two'],
    [edit.wordLeft, 'one, |two', '|one, two'],
    [edit.wordLeft, '漢字 👍🏽|', '漢字 |👍🏽'],
    [edit.wordRight, '|one two', 'one| two'],
    [edit.wordRight, 'one| two', 'one two|'],
    [edit.lineStart, 'a\nbc|d', 'a\n|bcd'],
    [edit.lineStart, 'a|b', '|ab'],
    [edit.lineEnd, 'a\nb|cd\ne', 'a\nbcd|\ne'],
    [edit.deleteBackward, 'a👩‍👩‍👧|b', 'a|b'],
    [edit.deleteBackward, '|b', '|b'],
    [edit.deleteForward, 'a|漢b', 'a|b'],
    [edit.killToLineEnd, 'a|bc\nd', 'a|\nd'],
    [edit.killToLineEnd, 'a|\nd', 'a|d'],
    [edit.killToLineStart, 'x\nab|c', 'x\n|c'],
    [edit.killWordLeft, 'one two|', 'one |'],
    [edit.killWordRight, 'one| two three', 'one| three'],
  ])('%o: %s → %s', (change, before, after) => {
    expect(show(change(at(before)))).toBe(after);
  });

  it('puts back what was killed', () => {
    expect(show(edit.yank(edit.moveTo(edit.killWordLeft(at('one two|')), 0)))).toBe('two|one ');
  });

  it('takes no more than a prompt may have', () => {
    const full = edit.insert(edit.bufferOf(), 'x'.repeat(edit.maximumLength + 10));
    expect(full.text).toHaveLength(edit.maximumLength);
    expect(edit.insert(full, 'y')).toEqual(full);
  });
});

describe('the window of a text', () => {
  it.each<[string, number, number, string[], [number, number]]>([
    ['|', 10, 3, [''], [0, 0]],
    ['abc|', 10, 3, ['abc'], [3, 0]],
    ['abcde|', 5, 3, ['abcde', ''], [0, 1]],
    ['abcdef|', 5, 3, ['abcde', 'f'], [1, 1]],
    ['漢字|漢', 5, 3, ['漢字', '漢'], [0, 1]],
    ['a\n|b\nc\nd', 5, 2, ['a', 'b'], [0, 1]],
    ['a\nb\nc\nd|', 5, 2, ['c', 'd'], [1, 1]],
  ])('%j in %i×%i', (text, width, height, lines, [x, y]) => {
    expect(textWindow(at(text), width, height)).toEqual({lines, cursor: {x, y}});
  });

  it('moves between rows in the same column', () => {
    const buffer = at('abc\n漢字x\n|');
    const up = moveRow(buffer, 10, -1);
    expect(up && show(up)).toBe('abc\n|漢字x\n');
    const second = at('abc|\n漢字x');
    const down = moveRow(second, 10, 1);
    expect(down && show(down)).toBe('abc\n漢|字x');
    expect(moveRow(second, 10, -1)).toBeUndefined();
  });

  it('looks only at what is near the cursor', () => {
    const long = edit.bufferOf(`${'a'.repeat(400_000)}end`);
    expect(textWindow(long, 20, 2).lines.join('')).toContain('end');
    expect(rowCount(long, 20, 6)).toBe(6);
  });
});
