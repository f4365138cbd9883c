import {expect, test} from 'vitest';
import {findLastText, findText} from '../../workflows/interpreter/builtins/text-search.ts';

const letters = 'ab'.repeat(40);
const wanted = [letters, `${letters}a`, 'a'.repeat(70), `${'a'.repeat(40)}b${'a'.repeat(40)}`, 'a', ''];
const texts = [
  '',
  'a'.repeat(300),
  'ab'.repeat(200),
  `${'a'.repeat(90)}b${'a'.repeat(90)}b${'a'.repeat(60)}`,
  `x${letters}y${letters}a`,
];
const places = [0, 1, 50, 91, 1000, -5, 2.7, Number.POSITIVE_INFINITY];

test.for(texts.map((text, index) => [index, text] as const))(
  'finds what the host finds, from both ends, in text %i',
  ([, text]) => {
    for (const part of wanted) {
      for (const place of places) {
        const found = [findText(text, part, place), findLastText(text, part, place)];
        expect(found).toEqual([text.indexOf(part, place), text.lastIndexOf(part, place)]);
      }
      expect(findLastText(text, part, Number.NaN)).toBe(text.lastIndexOf(part));
    }
  },
);

test('takes time linear in the text where the host takes its product with what is wanted', () => {
  const part = 'a'.repeat(50_000);
  const text = 'a'.repeat(1_000_000);
  expect(findText(text, `${part}b${part}`, 0)).toBe(-1);
  expect(findLastText(text, `${part}b${part}`, Number.NaN)).toBe(-1);
});
