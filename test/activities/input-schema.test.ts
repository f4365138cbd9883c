import {describe, expect, it} from 'vitest';
import {z} from 'zod';
import {inputSchema} from '../../activities/input-schema.ts';
import type {JsonValue} from '../../workflows/protocol/json.ts';

const kind = z.discriminatedUnion('kind', [
  z.object({kind: z.literal('a')}),
  z.object({kind: z.literal('b'), size: z.number()}),
]);

const folder = z.object({
  get folders() {
    return z.array(folder);
  },
});

/** Keywords that one of the providers refuses. */
const refused = ['oneOf', 'allOf', 'prefixItems', 'propertyNames'];

function keywords(value: JsonValue): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(keywords)];
}

describe('inputSchema', () => {
  it.each([
    ['alternatives that a field tells apart', z.object({kind})],
    ['a tuple', z.object({at: z.tuple([z.number(), z.string()])})],
    ['a tuple of any length', z.object({at: z.tuple([z.number()], z.boolean())})],
    ['a record', z.object({counts: z.record(z.string(), z.number())})],
    ['a record by names', z.object({counts: z.record(z.enum(['a', 'b']), z.number())})],
    ['two objects in one', z.object({a: z.string()}).and(z.object({b: z.string()}))],
    ['a schema that contains itself', folder],
    ['what is prepared first', z.preprocess((value) => value, z.object({a: z.string()}))],
    ['what is changed afterwards', z.object({a: z.string().transform(Number)})],
    ['fields that may be missing', z.object({a: z.string().optional(), b: z.number().default(1)})],
    ['anything', z.object({a: z.any(), b: z.unknown()})],
  ])('takes %s, in a form that all providers take', (_, schema) => {
    const made = inputSchema(schema, 'notes.save_note');
    expect(made.type).toBe('object');
    expect(keywords(made).filter((keyword) => refused.includes(keyword))).toEqual([]);
  });

  it('says of a tuple how many elements it has and what they may be', () => {
    const schema = z.object({at: z.tuple([z.number(), z.string()])});
    expect(inputSchema(schema, 'a.b').properties).toEqual({
      at: {type: 'array', minItems: 2, maxItems: 2, items: {anyOf: [{type: 'number'}, {type: 'string'}]}},
    });
  });

  it('leaves data as it is, even where it looks like a schema', () => {
    const schema = z.object({a: z.any().default({oneOf: [1], properties: {'x y': 1}})});
    expect(inputSchema(schema, 'a.b').properties).toEqual({
      a: {default: {oneOf: [1], properties: {'x y': 1}}},
    });
  });

  it('takes fields that are named like keywords', () => {
    const schema = z.object({oneOf: z.string(), properties: z.object({items: z.string()})});
    expect(inputSchema(schema, 'a.b').properties).toEqual({
      oneOf: {type: 'string'},
      properties: {type: 'object', properties: {items: {type: 'string'}}, required: ['items']},
    });
  });

  it('names a field within a tuple, a record or alternatives', () => {
    const date = z.date();
    for (const inner of [z.tuple([date]), z.record(z.string(), date), z.union([z.string(), date])]) {
      expect(() => inputSchema(z.object({when: inner}), 'a.b')).toThrow(
        /^a\.b\.input\.when(\[\])? is a z\.date\(\)/,
      );
    }
  });
});
