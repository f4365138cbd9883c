import {describe, expect, it} from 'vitest';
import {
  argumentsText,
  isRecord,
  isTooDeep,
  listOf,
  numberOf,
  parseJson,
  recordOf,
  textOf,
} from '../../../activities/model/wire-values.ts';

const nested = (levels: number): unknown => (levels === 0 ? 'end' : {in: [nested(levels - 1)]});
const list: unknown[] = [];

describe('what a server sends instead of what it should', () => {
  it.each([
    [{a: 1}, true],
    [list, false],
    [null, false],
    ['{}', false],
    [undefined, false],
  ])('%j is an object: %s', (value, expected) => {
    expect(isRecord(value)).toBe(expected);
    expect(recordOf(value)).toEqual(expected ? value : {});
  });

  it.each([
    [[1], [1]],
    [{length: 1}, []],
    [null, []],
  ])('%j has the list %j', (value, expected) => {
    expect(listOf(value)).toEqual(expected);
  });

  it.each([
    [7, 7],
    ['7', 0],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 0],
    [null, 0],
  ])('%j is the number %d', (value, expected) => expect(numberOf(value)).toBe(expected));

  it.each<[unknown, string]>([
    ['text', 'text'],
    [['a', {text: 'b'}, {type: 'text', text: 'c'}, {type: 'output_text', text: 'd'}], 'abcd'],
    [[{type: 'thinking', text: 'no'}, {text: 7}, {}, null, 7], ''],
    [{text: 'no list'}, ''],
    [undefined, ''],
  ])('%j has the text “%s”', (value, expected) => {
    expect(textOf(value)).toBe(expected);
  });

  it.each([
    ['{"a":1}', {a: 1}],
    ['null', null],
    ['{', undefined],
    ['', undefined],
  ])('“%s” is %j', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });
});

describe('arguments', () => {
  it.each<[unknown, string]>([
    ['{"a"', '{"a"'],
    [{a: [1, null, {b: 'c'}], d: undefined}, '{"a":[1,null,{"b":"c"}]}'],
    [null, ''],
    [undefined, ''],
    [0, '0'],
    [false, 'false'],
  ])('%j are written “%s”', (value, text) => {
    expect(argumentsText(value)).toBe(text);
  });

  it('that are too deep are cut, and still too deep', () => {
    expect(argumentsText(nested(100))).toBe(JSON.stringify(nested(100)));
    const text = argumentsText(nested(5000));
    expect(text).toMatch(/^(\{"in":\[){101}null(\]\}){101}$/);
    expect(isTooDeep(JSON.parse(text))).toBe(true);
  });

  it.each([
    [nested(100), false],
    [[nested(100)], true],
    [nested(101), true],
    ['x', false],
    [null, false],
  ])('of some depth are too deep: %#', (value, expected) => expect(isTooDeep(value)).toBe(expected));
});
