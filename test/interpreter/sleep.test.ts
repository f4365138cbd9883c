import {expect, test} from 'vitest';
import {type CallOutcome, type ProgramHost, runProgram} from '../../workflows/interpreter/index.ts';
import {commonTools, scriptedHost} from './scripted-host.ts';

interface SleepingHost extends ProgramHost {
  readonly log: string[];
  /** Lets the oldest sleep end. */
  wake(outcome?: CallOutcome): Promise<void>;
}

/** A host whose sleeps end when the test says so. */
function sleepingHost(): SleepingHost {
  const {log, ...host} = scriptedHost(commonTools);
  const open: ((outcome: CallOutcome) => void)[] = [];
  return {
    ...host,
    log,
    sleep(milliseconds, {line}) {
      log.push(`sleep ${milliseconds} line ${line}`);
      const {promise, resolve} = Promise.withResolvers<CallOutcome>();
      open.push(resolve);
      const cancel = () => {
        log.push(`wake ${milliseconds}`);
        resolve({status: 'cancelled'});
      };
      return {outcome: promise, cancel};
    },
    async wake(outcome = {status: 'returned', value: null}) {
      open.shift()?.(outcome);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('a program sleeps, and others of its branches go on meanwhile', async () => {
  const host = sleepingHost();
  const program = `const nap = async () => { await sleep(5000); console.log('woke'); return 1 };
const nothing = await gather(nap(), echo({value: 2}).then((x) => (console.log('echo'), x)));
nothing`;
  const running = runProgram(program, host);
  await new Promise((resolve) => setImmediate(resolve));
  expect(host.log).toEqual(['sleep 5000 line 1', 'start 1 echo']);
  await host.wake();
  expect(await running).toMatchObject({
    status: 'completed',
    value: [1, 2],
    logs: ['echo', 'woke'],
    calls: [{index: 1, tool: 'echo'}],
  });
});

test.for([
  ['sleep(0.2)', ['sleep 1 line 1']],
  ['sleep("250")', ['sleep 250 line 1']],
  ['sleep(0)', []],
  ['sleep()', []],
  ['sleep(-5)', []],
  ['sleep(NaN)', []],
  ['sleep(86400000)', ['sleep 86400000 line 1']],
] as const)('%s starts %j', async ([call, log]) => {
  const host = sleepingHost();
  const running = runProgram(`typeof (await ${call})`, host);
  await host.wake();
  expect(await running).toMatchObject({status: 'completed', value: 'undefined'});
  expect(host.log).toEqual(log);
});

test('more than a day is refused', async () => {
  const host = sleepingHost();
  const outcome = await runProgram('try { await sleep(86400001) } catch (e) { [e.name, e.message] }', host);
  expect(outcome).toMatchObject({value: ['RangeError', 'sleep takes at most 86400000 milliseconds, a day']});
  expect(host.log).toEqual([]);
});

test('a failing sibling wakes a gather’s sleep, which rejects', async () => {
  const host = sleepingHost();
  const program = `const nap = async () => { try { await sleep(60000) } catch (e) { console.log(e.name, e.tool); throw e } };
try { await gather(nap(), fail({message: 'no'})) } catch (e) { e.message }`;
  expect(await runProgram(program, host)).toMatchObject({
    status: 'completed',
    value: 'no',
    logs: ['CancelledError sleep'],
  });
  expect(host.log).toEqual(['sleep 60000 line 1', 'start 1 fail', 'wake 60000']);
});

test('a program that ends wakes the sleeps that nothing awaits', async () => {
  const host = sleepingHost();
  expect(await runProgram('sleep(60000); "done"', host)).toMatchObject({status: 'completed', value: 'done'});
  expect(host.log).toEqual(['sleep 60000 line 1', 'wake 60000']);
});

test('a race against a sleep leaves the other call running', async () => {
  const host = sleepingHost();
  const program = `const late = hang({}); const first = await Promise.race([late, sleep(50).then(() => 'late')]); first`;
  const running = runProgram(program, host);
  await host.wake();
  expect(await running).toMatchObject({status: 'completed', value: 'late'});
  expect(host.log).toEqual(['start 1 hang', 'sleep 50 line 1', 'cancel 1']);
});

test('a program that fails wakes its sleeps and waits for them', async () => {
  const host = sleepingHost();
  const outcome = await runProgram('sleep(60000); throw new TypeError("own")', host);
  expect(outcome).toMatchObject({status: 'failed', failure: {name: 'TypeError'}});
  expect(host.log).toEqual(['sleep 60000 line 1', 'wake 60000']);
});

test('a cancellation from outside ends a sleeping program', async () => {
  const host = sleepingHost();
  const running = runProgram('try { await sleep(60000) } finally { await echo({}) }', host);
  await host.wake({status: 'cancelled'});
  expect(await running).toEqual({status: 'aborted'});
  expect(host.log).toEqual(['sleep 60000 line 1']);
});

test('a sleep that the host refuses is a failure that the program can handle', async () => {
  const host = sleepingHost();
  const running = runProgram('try { await sleep(10) } catch (e) { [e.name, e.message] }', host);
  await host.wake({status: 'failed', failure: {name: 'Full', message: 'no room'}});
  expect(await running).toMatchObject({value: ['Full', 'no room']});
});

test('sleeps count toward neither calls nor concurrency, and have a budget of their own', async () => {
  const host = sleepingHost();
  const budgets = {calls: 1, concurrency: 1, sleeps: 3};
  const running = runProgram('await gather(sleep(1), sleep(2), sleep(3), echo({value: 1}))', host, budgets);
  for (let count = 0; count < 3; count++) await host.wake();
  expect(await running).toMatchObject({status: 'completed', value: [null, null, null, 1]});
  const outcome = await runProgram('for (;;) sleep(1)', sleepingHost(), budgets);
  expect(outcome).toMatchObject({failure: {message: 'budget sleeps: the program slept more than 3 times'}});
});

test.for(['await new Promise((r) => setTimeout(r, 1000))', 'setInterval(() => 1, 5)'])(
  '%s is refused with the way to wait',
  async (program) => {
    const outcome = await runProgram(program, sleepingHost());
    expect(outcome).toHaveProperty('failure.hint', expect.stringContaining('await sleep(milliseconds)'));
  },
);
