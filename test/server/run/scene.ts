import {openEngine} from '../../../source/server/open-engine.ts';
import type {Change, Consequence, Publication} from '../../../source/server/run/change.ts';
import {startRun} from '../../../source/server/run/lifecycle.ts';
import type {RunStart, RunState} from '../../../source/server/run/run-state.ts';
import {completeWorkflowTask, startWorkflowTask} from '../../../source/server/run/workflow-task.ts';
import {MemoryStore} from '../../../source/server/store/memory.ts';
import {nameOfEvent} from '../../../source/server/wire/event-names.ts';
import type {Duration, HistoryEvent} from '../../../source/server/wire/proto.ts';
import {ManualClock} from '../manual-clock.ts';
import {newRun} from '../new-run.ts';

/** A poller, as started events name it. */
export const poller = {identity: 'worker', requestId: 'request', buildId: 'build'};

/** @returns a length of time as messages have it */
export function seconds(length: number): Duration {
  return {seconds: length as never, nanos: 0};
}

/** One run on an engine whose clock stands still, and what changes of it say. */
export class Scene {
  readonly clock = new ManualClock();
  readonly store = new MemoryStore();
  readonly engine = openEngine(this.clock, ['default'], this.store);
  readonly beginning = this.clock.now();
  consequences: readonly Consequence[] = [];
  publications: readonly Publication[] = [];
  #id = 'a';

  /** Opens a run of the workflow `a`. */
  start(started: RunStart['started'] = {}, rest: Partial<RunStart> = {}): this {
    this.#id = rest.runId ?? 'first';
    const start = {...newRun('a', this.#id, started), ...rest};
    this.engine.transact((transaction) => transaction.open(start, startRun));
    return this;
  }

  /** The run as it is committed. */
  get run(): RunState {
    const run = this.store.find('default', 'a', this.#id);
    if (!run) throw new Error('the run is missing');
    return run;
  }

  /** Changes the run; keeps what the change wants and shows. */
  change<Result>(decide: (change: Change) => Result): Result {
    return this.engine.change(this.run, (change) => {
      const result = decide(change);
      this.consequences = [...change.consequences];
      this.publications = [...change.publications];
      return result;
    });
  }

  /** Gives the pending workflow task to a worker. */
  poll(): this {
    this.change((change) => startWorkflowTask(change, poller));
    return this;
  }

  /** Completes a workflow task, with what the worker commands. */
  work(command: (change: Change, completedEventId: number) => void = () => undefined): this {
    if (this.run.workflowTask?.state !== 'started') this.poll();
    this.change((change) => {
      command(change, completeWorkflowTask(change, {identity: 'worker'}));
      if (change.run.buffered.length > 0) change.needsWorkflowTask = true;
    });
    return this;
  }

  /** The history from an event on, a line for each. */
  lines(from = 1): string[] {
    return this.run.history.slice(from - 1).map((event) => this.line(event));
  }

  /** An event on one line: id, time since the beginning, name, attributes that are set. */
  line(event: HistoryEvent): string {
    const name = nameOfEvent(event) ?? 'nothing';
    const attributes = event[`${name}EventAttributes` as 'timerFiredEventAttributes'];
    const at = Number(event.eventTime?.seconds) * 1000 + Number(event.eventTime?.nanos) / 1e6;
    const id = event.eventId === undefined ? 'buffered' : String(event.eventId);
    return `${id} +${at - this.beginning} ${name} ${plain(attributes)}`;
  }
}

/** @returns plain data on one line, without what is null and without quotes where none are needed */
export function plain(value: unknown): string {
  const text = JSON.stringify(value, (_name, item) => (item === null ? undefined : item)) ?? 'nothing';
  return text.replaceAll(/"([\w$-]+)":/g, '$1: ').replaceAll(',', ', ');
}
