import {z} from 'zod';
import {AgentDefinitionError} from './agent-definition-error.ts';
import {closest} from './closest.ts';

/** How far a misspelt field may be from the one that is meant. */
const nearby = 3;

/**
 * An object of an author's definition that has these fields and no others.
 *
 * @param hints what to say of fields that do not exist but are often tried
 */
export function fields<Shape extends z.ZodRawShape>(
  shape: Shape,
  hints: Readonly<Record<string, string>> = {},
) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return `must be an object with ${known.join(', ')}`;
      return (issue.keys as string[]).map((key) => unknownField(key, known, hints[key])).join('; ');
    },
  });
}

function unknownField(key: string, known: readonly string[], hint: string | undefined): string {
  const suggestion = closest(key, known, nearby);
  const help = hint ?? (suggestion ? `did you mean ${suggestion}?` : `the fields are ${known.join(', ')}`);
  return `has no field ${JSON.stringify(key)}: ${help}`;
}

/** A whole number from `minimum` on. */
export function wholeNumber(minimum: number) {
  const message = `must be a whole number from ${minimum} on`;
  return z.int(message).min(minimum, message);
}

/** A text with something in it. */
export function words(message: string) {
  return z.string(message).refine((text) => text.trim() !== '', message);
}

/**
 * Checks a part of a definition.
 *
 * @param place where it stands, e.g. `notes.save_note`; stands before the field in the message
 * @throws AgentDefinitionError that names all that is wrong, each with its field
 */
export function checkFields(schema: z.ZodType, value: unknown, place: string): void {
  const {error} = schema.safeParse(value);
  if (!error) return;
  const problems = error.issues.map(
    ({path, message}) =>
      `${[place, ...path.map(String)].filter(Boolean).join('.') || 'the agent'} ${message}`,
  );
  throw new AgentDefinitionError(`${problems.join('; ')}.`.replace(/\?\.$/, '?'));
}
