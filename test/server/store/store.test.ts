import {beforeAll, describe, expect, it} from 'vitest';
import {bringAbout} from '../../../source/server/engine/consequences.ts';
import {Transaction} from '../../../source/server/engine/transaction.ts';
import {signalRun, startRun, terminateRun} from '../../../source/server/run/lifecycle.ts';
import type {RunState} from '../../../source/server/run/run-state.ts';
import {startTimer} from '../../../source/server/run/timer.ts';
import type {Store} from '../../../source/server/store/store.ts';
import {emptyFolder} from '../../temporary-folder.ts';
import {newRun} from '../new-run.ts';
import {stores} from './stores.ts';

let folder: string;

beforeAll(async () => {
  folder = await emptyFolder();
});

const now = Date.UTC(2030, 0, 1);
const aMinute = {seconds: 60} as never;

function begin(store: Store): Transaction {
  let ids = 0;
  return new Transaction({store, now, newId: () => `id-${++ids}`, bringAbout});
}

function commit(store: Store, decide: (transaction: Transaction) => void): void {
  const transaction = begin(store);
  decide(transaction);
  transaction.settle();
  store.commit(transaction.drafts);
}

function found(store: Store, workflowId: string, runId = ''): RunState {
  const run = store.find('default', workflowId, runId);
  if (!run) throw new Error(`${workflowId} is not there`);
  return run;
}

describe.each(stores)('a store $name', ({open}) => {
  it('finds a run by its ids, and the latest one by its workflow’s', () => {
    const store = open(folder);
    commit(store, (transaction) => {
      const first = transaction.open(newRun('a', 'first'), startRun);
      transaction.change(first, (change) => terminateRun(change, {}));
    });
    commit(store, (transaction) => transaction.open(newRun('a', 'second'), startRun));
    expect(found(store, 'a').runId).toBe('second');
    expect(found(store, 'a', 'first').runId).toBe('first');
    expect(store.find('default', 'b', 'first')).toBeUndefined();
    expect(store.find('other', 'a', 'first')).toBeUndefined();
    expect(store.find('other', 'a', '')).toBeUndefined();
    expect(store.all('default').map(({runId}) => runId)).toEqual(['second', 'first']);
  });

  it('shows a run that it handed out as it was committed last', () => {
    const store = open(folder);
    commit(store, (transaction) => transaction.open(newRun('a', 'first'), startRun));
    const run = found(store, 'a');
    expect(run.history).toHaveLength(2);
    commit(store, (transaction) => {
      const draft = transaction.draftOf(run);
      transaction.change(draft, (change) => signalRun(change, {signalName: 's'}, 'request'));
      const timer = {timerId: 't', startToFireTimeout: aMinute};
      transaction.change(draft, (change) => startTimer(change, timer, 2, null));
    });
    expect(run.history.slice().map(({eventId}) => Number(eventId))).toEqual([1, 2, 3, 4]);
    expect([...run.timers.values()]).toEqual([{timerId: 't', startedEventId: 4, firesAt: now + 60_000}]);
    expect(run.signalRequestIds.has('request')).toBe(true);
    expect(run.stateTransitions).toBe(3);
  });

  it('keeps nothing of drafts that are not committed', () => {
    const store = open(folder);
    commit(store, (transaction) => transaction.open(newRun('a', 'first'), startRun));
    const run = found(store, 'a');
    const before = structuredClone({...run, history: run.history.slice()});
    const transaction = begin(store);
    const draft = transaction.draftOf(run);
    transaction.change(draft, (change) => terminateRun(change, {}));
    transaction.open(newRun('b', 'other'), startRun);
    transaction.settle();
    expect({...run, history: run.history.slice()}).toEqual(before);
    expect(store.find('default', 'b', '')).toBeUndefined();
  });

  it('lets nobody change what is pending but by a commit', () => {
    const store = open(folder);
    commit(store, (transaction) => {
      const draft = transaction.open(newRun('a', 'first'), startRun);
      const timer = {timerId: 't', startToFireTimeout: aMinute};
      transaction.change(draft, (change) => startTimer(change, timer, 2, null));
    });
    const {timers, workflowTask} = found(store, 'a');
    expect(() => Object.assign(timers.get('t') as object, {firesAt: 0})).toThrow(TypeError);
    expect(() => Object.assign(workflowTask as object, {attempt: 2})).toThrow(TypeError);
  });

  it('forgets a run that is deleted, and its workflow where it was the latest', () => {
    const store = open(folder);
    commit(store, (transaction) => {
      const first = transaction.open(newRun('a', 'first'), startRun);
      transaction.change(first, (change) => terminateRun(change, {}));
      transaction.open(newRun('a', 'second'), startRun);
    });
    store.delete(found(store, 'a', 'first'));
    expect(store.find('default', 'a', 'first')).toBeUndefined();
    expect(found(store, 'a').runId).toBe('second');
    store.delete(found(store, 'a'));
    expect(store.find('default', 'a', '')).toBeUndefined();
    expect(store.all('default')).toEqual([]);
  });
});
