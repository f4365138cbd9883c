import {afterAll, beforeAll, expect, test} from 'vitest';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {capabilitiesOf} from '../../source/agent/define-agent.ts';
import {runProgram} from '../../workflows/interpreter/index.ts';
import {type AgentEnvironment, startAgents} from '../agent/environment.ts';
import {scriptedHost} from '../interpreter/scripted-host.ts';

let agents: AgentEnvironment;

beforeAll(async () => {
  agents = await startAgents(capabilitiesOf(defaultAgent), () => []);
});

afterAll(() => agents.close());

// The sandbox of workflows has globals of its own, and another Date.
test.for([
  "const u = new URL('../b?x=1', 'https://例え.jp/a/c/'); u.searchParams.append('y', 'é'); u.hash = 'h'; return [u, URL.canParse('x'), [...u.searchParams]]",
  "try { new URL('x') } catch (e) { return [e.name, e.message, e instanceof TypeError] }",
  "const d = new Date(2024, 1, 30, 25); return [d, String(d), d.toLocaleString(), Date.parse('Jan 5, 2024'), Date.UTC(2024), new Date('x')]",
  'return [[].slice.call([1, 2], 1), ((a, b) => a + b).bind(null, 1)(2)]',
])('in a workflow, a program comes to what it comes to in Node: %s', async (program) => {
  const here = await runProgram(program, scriptedHost());
  const handle = await agents.start(defaultAgent, {prompt: '', program});
  expect((await handle.result()).value).toEqual((here as {value: unknown}).value);
});
