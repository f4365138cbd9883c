import {copyFile, rename, truncate, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {beforeEach, describe, expect, it} from 'vitest';
import type {Engine} from '../../../source/server/engine/engine.ts';
import {openEngine as engineOn} from '../../../source/server/open-engine.ts';
import {scheduleActivity, startActivity} from '../../../source/server/run/activity.ts';
import {initiateChild} from '../../../source/server/run/child.ts';
import {closeRun, signalRun, startRun} from '../../../source/server/run/lifecycle.ts';
import type {RunState} from '../../../source/server/run/run-state.ts';
import {startTimer} from '../../../source/server/run/timer.ts';
import {admitUpdate} from '../../../source/server/run/update.ts';
import {startWorkflowTask} from '../../../source/server/run/workflow-task.ts';
import {SqliteStore} from '../../../source/server/store/sqlite.ts';
import {emptyFolder} from '../../temporary-folder.ts';
import {ManualClock} from '../manual-clock.ts';
import {newRun} from '../new-run.ts';

let folder: string;
let file: string;
let clock: ManualClock;
const open = () => new SqliteStore(file, 'normal', () => clock.now());
const openEngine = () => {
  const store = open();
  return {store, engine: engineOn(clock, ['default'], store)};
};

beforeEach(async () => {
  folder = await emptyFolder();
  file = join(folder, 'deeper', 'runs.sqlite');
  clock = new ManualClock();
});

const seconds = (count: number) => ({seconds: count}) as never;

/** A run with one of everything that can be pending, signals in its buffer included. */
function openFullRun(engine: Engine): void {
  const namespace = engine.namespaces.get('default');
  if (!namespace) throw new Error('the namespace is missing');
  const start = newRun('full', 'full-run', {input: {payloads: [{data: Buffer.from('in')}]}});
  engine.transact((transaction) => transaction.open({...start, namespace}, startRun));
  const run = engine.store.find('default', 'full', '') as RunState;
  engine.change(run, (change) => {
    const activity = {activityId: 'a', taskQueue: {name: 'queue'}, startToCloseTimeout: seconds(9)};
    const id = scheduleActivity(change, activity, null);
    startActivity(change, id, {identity: 'worker', requestId: 'request', buildId: 'build'});
    scheduleActivity(change, {activityId: 'b', taskQueue: {name: 'queue'}, retryPolicy: {}}, null);
    startTimer(change, {timerId: 'late', startToFireTimeout: seconds(60)}, 4, null);
    startTimer(change, {timerId: 'early', startToFireTimeout: seconds(30)}, 4, null);
    admitUpdate(change, {meta: {updateId: 'u'}, input: {name: 'update'}});
    change.run.memo = {note: {data: Buffer.from('memo')}};
  });
  const child = {namespace: 'default', workflowId: 'child', taskQueue: {name: 'queue'}};
  engine.change(run, (change) => initiateChild(change, child, null));
  engine.change(run, (change) =>
    startWorkflowTask(change, {identity: 'worker', requestId: 'request', buildId: ''}),
  );
  engine.change(run, (change) => signalRun(change, {signalName: 'buffered'}, 'signal-request'));
}

/** Numbers of 64 bits come back as objects, bytes as other arrays, and what was absent as nothing. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value instanceof Map) return [...value].map(plain);
  if (Array.isArray(value)) return value.length > 0 ? value.map(plain) : undefined;
  if ('low' in value) return Number(value);
  const fields = Object.entries(value).map(([name, field]) => [name, plain(field)] as const);
  const present = fields.filter(
    ([, field]) => field !== undefined && field !== '' && field !== 0 && field !== false,
  );
  return present.length > 0 ? Object.fromEntries(present) : undefined;
}

const asPlain = (run: RunState) => plain({...run, history: run.history.slice()});

describe('a store on a file', () => {
  it('has every run again as it was, with all that is pending', () => {
    const {engine, store} = openEngine();
    openFullRun(engine);
    const before = store.all('default').map(asPlain);
    engine.close();
    const again = open();
    expect(again.all('default').map(asPlain)).toEqual(before);
    expect([...(again.find('default', 'full', '') as RunState).timers.keys()]).toEqual(['late', 'early']);
    again.close();
  });

  it('keeps ids of namespaces', () => {
    const first = openEngine().engine;
    const {id} = first.namespaces.get('default') ?? {};
    first.close();
    const second = openEngine().engine;
    expect(second.namespaces.get('default')?.id).toBe(id);
    second.close();
  });

  it('reads the history of a closed run from the file, whole and in parts', () => {
    const {engine, store} = openEngine();
    openFullRun(engine);
    const run = store.find('default', 'full', '') as RunState;
    engine.change(run, (change) => closeRun(change, 'workflowExecutionCompleted', {}));
    const ids = (events: {eventId?: unknown}[]) => events.map(({eventId}) => Number(eventId));
    const all = ids(run.history.slice());
    expect(all).toEqual(Array.from({length: run.history.length}, (_, index) => index + 1));
    for (const [from, to] of [
      [0, 1],
      [1, 3],
      [2, 100],
      [5, 6],
      [all.length - 1, all.length],
      [all.length, all.length + 1],
    ] as const) {
      expect(ids(run.history.slice(from, to)), `${from} to ${to}`).toEqual(all.slice(from, to));
    }
    expect(Number(run.history.at(-1)?.eventId)).toBe(all.length);
    expect(run.started.input).toBeNull();
    engine.close();
  });

  it('forgets a deleted run for good', () => {
    const {engine, store} = openEngine();
    openFullRun(engine);
    store.delete(store.find('default', 'child', '') as RunState);
    engine.close();
    const again = open();
    expect(again.find('default', 'child', '')).toBeUndefined();
    expect(again.find('default', 'full', '')?.workflowId).toBe('full');
    again.close();
  });
});

describe('a file that cannot be used is said in one line', () => {
  it('locked', () => {
    const first = open();
    expect(open).toThrow(`${file} is in use by another process. Stop that one, or name another file.`);
    first.close();
    open().close();
  });

  it('newer', () => {
    open().close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(open).toThrow(`${file} was written by a newer version. Upgrade, or name another file.`);
  });

  it('of something else', async () => {
    await writeFile(join(folder, 'text'), 'no database at all, but long enough to look at'.repeat(40));
    file = join(folder, 'text');
    expect(open).toThrow(`${file} is not a file of this server. Name another one.`);
    file = join(folder, 'other.sqlite');
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE other (value)');
    database.close();
    expect(open).toThrow(`${file} is not a file of this server. Name another one.`);
  });

  it('damaged', async () => {
    const {engine} = openEngine();
    openFullRun(engine);
    engine.close();
    await truncate(file, 4096 * 2);
    expect(open).toThrow(`${file} is damaged. Move it away, or restore a copy of it.`);
  });

  it('where no folder can be made', () => {
    file = '/proc/nowhere/deeper/runs.sqlite';
    expect(open).toThrow(`${file} cannot be used: ENOENT`);
  });

  it('moved away while the server runs: nothing is taken any more', async () => {
    const {engine, store} = openEngine();
    openFullRun(engine);
    const run = store.find('default', 'full', '') as RunState;
    await rename(file, `${file}.moved`);
    clock.advance(2000);
    const events = run.history.length;
    const signal = () => engine.change(run, (change) => signalRun(change, {signalName: 'lost'}, ''));
    expect(signal).toThrow(/was moved or deleted while it was in use/);
    expect(run.history.length).toBe(events);
    await copyFile(`${file}.moved`, file);
    expect(signal).toThrow(/was moved or deleted/);
    engine.close();
  });
});
