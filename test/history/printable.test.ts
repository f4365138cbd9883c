import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {
  clip,
  displayWidth,
  forTerminal,
  inLine,
  printable,
  printableLines,
  toWidth,
} from '../../source/history/printable.ts';

describe('printable', () => {
  it.each([
    ['a colour', 'a\u001b[31mb\u001b[0m', 'ab'],
    ['the clipboard (OSC 52)', 'a\u001b]52;c;aGk=\u0007b', 'ab'],
    ['a title ended by ST', 'a\u001b]0;title\u001b\\b', 'ab'],
    ['an unterminated title', 'a\u001b]0;title', 'a'],
    ['8-bit CSI and OSC', 'a\u009b2Jb\u009d0;t\u009cc', 'abc'],
    ['a device control string', 'a\u001bPq#0;1\u001b\\b', 'ab'],
    ['a cursor move with intermediates', 'a\u001b[?25lb\u001b[1 qc', 'abc'],
    ['a reset and a charset change', 'a\u001bcb\u001b(0c', 'abc'],
    ['a truncated escape', 'a\u001b', 'a'],
    ['a truncated CSI', 'a\u001b[12', 'a'],
    ['escapes that form a new one when taken out', '\u001b\u001b[31m[2Ja', '[2Ja'],
    ['C0, DEL and C1', 'a\u0000\u0008\u007f\u0080b', 'ab'],
    ['carriage returns that overwrite', 'good\rbad', 'good bad'],
    ['bidirectional overrides', 'a\u202eb\u2066c\u2069', 'abc'],
    ['invisible marks', 'a\u200b\u00ad\ufeff\u{e0041}b', 'ab'],
    ['lone surrogates', 'a\ud800b', 'a\ufffdb'],
    ['lines and tabs', ' a\n\tb  c\n', 'a b c'],
  ])('takes out %s', (_title, text, expected) => {
    expect(printable(text)).toBe(expected);
    expect(printable(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });

  it('keeps emoji with joiners, accents and wide characters', () => {
    for (const text of ['👩‍👩‍👧 ok', 'e\u0301', '漢字']) expect(printable(text)).toBe(text);
  });

  it('keeps lines and their indentation where asked for', () => {
    expect(printableLines('a\r\n\tb\u001b[2J\rc')).toEqual(['a', '  b', 'c']);
  });
});

it('measures what trees are drawn with as a terminal does', () => {
  for (const glyph of 'ƒ–—“”…›·→↑↓↻⊘⋯│─━┌┐└┘├┤╭╮╯╰▏●○◆✓✗⠀⠋⣿~ ') {
    expect([glyph, displayWidth(glyph)]).toEqual([glyph, stringWidth(glyph)]);
  }
});

describe('clip and toWidth', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['漢字', 4, '漢字'],
    ['漢字', 3, '漢…'],
    ['漢字', 2, '…'],
    ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…'],
    ['abc', 0, ''],
  ])('clips %s to %i columns', (text, width, expected) => {
    expect(clip(text, width)).toBe(expected);
    expect(displayWidth(toWidth(text, width))).toBe(width);
  });
});

describe('the door in front of a terminal', () => {
  it('lets lines, tabs and spaces pass', () => {
    for (const text of ['a\n\tb  c\n', '◆ done', '']) expect(forTerminal(text)).toBe(text);
  });

  it('lets our own styles pass where they are asked for, and no others', () => {
    const text = '\u001b[31mred\u001b[39m\u001b[8mhidden\u001b[28m\u001b]0;\u001b[1mtitle\u0007';
    expect(forTerminal(text, {styles: true})).toBe('\u001b[31mred\u001b[39mhidden\u001b[1mtitle');
    expect(forTerminal(text)).toBe('redhidden');
  });

  it('makes one line of what may stand in one', () => {
    expect(inLine(' a\u001b[2J\nb\u202e ')).toBe(' a b ');
  });
});
