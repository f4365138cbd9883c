import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {listSandbox} from '../../../activities/sandbox-listing.ts';
import {createExecutor, type Executor} from '../../../source/app/effects/execute.ts';
import {promptHistory} from '../../../source/app/effects/prompt-history.ts';
import type {Message} from '../../../source/app/state/message.ts';
import {initialState} from '../../../source/app/state/state.ts';
import type {Connect} from '../../../source/runtime/connection.ts';
import {emptyFolder} from '../../temporary-folder.ts';
import {connectTo, recordedConnection, scenarios} from '../recorded-connection.ts';

let folder: string;
let executor: Executor | undefined;

beforeEach(async () => {
  folder = await emptyFolder();
});

afterEach(async () => {
  await executor?.close();
  executor = undefined;
});

const idle = initialState({columns: 80, rows: 24, now: 0, scenarios});

function execution(connect: Connect) {
  const messages: Message[] = [];
  const written: string[] = [];
  executor = createExecutor({
    connect,
    history: promptHistory(folder),
    sandbox: folder,
    listSandbox: () => listSandbox(folder),
    dispatch: (message) => messages.push(message),
    write: (text) => written.push(text),
    redraw: () => {},
    quit: () => {},
    fail: () => {},
    now: () => 7,
  });
  const types = (): string[] => messages.map(({type}) => type).filter((type) => type !== 'ticked');
  return {executor, messages, written, types};
}

describe('the executor', () => {
  it('tells each step of connecting', async () => {
    const {executor, messages} = execution(connectTo(recordedConnection()));
    executor.execute([{type: 'connect', delay: 0}], idle);
    await vi.waitFor(() => expect(messages.at(-1)).toMatchObject({type: 'connected', now: 7}));
    const steps = messages.flatMap((message) => (message.type === 'step' ? [message.step] : []));
    expect(steps.map(({name, state}) => `${name} ${state}`)).toEqual([
      'server started',
      'server done',
      'worker started',
      'worker done',
    ]);
  });

  it('starts a run and hands its events on', async () => {
    const {executor, messages, types} = execution(connectTo(recordedConnection()));
    executor.execute([{type: 'connect', delay: 0}], idle);
    await vi.waitFor(() => expect(types()).toContain('connected'));
    executor.execute([{type: 'start', id: 1, request: {scenario: 'ptc'}}], idle);
    await vi.waitFor(() => {
      const updates = messages.flatMap((message) => (message.type === 'updates' ? message.updates : []));
      expect(updates.at(-1)).toMatchObject({type: 'closed', result: {status: 'completed'}});
    });
    expect(messages.find(({type}) => type === 'started')).toMatchObject({id: 1});
  });

  it('says that server or worker died, and connects anew when asked', async () => {
    const first = recordedConnection();
    const second = recordedConnection();
    const connections = [first, second];
    const {executor, types, messages} = execution(async () => connections.shift() ?? second);
    executor.execute([{type: 'connect', delay: 0}], idle);
    await vi.waitFor(() => expect(types()).toEqual(['connected']));
    first.die('the worker process ended');
    await vi.waitFor(() => expect(messages.at(-1)).toEqual({type: 'lost', text: 'the worker process ended'}));
    executor.execute([{type: 'connect', delay: 0}], idle);
    await vi.waitFor(() => expect(types()).toEqual(['connected', 'lost', 'connected']));
    expect(first.closed).toBe(true);
  });

  it.each<[string, Parameters<Executor['execute']>[0], object]>([
    ['connecting', [{type: 'connect', delay: 0}], {type: 'connectFailed', text: 'no server'}],
    ['starting a run', [{type: 'start', id: 3, request: {prompt: 'x'}}], {type: 'startFailed', id: 3}],
    ['attaching', [{type: 'attach', workflowId: 'a'}], {type: 'attachFailed', workflowId: 'a'}],
    ['canceling', [{type: 'cancel', workflowId: 'a'}], {type: 'failed', text: 'the server is not there yet'}],
    ['listing', [{type: 'list'}], {type: 'failed'}],
    ['saving', [{type: 'save', workflowIds: ['a']}], {type: 'failed', text: 'the server is not there yet'}],
  ])('makes a message of a failure in %s', async (_title, commands, expected) => {
    const {executor, messages} = execution(async () => {
      throw new Error('no server');
    });
    executor.execute(commands, idle);
    const last = () => messages.findLast(({type}) => type !== 'ticked');
    await vi.waitFor(() => expect(last()).toMatchObject(expected));
  });

  it('ticks only while something moves', async () => {
    const {executor, messages} = execution(connectTo(recordedConnection()));
    executor.execute([], idle);
    await vi.waitFor(() => expect(messages.length).toBeGreaterThan(1));
    executor.execute([], {...idle, connection: {...idle.connection, phase: 'ready'}});
    const ticks = messages.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(messages).toHaveLength(ticks);
  });

  it('copies through the terminal and lists the sandbox', async () => {
    const {executor, written, messages} = execution(connectTo(recordedConnection()));
    await writeFile(join(folder, 'a.txt'), 'a');
    executor.execute([{type: 'copy', text: 'hä'}, {type: 'listSandbox'}], idle);
    await vi.waitFor(() => expect(messages.at(-1)).toMatchObject({type: 'sandboxListed', files: ['a.txt']}));
    expect(written).toEqual([`\u001b]52;c;${Buffer.from('hä').toString('base64')}\u0007`]);
  });
});
