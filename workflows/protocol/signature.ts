import type {JsonObject, JsonSchema, JsonValue} from './json.ts';
import type {ToolDescription} from './manifest.ts';

/**
 * A tool as a TypeScript signature, e.g. `read_file({path: string})`, for models that write programs. What is said of
 * its arguments stands in comments.
 */
export function toolSignature({name, input}: Pick<ToolDescription, 'name' | 'input'>): string {
  return `${name}(${describedType(input, commentOn)})`;
}

/** A JSON Schema as a TypeScript type; `unknown` for what has no short equivalent. */
export function typeOf(schema: JsonSchema): string {
  return describedType(schema, () => '');
}

/** What follows a property: a comment with its description, or nothing. */
type Remark = (schema: JsonSchema) => string;

function commentOn({description}: JsonSchema): string {
  if (typeof description !== 'string' || description.trim() === '') return '';
  return ` /* ${description.trim().replace(/\s+/g, ' ').replaceAll('*/', '* /')} */`;
}

function describedType(schema: JsonSchema, remark: Remark): string {
  const typeOf = (inner: JsonSchema) => describedType(inner, remark);
  if (Array.isArray(schema.enum)) return union(schema.enum.map((value) => JSON.stringify(value)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(alternatives)) return union(alternatives.map((each) => typeOf(asSchema(each))));
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({...schema, type})));
  return typeOfKind(schema, remark);
}

function typeOfKind(schema: JsonSchema, remark: Remark): string {
  switch (schema.type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'integer':
      return 'number';
    case 'array':
      return `Array<${describedType(asSchema(schema.items ?? {}), remark)}>`;
    case 'object':
      return objectType(schema, remark);
    default:
      return 'unknown';
  }
}

function objectType({properties, required, additionalProperties}: JsonSchema, remark: Remark): string {
  const typeOf = (inner: JsonSchema) => describedType(inner, remark);
  const fields = Object.entries(asSchema(properties ?? {}));
  if (fields.length === 0) {
    const values = isObject(additionalProperties) ? typeOf(additionalProperties) : undefined;
    return values === undefined ? '{}' : `Record<string, ${values}>`;
  }
  const needed = Array.isArray(required) ? required : [];
  const types = fields.map(([name, schema]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
    return `${key}${needed.includes(name) ? '' : '?'}: ${typeOf(asSchema(schema))}${remark(asSchema(schema))}`;
  });
  return `{${types.join(', ')}}`;
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(' | ');
}

function asSchema(value: JsonValue): JsonSchema {
  return isObject(value) ? value : {};
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
