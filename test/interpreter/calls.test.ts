import {expect, test} from 'vitest';
import {
  type CallOutcome,
  type ProgramCall,
  type ProgramHost,
  type ProgramJson,
  runProgram,
} from '../../workflows/interpreter/index.ts';
import {scriptedHost} from './scripted-host.ts';

/** A host whose calls end when the test says so. */
function manualHost(): {
  host: ProgramHost;
  log: string[];
  settle: (index: number, outcome: CallOutcome) => Promise<void>;
} {
  const log: string[] = [];
  const open = new Map<number, (outcome: CallOutcome) => void>();
  const host: ProgramHost = {
    tools: ['work'],
    startCall({index}) {
      log.push(`start ${index}`);
      const {promise, resolve} = Promise.withResolvers<CallOutcome>();
      open.set(index, resolve);
      return {outcome: promise, cancel: () => void log.push(`cancel ${index}`)};
    },
    yieldToHost: async () => {},
  };
  const settle = async (index: number, outcome: CallOutcome) => {
    open.get(index)?.(outcome);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {host, log, settle};
}

const returned = (value: ProgramJson): CallOutcome => ({status: 'returned', value});
const failed: CallOutcome = {status: 'failed', failure: {name: 'ToolExecutionError', message: 'broken'}};
const cancelled: CallOutcome = {status: 'cancelled'};

test('calls start eagerly, in program order, as many at once as may; the others wait', async () => {
  const {host, log, settle} = manualHost();
  const running = runProgram('await gather([1, 2, 3, 4].map((n) => work({n})))', host, {concurrency: 2});
  expect(log).toEqual(['start 1', 'start 2']);
  await settle(2, returned('b'));
  await settle(3, returned('c'));
  await settle(1, returned('a'));
  await settle(4, returned('d'));
  expect(await running).toMatchObject({status: 'completed', value: ['a', 'b', 'c', 'd']});
  expect(log).toEqual(['start 1', 'start 2', 'start 3', 'start 4']);
});

test('a failed gather cancels what is in flight and what still waits, then fails once all have stopped', async () => {
  const {host, log, settle} = manualHost();
  const running = runProgram('await gather([1, 2, 3].map((n) => work({n})))', host, {concurrency: 2});
  await settle(2, failed);
  expect(log).toEqual(['start 1', 'start 2', 'cancel 1']);
  await settle(1, cancelled);
  expect(await running).toMatchObject({
    status: 'failed',
    failure: {kind: 'ToolError', name: 'ToolExecutionError', message: 'broken'},
    calls: [{status: 'cancelled'}, {status: 'failed'}, {status: 'cancelled'}],
  });
});

test('cancelling a sibling reaches the calls inside its asynchronous functions, and it starts no further ones', async () => {
  const {host, log, settle} = manualHost();
  const program = `
    const inner = async (n) => { await work({n}); return work({n: n + 1}) };
    const outer = async (n) => { try { return await inner(n) } finally { console.log('finally', n) } };
    try { await gather(outer(1), work({n: 9})) } catch (error) { return [error.name, error.tool, error.call] }`;
  const running = runProgram(program, host);
  await settle(2, failed);
  expect(log).toEqual(['start 1', 'start 2', 'cancel 1']);
  await settle(1, returned('too late'));
  expect(await running).toMatchObject({
    status: 'completed',
    value: ['ToolExecutionError', 'work', 2],
    logs: ['finally 1'],
  });
  expect(log).toEqual(['start 1', 'start 2', 'cancel 1']);
});

test('the winner of a race is not held up by the losers, which are cancelled', async () => {
  const {host, log, settle} = manualHost();
  const running = runProgram('const w = await Promise.race([work({}), work({})]); console.log(w); w', host);
  await settle(2, returned('fast'));
  expect(log).toEqual(['start 1', 'start 2', 'cancel 1']);
  await settle(1, cancelled);
  expect(await running).toMatchObject({
    status: 'completed',
    value: 'fast',
    calls: [{status: 'cancelled'}, {}],
  });
});

test('allSettled waits for all and cancels nothing', async () => {
  const {host, log, settle} = manualHost();
  const running = runProgram('(await Promise.allSettled([work({}), work({})])).map((r) => r.status)', host);
  await settle(1, failed);
  await settle(2, returned(1));
  expect(await running).toMatchObject({status: 'completed', value: ['rejected', 'fulfilled']});
  expect(log).toEqual(['start 1', 'start 2']);
});

test('calls that nothing awaits are waited for and reported; their failure is no failure of the program', async () => {
  const {host, settle} = manualHost();
  const running = runProgram('work({n: 1}); work({n: 2}); "done"', host);
  await settle(2, failed);
  await settle(1, returned('late'));
  expect(await running).toMatchObject({
    status: 'completed',
    value: 'done',
    calls: [
      {status: 'returned', summary: 'late'},
      {status: 'failed', summary: 'broken'},
    ],
  });
});

test('a program that throws cancels its calls in flight and waits for them', async () => {
  const {host, log, settle} = manualHost();
  const running = runProgram('work({}); throw new TypeError("own")', host);
  expect(log).toEqual(['start 1', 'cancel 1']);
  await settle(1, cancelled);
  expect(await running).toMatchObject({
    status: 'failed',
    failure: {name: 'TypeError'},
    calls: [{status: 'cancelled'}],
  });
});

test.for([
  'try { await work({}) } catch { return "caught" } finally { console.log("finally") }',
  'await gather(work({}), work({}))',
  'work({}); await work({}).catch(() => work({}))',
])('a cancellation from outside aborts the program without another step: %s', async (program) => {
  const {host, log, settle} = manualHost();
  const running = runProgram(program, host);
  await settle(1, cancelled);
  await settle(2, cancelled);
  expect(await running).toEqual({status: 'aborted'});
  expect(log).not.toContain('start 3');
});

test('a yield that is refused aborts the program', async () => {
  const host = {...scriptedHost(), yieldToHost: () => Promise.reject(new Error('cancelled'))};
  const outcome = await runProgram('for (;;) {}', host, {steps: 1_000_000, stepsBetweenYields: 10_000});
  expect(outcome).toEqual({status: 'aborted'});
});

test('the host is told of every step of a call, with its place', async () => {
  const traces: ProgramCall[] = [];
  const host = {...scriptedHost(), onTrace: (trace: ProgramCall) => void traces.push(trace)};
  await runProgram('const a = 1;\n  await echo({value: "text"})', host);
  expect(traces.map(({status}) => status)).toEqual(['waiting', 'running', 'returned']);
  expect(traces[2]).toEqual({
    index: 1,
    tool: 'echo',
    position: {line: 2, column: 9},
    status: 'returned',
    summary: 'text',
  });
});

test.for([
  ['await echo(null)', 'echo takes one object: echo({…})'],
  ['await echo(1)', 'takes one object'],
  ['await echo(...[{}, {}])', 'takes one object'],
  ['await echo([])', 'takes one object'],
  ['await echo(new Map())', 'takes one object'],
  ['await echo(new Error("e"))', 'takes one object'],
  ['const call = echo; await call({}, {})', 'takes one object'],
  ['await echo({value: () => 1})', 'input.value is a function'],
  ['await echo({value: new Promise(() => {})})', 'input.value is a promise'],
  ['const o = {}; o.o = o; await echo(o)', 'input.o contains itself'],
] as const)('%s is a clear failure, and starts no call', async ([program, message]) => {
  const host = scriptedHost();
  const outcome = await runProgram(program, host);
  expect(outcome).toMatchObject({status: 'failed', failure: {name: 'TypeError', kind: 'RuntimeError'}});
  expect(outcome).toHaveProperty('failure.message', expect.stringContaining(message));
  expect(host.log).toEqual([]);
});

test('search_tools is there where the host has it', async () => {
  const host = {...scriptedHost(), searchTools: (query: string) => [{name: 'echo', query}]};
  expect(await runProgram('search_tools("e")[0].query', host)).toMatchObject({
    status: 'completed',
    value: 'e',
  });
  expect(await runProgram('typeof search_tools', scriptedHost())).toMatchObject({value: 'undefined'});
});
