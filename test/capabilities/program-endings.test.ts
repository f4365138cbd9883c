import {afterAll, beforeAll, expect, test} from 'vitest';
import {defaultCapabilities} from '../../activities/capabilities/index.ts';
import type {ModelScript} from '../../activities/model/scripted.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {type AgentEnvironment, replay, startAgents} from '../agent/environment.ts';

/** The prompt is a program; the answer is what the model is told of it. */
const script: ModelScript = ({prompt}) => [
  {calls: [{name: 'run_ptc', input: {code: prompt}}]},
  {answer: ([told]) => JSON.stringify(told?.result ?? told?.failure)},
];

let agents: AgentEnvironment;

beforeAll(async () => {
  agents = await startAgents(defaultCapabilities, script);
});

afterAll(() => agents.close());

async function tellModel(program: string) {
  const handle = await agents.start(defaultAgent, {prompt: program});
  const {answer} = await handle.result();
  const history = await handle.fetchHistory();
  expect(await replay([{workflowId: handle.workflowId, history}])).toEqual([]);
  const events = history.events ?? [];
  return {
    told: JSON.parse(answer) as unknown,
    calls: events.filter((event) => event.activityTaskScheduledEventAttributes).length - 2,
    cancels: events.filter((event) => event.activityTaskCancelRequestedEventAttributes).length,
  };
}

test('a limiter by Promise.race finishes all of its items', async () => {
  const {told, calls, cancels} = await tellModel(`
    const executing = [];
    for (const path of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      const call = write_file({path, content: path}).then(() => executing.splice(executing.indexOf(call), 1));
      executing.push(call);
      if (executing.length >= 2) await Promise.race(executing);
    }
    await Promise.all(executing);
    return (await list_files({})).length`);
  expect({told, calls, cancels}).toEqual({told: 7, calls: 8, cancels: 0});
});

test('the model is told of calls that failed and that nobody awaited, beside the value', async () => {
  const {told} = await tellModel(`
    console.log('reading');
    const read = read_file({path: 'gone'});
    read.then((text) => console.log(text));
    await read.catch(() => {});
    'done'`);
  expect(told).toMatchObject({
    value: 'done',
    console: ['reading'],
    unhandled: [{call: 1, tool: 'read_file', line: 3, name: 'ToolExecutionError'}],
    note: expect.stringContaining('Await every call'),
  });
});

test('what is in flight when a program ends is cancelled, and the model is told', async () => {
  const {told} = await tellModel(`['a', 'b'].forEach(async (path) => { await read_file({path}) }); 'done'`);
  expect(told).toMatchObject({
    value: 'done',
    unhandled: [
      {call: 1, tool: 'read_file', line: 1},
      {call: 2, tool: 'read_file', line: 1},
    ],
  });
});
