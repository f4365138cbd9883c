import type {WorkflowFailedError} from '@temporalio/client';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {capabilitiesOf} from '../../source/agent/define-agent.ts';
import {type AgentEnvironment, startAgents} from '../agent/environment.ts';

let agents: AgentEnvironment;

beforeAll(async () => {
  agents = await startAgents(capabilitiesOf(defaultAgent), () => []);
});

afterAll(() => agents.close());

const noAgent = 'agent_name: none is given, the known agents are: generic';
const noTask = 'task: it must be a text that says what to do';

test.concurrent.for([
  ['an empty program', '', null],
  ['blanks', ' \n\t', null],
  ['only comments', '// nothing\n/* at all */', null],
  ['a lone surrogate in a text', '"\ud800"', '\ud800'],
  ['undefined', 'undefined', null],
  ['NaN', '[NaN, -Infinity, -0]', [null, null, 0]],
  ['`__proto__` as a key', 'return {["__proto__"]: 1}', JSON.parse('{"__proto__": 1}')],
] as const)('%s is a program, and its value is documented', async ([, program, value]) => {
  const handle = await agents.start(defaultAgent, {prompt: '', program});
  expect((await handle.result()).value).toEqual(value);
});

test.concurrent.for([
  ['all that spawn needs', {}, [noAgent, noTask]],
  ['the words of another API', {agent: 'generic', prompt: 'Work.'}, [noAgent, noTask]],
  [
    'an agent that does not exist, and nothing to do',
    {agent_name: 'nobody', task: ' '},
    ['agent_name: there is no agent "nobody", the known agents are: generic', noTask],
  ],
  ['only the task', {agent_name: 'generic', task: 7}, [noTask]],
  ['only the name', {task: 'Work.'}, [noAgent]],
] as const)('spawn names everything that is missing or wrong at once: %s', async ([, input, problems]) => {
  const program = `try { await spawn(${JSON.stringify(input)}) } catch (error) { return error.message }`;
  const handle = await agents.start(defaultAgent, {prompt: '', program});
  const message = `spawn cannot take these arguments. ${problems.join('; ')}.`;
  expect((await handle.result()).value).toBe(message);
});

test.concurrent.for([
  ['900 kB of source', `// ${'x'.repeat(900_000)}`, 'BudgetExceeded: budget source'],
  [
    'brackets in brackets',
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    'BudgetExceeded: budget syntaxDepth',
  ],
  ['open brackets', '('.repeat(100_000), 'BudgetExceeded: budget syntaxDepth'],
  ['a long chain of operators', `1${' + 1'.repeat(40_000)}`, 'BudgetExceeded: budget syntaxDepth'],
  ['a lone surrogate as a name', 'let \ud800 = 1', 'SyntaxError'],
  ['a lone surrogate in what is thrown', 'throw new Error("\ud800")', 'RuntimeError: \ufffd'],
  ['a lone surrogate in a tool’s failure', 'await fail({message: "\ud800"})', 'ToolError: \ufffd'],
  ['what is no program', 'write a note, please', 'SyntaxError'],
  ['a function as the value', 'return () => 1', 'InvalidResult: the result is a function'],
  [
    'a cycle as the value',
    'const a = []; a.push(a); return a',
    'InvalidResult: the result[0] contains itself',
  ],
  ['10 MB as the value', 'return "x".repeat(10_000_000)', 'BudgetExceeded: budget stringLength'],
  [
    '10 MB in parts as the value',
    'return Array(200).fill("x".repeat(50_000))',
    'BudgetExceeded: budget result',
  ],
] as const)('%s ends the program with a clear failure', async ([, program, message]) => {
  const handle = await agents.start(defaultAgent, {prompt: '', program});
  const error = (await handle.result().catch((reason: unknown) => reason)) as WorkflowFailedError;
  expect(error.cause?.message).toContain(message);
  const {events} = await handle.fetchHistory();
  expect(events?.filter(({workflowTaskFailedEventAttributes: failed}) => failed)).toEqual([]);
});
