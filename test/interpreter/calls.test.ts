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

test.for(['race', 'any', 'all', 'allSettled'])(
  'Promise.%s cancels nothing while the program goes on',
  async (name) => {
    const {host, log, settle} = manualHost();
    const program = `
    const calls = [work({}), work({})];
    const won = await Promise.race([Promise.${name}(calls), calls[1]]).catch((error) => error.message);
    const failed = ${name === 'all'} && (await Promise.all([calls[0], Promise.reject(1)]).catch((reason) => reason));
    return [await work({}), failed, await calls[0], won]`;
    const running = runProgram(program, host);
    await settle(2, returned('fast'));
    expect(log).toEqual(['start 1', 'start 2', 'start 3']);
    await settle(3, returned('third'));
    await settle(1, returned('slow'));
    expect(await running).toMatchObject({
      status: 'completed',
      value: ['third', name === 'all' && 1, 'slow', 'fast'],
    });
    expect(log).toEqual(['start 1', 'start 2', 'start 3']);
  },
);

test('a failed gather cancels the calls of groups and of functions among its members', async () => {
  const {host, log, settle} = manualHost();
  const program = `
    const slow = async () => work({});
    await gather(Promise.race([work({}), slow()]), Promise.all([slow()]).then((x) => x), work({}))`;
  const running = runProgram(program, host);
  await settle(4, failed);
  expect(log.slice(4)).toEqual(['cancel 1', 'cancel 2', 'cancel 3']);
  for (const index of [1, 2, 3]) await settle(index, cancelled);
  expect(await running).toMatchObject({status: 'failed', failure: {message: 'broken'}});
});

test('what is in flight when a program ends is cancelled, starts nothing any more, and is waited for', async () => {
  const {host, log, settle} = manualHost();
  const program = `
    const again = async () => { try { await work({}) } catch { await work({}) } };
    again(); Promise.race([work({}), work({})]); work({}).catch(() => {}); return 'done'`;
  const running = runProgram(program, host, {concurrency: 3});
  expect(log.slice(0, 3)).toEqual(['start 1', 'start 2', 'start 3']);
  expect(log.slice(3).sort()).toEqual(['cancel 1', 'cancel 2', 'cancel 3']);
  await settle(1, cancelled);
  await settle(2, returned('in time'));
  await settle(3, cancelled);
  expect(await running).toMatchObject({
    status: 'completed',
    value: 'done',
    calls: [{status: 'cancelled'}, {status: 'returned'}, {status: 'cancelled'}, {status: 'cancelled'}],
    unhandled: [
      {
        name: 'CancelledError',
        message: 'work was not started: the program ended without awaiting it',
        line: 2,
      },
    ],
  });
  expect(log).toHaveLength(6);
});

test('allSettled waits for all and cancels nothing', async () => {
  const {host, log, settle} = manualHost();
  const running = runProgram('(await Promise.allSettled([work({}), work({})])).map((r) => r.status)', host);
  await settle(1, failed);
  await settle(2, returned(1));
  expect(await running).toMatchObject({status: 'completed', value: ['rejected', 'fulfilled']});
  expect(log).toEqual(['start 1', 'start 2']);
});

test('failures that nothing awaited are told with the value: of calls, of functions, of promises', async () => {
  const {host, settle} = manualHost();
  const program = `
    ['a', 'b'].forEach(async (path) => { await work({path}) });
    const lost = work({n: 3});
    (async () => { null.x })();
    Promise.reject('plain');
    const caught = Promise.reject(1); caught.catch(() => {});
    const late = work({n: 4}); await work({n: 5}); late.catch(() => {});
    'done'`;
  const running = runProgram(program, host);
  for (const index of [1, 3, 4]) await settle(index, failed);
  await settle(2, returned('fine'));
  await settle(5, returned('fine'));
  expect(await running).toMatchObject({
    status: 'completed',
    value: 'done',
    unhandled: [
      {name: 'TypeError', line: 4},
      {name: 'Error', message: 'Thrown: plain', line: 5},
      {call: 1, tool: 'work', line: 2, name: 'ToolExecutionError', message: 'broken'},
      {call: 3, tool: 'work', line: 3, name: 'ToolExecutionError', message: 'broken'},
    ],
  });
});

test('calls that nothing awaits are cancelled as the program ends, and told', async () => {
  const {host, log, settle} = manualHost();
  const running = runProgram('[1, 2].forEach(async (n) => { await work({n}) }); "done"', host);
  expect(log).toEqual(['start 1', 'start 2', 'cancel 1', 'cancel 2']);
  await settle(2, failed);
  await settle(1, cancelled);
  expect(await running).toMatchObject({
    status: 'completed',
    value: 'done',
    calls: [{status: 'cancelled'}, {status: 'failed', summary: 'broken'}],
    unhandled: [
      {call: 2, name: 'ToolExecutionError', message: 'broken'},
      {call: 1, name: 'CancelledError', message: 'work was cancelled: the program ended without awaiting it'},
    ],
  });
});

test('a program that failed tells what else went wrong, but not what it cancelled itself', async () => {
  const {host, settle} = manualHost();
  const running = runProgram('work({}); Promise.reject("other"); throw new TypeError("own")', host);
  await settle(1, cancelled);
  expect(await running).toMatchObject({failure: {message: 'own'}, unhandled: [{message: 'Thrown: other'}]});
});

test('of a thousand unhandled failures twenty are told', async () => {
  const outcome = await runProgram('for (let i = 0; i < 1000; i++) Promise.reject(i); 1', scriptedHost());
  expect(outcome).toHaveProperty('unhandled.length', 20);
  expect(outcome).toHaveProperty('unhandled.0.message', 'Thrown: 0');
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
