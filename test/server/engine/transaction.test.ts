import {describe, expect, it} from 'vitest';
import {startOrRefuse} from '../../../source/server/engine/start.ts';
import {openEngine as open} from '../../../source/server/open-engine.ts';
import {initiateChild} from '../../../source/server/run/child.ts';
import {closeRun, requestCancel, startRun} from '../../../source/server/run/lifecycle.ts';
import {isRunning, type RunState} from '../../../source/server/run/run-state.ts';
import {startWorkflowTask} from '../../../source/server/run/workflow-task.ts';
import {MemoryStore} from '../../../source/server/store/memory.ts';
import type {DraftOfRun} from '../../../source/server/store/store.ts';
import {nameOfEvent} from '../../../source/server/wire/event-names.ts';
import {ManualClock} from '../manual-clock.ts';
import {newRun} from '../new-run.ts';

/** Keeps runs, writes down what each commit holds, and can refuse one. */
class WatchedStore extends MemoryStore {
  readonly commits: string[][] = [];
  refusing = false;

  override commit(drafts: readonly DraftOfRun[]): void {
    if (this.refusing) throw new Error('the disk is full');
    this.commits.push(drafts.map(({draft}) => draft.workflowId));
    super.commit(drafts);
  }
}

function openEngine() {
  const store = new WatchedStore();
  const engine = open(new ManualClock(), ['default'], store);
  const namespace = engine.namespaces.get('default');
  if (!namespace) throw new Error('the namespace is missing');
  const find = (workflowId: string) => store.find('default', workflowId, '') as RunState;
  return {store, engine, namespace, find};
}

function startFamily({engine, store}: ReturnType<typeof openEngine>, parentClosePolicy = 1) {
  engine.transact((transaction) => transaction.open(newRun('parent', 'parent-run'), startRun));
  const parent = store.find('default', 'parent', '') as RunState;
  const attributes = {
    namespace: 'default',
    workflowId: 'child',
    taskQueue: {name: 'queue'},
    parentClosePolicy,
  };
  engine.change(parent, (change) => initiateChild(change, attributes, null));
  const child = store.find('default', 'child', '') as RunState;
  store.commits.length = 0;
  return {parent, child};
}

const names = (run: RunState) => run.history.slice().map(nameOfEvent);

describe('one commit', () => {
  it('holds a run’s close and its next run', () => {
    const {engine, store, find} = openEngine();
    engine.transact((transaction) => transaction.open(newRun('a', 'first'), startRun));
    store.commits.length = 0;
    engine.change(find('a'), (change) => {
      closeRun(change, 'workflowExecutionContinuedAsNew', {newExecutionRunId: 'second'});
      change.consequences.push({kind: 'startNextRun', start: newRun('a', 'second')});
    });
    expect(store.commits).toEqual([['a', 'a']]);
    expect(isRunning(store.find('default', 'a', 'first') as RunState)).toBe(false);
    expect(find('a').runId).toBe('second');
  });

  it('holds a child’s start and what its parent hears of it', () => {
    const setting = openEngine();
    const {engine, store, find} = setting;
    engine.transact((transaction) => transaction.open(newRun('parent', 'parent-run'), startRun));
    store.commits.length = 0;
    const attributes = {namespace: 'default', workflowId: 'child', taskQueue: {name: 'queue'}};
    engine.change(find('parent'), (change) => initiateChild(change, attributes, null));
    expect(store.commits).toEqual([['parent', 'child']]);
    expect(names(find('parent')).at(-1)).toBe('childWorkflowExecutionStarted');
  });

  it('holds a child’s end and what its parent hears of it', () => {
    const setting = openEngine();
    const {child, parent} = startFamily(setting);
    setting.engine.change(child, (change) => closeRun(change, 'workflowExecutionCompleted', {}));
    expect(setting.store.commits).toEqual([['child', 'parent']]);
    expect(names(parent).at(-1)).toBe('childWorkflowExecutionCompleted');
    expect(parent.children.size).toBe(0);
  });

  it('holds a parent’s end and that of the children that end with it', () => {
    const setting = openEngine();
    const {child, parent} = startFamily(setting);
    setting.engine.change(parent, (change) => closeRun(change, 'workflowExecutionCompleted', {}));
    expect(setting.store.commits).toEqual([['parent', 'child']]);
    expect(names(child).at(-1)).toBe('workflowExecutionTerminated');
  });

  it('holds the end of the run that a start takes the place of', () => {
    const {engine, store, namespace} = openEngine();
    const request = {workflowId: 'a', workflowType: {name: 'type'}, taskQueue: {name: 'queue'}};
    const start = (requestId: string) =>
      engine.transact((transaction) =>
        startOrRefuse(transaction, namespace, {...request, requestId, workflowIdReusePolicy: 4} as never),
      );
    start('one');
    store.commits.length = 0;
    start('two');
    expect(store.commits).toEqual([['a', 'a']]);
  });

  it('holds only runs that were changed', () => {
    const setting = openEngine();
    const {parent} = startFamily(setting);
    setting.engine.transact((transaction) => {
      transaction.find('default', 'child', '');
      transaction.change(transaction.draftOf(parent), (change) => requestCancel(change, {}));
    });
    expect(setting.store.commits).toEqual([['parent']]);
  });
});

describe('a change that fails', () => {
  it.each([
    ['while it is decided', false],
    ['while it is written down', true],
  ])('%s leaves every run as it was and shows nobody anything', (_when, refusing) => {
    const setting = openEngine();
    const {engine, store} = setting;
    const {child, parent} = startFamily(setting);
    const before = structuredClone([child, parent]);
    let seen = 0;
    engine.watch(parent, () => {
      seen += 1;
    });
    store.refusing = refusing;
    const fail = () =>
      engine.transact((transaction) => {
        const draft = transaction.draftOf(child);
        transaction.change(draft, (change) => {
          startWorkflowTask(change, {identity: 'worker', requestId: 'request', buildId: ''});
          closeRun(change, 'workflowExecutionCompleted', {});
        });
        transaction.settle();
        if (!refusing) throw new Error('a bug');
      });
    expect(fail).toThrow(refusing ? 'the disk is full' : 'a bug');
    expect([child, parent]).toEqual(before);
    expect(seen).toBe(0);
    store.refusing = false;
    engine.change(child, (change) => closeRun(change, 'workflowExecutionCompleted', {}));
    expect(seen).toBe(1);
  });

  it('names the entity and the run whose state does not allow it', () => {
    const setting = openEngine();
    const {child} = startFamily(setting);
    const poller = {identity: 'worker', requestId: 'request', buildId: ''};
    setting.engine.change(child, (change) => startWorkflowTask(change, poller));
    const again = () => setting.engine.change(child, (change) => startWorkflowTask(change, poller));
    expect(again).toThrow(/^workflow task 2 of run [\w-]+: start is not allowed when started$/);
  });
});
