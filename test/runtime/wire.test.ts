import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {fileURLToPath} from 'node:url';
import {Worker} from 'node:worker_threads';
import {afterEach, describe, expect, it} from 'vitest';
import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import {CommandError, UsageError} from '../../source/errors.ts';
import {type Port, portToProcess, portToThread} from '../../source/runtime/port.ts';
import {portionSize} from '../../source/runtime/portions.ts';
import {type Remote, remote} from '../../source/runtime/wire.ts';
import type {WireReply, WireRequest} from '../../source/runtime/wire-messages.ts';
import type {Example} from './wire-api.ts';

type ExamplePort = Port<WireRequest, WireReply>;

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

function thread(): ExamplePort {
  const worker = new Worker(new URL('./wire-thread.ts', import.meta.url));
  closing.push(() => worker.terminate());
  return portToThread(worker, 'The thread has ended.');
}

function childProcess(): ExamplePort {
  const path = fileURLToPath(new URL('./wire-process.ts', import.meta.url));
  const child = fork(path, {serialization: 'advanced', execArgv: ['--disable-warning=ExperimentalWarning']});
  closing.push(() => end(child));
  return portToProcess(child);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** The port, and all that came through it. */
function recorded(port: ExamplePort): {port: ExamplePort; replies: WireReply[]} {
  const replies: WireReply[] = [];
  port.onMessage((reply) => replies.push(reply));
  return {port, replies};
}

describe.each([
  ['a thread', thread],
  ['a child process', childProcess],
])('a wire to %s', (_kind, open) => {
  it('answers calls, many at once, each with its own answer', async () => {
    const other = remote<Example>(open());
    const sums = await Promise.all(Array.from({length: 50}, (_, index) => other.add(index, 1)));
    expect(sums).toEqual(Array.from({length: 50}, (_, index) => index + 1));
  });

  it.each([
    ['usage', UsageError, 'Leave out --x.'],
    ['command', CommandError, 'No server.'],
    ['agent', AgentDefinitionError, 'No agent.'],
    ['bug', Error, 'x is not a function'],
    ['words', Error, 'only words'],
  ] as const)('brings a failure of kind %s over as what it is, in one line', async (kind, type, message) => {
    const error = await remote<Example>(open())
      .fail(kind)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(type);
    expect(Object.getPrototypeOf(error)).toBe(type.prototype);
    expect(error).toMatchObject({message});
    if (kind !== 'words') expect((error as Error).stack).toContain('wire-api.ts');
  });

  it('refuses what the other side does not have, and goes on', async () => {
    const other = remote<Example & {toString(): Promise<string>; more(): Promise<void>}>(open());
    await expect(other.more()).rejects.toThrow('There is no method more.');
    await expect(other.toString()).rejects.toThrow('There is no method toString.');
    expect(await other.add(1, 2)).toBe(3);
  });

  it('brings events in their order and in portions', async () => {
    const other = remote<Example>(open());
    const portions: (readonly number[])[] = [];
    const all = Promise.withResolvers<void>();
    other.numbers((numbers) => {
      portions.push(numbers);
      if (numbers.includes(1234)) all.resolve();
    });
    await other.count(1234);
    await all.promise;
    expect(portions.flat()).toEqual(Array.from({length: 1234}, (_, index) => index + 1));
    expect(Math.max(...portions.map(({length}) => length))).toBe(portionSize);
  });

  it('sends the next portion only when the last has been taken', async () => {
    const {port, replies} = recorded(open());
    const held: WireRequest[] = [];
    // A slow reader: what it has taken, it says only when it is told to.
    const slow: ExamplePort = {
      ...port,
      post: (request) => (request.type === 'taken' ? void held.push(request) : port.post(request)),
    };
    const other = remote<Example>(slow);
    const taken: number[] = [];
    other.numbers((numbers) => taken.push(...numbers));
    await other.count(1000);
    // The answers come after whatever was sent before them.
    await other.add(1, 1);
    expect(taken).toEqual([1]);
    await nextTurn();
    for (const request of held.splice(0)) port.post(request);
    await other.add(1, 1);
    expect(taken).toHaveLength(1 + portionSize);
    expect(replies.filter(({type}) => type === 'events')).toHaveLength(2);
  });

  it('ends a stream on both sides when nobody listens any more', async () => {
    const other = remote<Example>(open());
    const first: number[] = [];
    const second: number[] = [];
    const stop = other.numbers((numbers) => first.push(...numbers));
    other.numbers((numbers) => second.push(...numbers));
    await other.count(1);
    stop();
    stop();
    expect(await other.listeners()).toBe(1);
    await nextTurn();
    await other.count(1);
    await other.add(1, 1);
    expect([first, second]).toEqual([[1], [1, 1]]);
  });

  it('rejects what is open when the other side fails, and goes on', async () => {
    const failures: Error[] = [];
    const other = remote<Example>(open(), (error) => failures.push(error));
    const waiting = other.wait();
    await Promise.all([
      expect(waiting).rejects.toThrow(new CommandError('The worker has ended.')),
      other.giveUp().catch(() => undefined),
    ]);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toBeInstanceOf(CommandError);
    expect(await other.add(2, 2)).toBe(4);
  });

  it('rejects what is open when the other side dies, and whatever is asked then', async () => {
    const failures: Error[] = [];
    const other: Remote<Example> = remote<Example>(open(), (error) => failures.push(error));
    const outcomes = await Promise.allSettled([other.wait(), other.wait(), other.die()]);
    expect(outcomes.map(({status}) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(other.add(1, 1)).rejects.toThrow(failures[0]?.message);
    expect(failures).toHaveLength(1);
  });
});

it('is no promise, so that it can be handed on by one', async () => {
  const port: ExamplePort = {post: () => {}, onMessage: () => {}, ended: new Promise(() => {})};
  const other = remote<Example>(port);
  expect(await other).toBe(other);
});
