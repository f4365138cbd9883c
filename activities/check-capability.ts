import {z} from 'zod';
import {isReservedName} from '../workflows/protocol/program-text.ts';
import {activitySettings} from './activity-settings.ts';
import {AgentDefinitionError} from './agent-definition-error.ts';
import {checkFields, fields, words} from './definition-fields.ts';
import {inputSchema} from './input-schema.ts';

const identifier = /^[a-z][a-z0-9_]{0,47}$/;

const capabilityFields = fields({
  name: z.string('must be a text'),
  tools: z.record(z.string(), z.unknown(), 'must be an object of tools'),
});

const toolFields = fields(
  {
    description: words('must say what the tool does: it is all that a model knows of it'),
    input: z.unknown().optional(),
    activity: activitySettings.optional(),
    run: z.custom((value) => typeof value === 'function', 'must be a function').optional(),
  },
  {
    parameters: 'the schema of the arguments is input',
    inputSchema: 'the schema of the arguments is input',
    execute: 'the function is run',
    handler: 'the function is run',
    name: 'the name is the key under which it stands in tools',
  },
);

/**
 * Checks a capability as its author writes it.
 *
 * @param place what stands before its name in a message, e.g. `capabilities.2`
 * @throws AgentDefinitionError that names capability, tool and field
 */
export function checkCapability(capability: unknown, place = 'the capability'): void {
  checkFields(capabilityFields, capability, place);
  const {name, tools} = capability as z.infer<typeof capabilityFields>;
  checkName(name);
  for (const [tool, definition] of Object.entries(tools)) checkTool(name, tool, definition);
}

function checkTool(capability: string, name: string, definition: unknown): void {
  const place = `${capability}.${name}`;
  checkName(name);
  if (isReservedName(name)) {
    throw new AgentDefinitionError(
      `${place}: a tool cannot be named "${name}", which means something else in programs. Rename it, e.g. to ${capability}_${name}.`,
    );
  }
  checkFields(toolFields, definition, place);
  const {input, activity, run} = definition as z.infer<typeof toolFields>;
  inputSchema(input, place);
  if (!run && activity) {
    throw new AgentDefinitionError(
      `${place}.activity cannot apply: without a run function it is no activity. Remove it, or add run.`,
    );
  }
}

function checkName(name: string): void {
  if (identifier.test(name)) return;
  throw new AgentDefinitionError(
    `"${name}" cannot be a name: use lower-case letters, digits and underscores, starting with a letter, at most 48.`,
  );
}
