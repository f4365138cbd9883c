import {z} from 'zod';
import type {JsonObject, JsonSchema, JsonValue} from '../workflows/protocol/json.ts';
import {AgentDefinitionError} from './agent-definition-error.ts';

/** What JSON has no form for, by zod's name of it, and what to take instead. */
const unsayable: Readonly<Record<string, string>> = {
  date: 'take z.iso.datetime(), and make a Date of it in run',
  bigint: 'take z.string(), and make a BigInt of it in run',
  map: 'take z.record(), and make a Map of it in run',
  set: 'take z.array(), and make a Set of it in run',
  undefined: 'take .optional() on the field',
  void: 'leave the field out',
  nan: 'take z.number()',
  symbol: 'take z.string()',
  function: 'take what the function would give',
  custom: 'take a schema that says what it consists of',
  file: 'take the path of a file',
};

/** What Anthropic allows; OpenAI allows more. */
const fieldName = /^[A-Za-z0-9_.-]{1,64}$/;

/**
 * The JSON Schema of a tool's input, in a form that both OpenAI and Anthropic take.
 *
 * @param place of the tool, for the message, e.g. `notes.save_note`
 * @throws AgentDefinitionError that names the field for which there is none
 */
export function inputSchema(input: unknown, place: string): JsonSchema {
  if (!isSchema(input)) throw new AgentDefinitionError(`${place}.input ${notSchema(input)}`);
  const {$schema: _, ...schema} = z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any',
    override: ({zodSchema, path}) => checkType(zodSchema, fieldOf(place, path)),
  }) as JsonSchema;
  if (schema.type !== 'object') {
    throw new AgentDefinitionError(
      `${place}.input must be a z.object({…}): models give arguments by name. Put ${whatIs(schema)} into a field of one.`,
    );
  }
  return portable(schema, `${place}.input`) as JsonSchema;
}

function isSchema(input: unknown): input is z.ZodType {
  return typeof input === 'object' && input !== null && '_zod' in input;
}

function notSchema(input: unknown): string {
  if (typeof input === 'object' && input !== null && '_def' in input)
    return 'is a schema of zod 3, and zod 4 is needed: npm install zod@4, or import it from "zod/v4".';
  return 'must be a schema of zod: z.object({…}), or z.object({}) for a tool without arguments.';
}

function whatIs({type, anyOf, oneOf}: JsonSchema): string {
  if (anyOf ?? oneOf) return 'the alternatives';
  return typeof type === 'string' ? `the ${type}` : 'it';
}

/** The field that a place in a JSON Schema is about, e.g. `notes.save_note.input.tags[].name`. */
function fieldOf(place: string, path: readonly PropertyKey[]): string {
  const names = path.map((part, index) => {
    if (path[index - 1] === 'properties') return `.${String(part)}`;
    return part === 'items' || part === 'prefixItems' ? '[]' : '';
  });
  return `${place}.input${names.join('')}`;
}

function checkType(schema: z.core.$ZodTypes, field: string): void {
  const {def} = schema._zod;
  const type = def.type === 'literal' ? unsayableLiteral(def.values) : def.type;
  const instead = type && unsayable[type];
  if (instead)
    throw new AgentDefinitionError(`${field} is a z.${def.type}() that JSON cannot say: ${instead}.`);
}

function unsayableLiteral(values: readonly unknown[]): string | undefined {
  return values.map((value) => typeof value).find((type) => type in unsayable);
}

/** Without what one of the providers refuses: `oneOf`, tuples, and rules for the names of fields. */
function portable(value: JsonValue, field: string): JsonValue {
  if (Array.isArray(value)) return value.map((each) => portable(each, field));
  if (typeof value !== 'object' || value === null) return value;
  const {oneOf, prefixItems, propertyNames: _, properties, ...schema} = value;
  const rest = mapSchemas(schema, field);
  return {
    ...rest,
    ...(properties && {properties: portableProperties(properties as JsonObject, field)}),
    ...(oneOf && {anyOf: portable(oneOf, field)}),
    ...(prefixItems && {items: elements(prefixItems as JsonValue[], rest.items, field)}),
  };
}

/** Keywords whose values are data, not schemas. */
const data = new Set(['default', 'const', 'enum', 'required', 'examples']);

function mapSchemas(schema: JsonObject, field: string): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, data.has(key) ? value : portable(value, field)]),
  );
}

function portableProperties(properties: JsonObject, field: string): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      if (fieldName.test(name)) return [name, portable(schema, `${field}.${name}`)];
      throw new AgentDefinitionError(
        `${field}: ${JSON.stringify(name)} cannot be the name of a field: providers take letters, digits, "_", "." and "-", at most 64.`,
      );
    }),
  );
}

/** A tuple's elements as alternatives: how many there are is still said, their order is not. */
function elements(prefix: readonly JsonValue[], rest: JsonValue | undefined, field: string): JsonValue {
  const others = rest === undefined || rest === false ? [] : [rest];
  return {anyOf: [...prefix.map((each) => portable(each, field)), ...others]};
}
