import {z} from 'zod';
import {activitySettings} from '../../activities/activity-settings.ts';
import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import {checkCapability} from '../../activities/check-capability.ts';
import {closest} from '../../activities/closest.ts';
import type {Capability} from '../../activities/define.ts';
import {checkFields, fields, wholeNumber, words} from '../../activities/definition-fields.ts';

const agentName = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const nameRule = 'must be letters, digits, "_" and "-", starting with a letter, at most 64';
const inherited = 'a subagent has those of the agent that spawns it';

const subagent = fields(
  {
    description: words('must say what the subagent is good for').optional(),
    instructions: z.string('must be a text'),
    model: words('must be the name of a model').optional(),
  },
  {
    capabilities: inherited,
    tools: inherited,
    limits: inherited,
    modelActivity: inherited,
    toolActivity: inherited,
    name: 'its name is the key under which it stands in agents',
  },
);

/** Budgets of a program: see `defaultBudgets` of the interpreter. */
const budgets = [
  'steps',
  'stepsBetweenYields',
  'calls',
  'sleeps',
  'concurrency',
  'recursion',
  'syntaxDepth',
  'source',
  'stringLength',
  'arrayLength',
  'output',
  'result',
] as const;

/** What `limits` may be: 0 forbids subagents and calls; an agent without a turn could do nothing. */
const limits = fields({
  turns: wholeNumber(1).optional(),
  depth: wholeNumber(0).optional(),
  calls: wholeNumber(0).optional(),
  events: wholeNumber(1).optional(),
  turnEvents: wholeNumber(1).optional(),
  programSteps: wholeNumber(1).optional(),
  program: fields(Object.fromEntries(budgets.map((name) => [name, wholeNumber(1).optional()]))).optional(),
});

const agentFields = fields(
  {
    name: z.string(nameRule).regex(agentName, nameRule),
    model: words('must be the name of a model').optional(),
    instructions: z.string('must be a text'),
    capabilities: z.array(z.unknown(), 'must be a list of capabilities'),
    scriptedCapabilities: z.array(z.unknown(), 'must be a list of capabilities').optional(),
    modelActivity: activitySettings.optional(),
    toolActivity: z
      .record(z.string(), z.record(z.string(), z.unknown(), 'must be an object of settings by tool'))
      .optional(),
    agents: z.record(z.string(), subagent).optional(),
    limits: limits.optional(),
  },
  {tools: 'put them into a capability with defineCapability', subagents: 'they are agents'},
);

type AgentFields = z.infer<typeof agentFields>;

/**
 * Checks an agent as its author writes it.
 *
 * @throws AgentDefinitionError that says what is wrong in one line, with its place and what was probably meant
 */
export function checkAgent(agent: unknown): void {
  checkFields(agentFields, agent, '');
  const {capabilities, scriptedCapabilities = [], toolActivity = {}, agents = {}} = agent as AgentFields;
  for (const name of Object.keys(agents)) {
    if (!agentName.test(name)) throw new AgentDefinitionError(`agents: "${name}" ${nameRule}.`);
  }
  const all = [...capabilities, ...scriptedCapabilities];
  for (const [index, capability] of all.entries()) checkCapability(capability, `capabilities.${index}`);
  checkToolActivity(toolActivity, all as Capability[]);
}

function checkToolActivity(
  toolActivity: NonNullable<AgentFields['toolActivity']>,
  capabilities: readonly Capability[],
): void {
  for (const [capability, settings] of Object.entries(toolActivity)) {
    const owners = capabilities.filter(({name}) => name === capability);
    if (owners.length === 0)
      throw unknownName(
        'capability',
        capability,
        capabilities.map(({name}) => name),
      );
    const tools = Object.assign({}, ...owners.map((owner) => owner.tools)) as Capability['tools'];
    for (const [name, given] of Object.entries(settings)) {
      const place = `toolActivity.${capability}.${name}`;
      const tool = tools[name];
      if (!tool) throw unknownName(`tool in ${capability}`, name, Object.keys(tools));
      if (given !== false) checkFields(activitySettings, given, place);
      if (given !== false && !tool.run) {
        throw new AgentDefinitionError(
          `${place} cannot apply: it runs inside the workflow, not as an activity. Write false, or leave it out.`,
        );
      }
    }
  }
}

function unknownName(what: string, name: string, known: readonly string[]): AgentDefinitionError {
  const suggestion = closest(name, known, 3);
  const help = suggestion ? `Did you mean ${suggestion}?` : `There are: ${known.join(', ')}.`;
  return new AgentDefinitionError(`toolActivity: there is no ${what} named "${name}". ${help}`);
}
