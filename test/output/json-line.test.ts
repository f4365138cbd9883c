import {expect, it} from 'vitest';
import {jsonLine} from '../../source/output/json-line.ts';

it('escapes what is not seen or does something, and says the same', () => {
  const text =
    'a\u007f\u009b\u00ad\u061c\u200b\u200c\u200d\u200e\u2028\u2029\u202e\u2060\u2066\u3164\ufe0f\ufeff\u{e0041}ä漢🎉';
  const line = jsonLine({[text]: text});
  expect(line).toMatch(/^[ -~ä漢🎉]*\n$/u);
  expect(line).toContain('\\udb40\\udc41');
  expect(JSON.parse(line)).toEqual({[text]: text});
});
