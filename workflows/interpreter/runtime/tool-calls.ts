import type {CallOutcome, HostCall, ProgramCall, ProgramHost, ProgramJson} from '../program.ts';
import type {Source} from '../syntax/source.ts';
import type {ToolParameters} from '../tool-parameters.ts';
import {NativeFunction} from '../values/function.ts';
import {fromJson} from '../values/json.ts';
import {GuestToolError} from '../values/value.ts';
import {inputOf} from './call-input.ts';
import {GuestPromise} from './promise.ts';
import type {Realm} from './realm.ts';
import {shortJson} from './short-json.ts';
import {BudgetExceeded, GuestThrow} from './signals.ts';
import type {Cancellable, Task} from './task.ts';

const summaryLimit = 300;

/** What a run of a program is told when something from outside has happened. */
export interface CallEvents {
  /** A call has an outcome: does the work, lets the program run on, and then does the rest. */
  arrived(work: () => void, rest: () => void): void;
  /** The whole run is being cancelled. */
  aborted(): void;
}

/** The tool calls of one program: numbered and started in program order, at most `concurrency` at once. */
export class ToolCalls {
  readonly reports: ProgramCall[] = [];
  readonly #host: ProgramHost;
  readonly #source: Source;
  readonly #parameters: ToolParameters;
  readonly #events: CallEvents;
  readonly #waiting: ToolCall[] = [];
  readonly #running = new Set<ToolCall>();

  constructor(host: ProgramHost, source: Source, parameters: ToolParameters, events: CallEvents) {
    this.#host = host;
    this.#source = source;
    this.#parameters = parameters;
    this.#events = events;
  }

  /** How many calls have no outcome yet. */
  get open(): number {
    return this.#waiting.length + this.#running.size;
  }

  /** The global function that calls a tool. */
  tool(name: string): NativeFunction {
    return new NativeFunction(name, 1, (realm, args) => {
      const promise = new GuestPromise(realm);
      try {
        this.#call(realm, promise, name, inputOf(realm, name, args, this.#parameters));
      } catch (error) {
        if (!(error instanceof GuestThrow)) throw error;
        promise.reject(error.value, error.start);
      }
      return promise;
    });
  }

  #call(realm: Realm, promise: GuestPromise, tool: string, input: ProgramJson): void {
    const {budgets} = realm.meter;
    if (realm.task.cancelled)
      realm.raise('CancelledError', `${tool} was not started: ${realm.reasonToCancel}`);
    if (this.reports.length >= budgets.calls) {
      throw new BudgetExceeded(`budget calls: the program made more than ${budgets.calls} tool calls`);
    }
    const call = new ToolCall(this, realm, promise, tool, input, this.#source.position(realm.position));
    promise.work = call;
    realm.task.add(call);
    this.reports.push(call.report);
    this.#waiting.push(call);
    this.#host.onTrace?.({...call.report});
    this.#startWaiting(budgets.concurrency);
  }

  #startWaiting(concurrency: number): void {
    while (this.#running.size < concurrency) {
      const call = this.#waiting.shift();
      if (!call) return;
      this.#running.add(call);
      call.start(this.#host);
    }
  }

  /** Takes a call that hasn't been started out of the queue. */
  withdraw(call: ToolCall): boolean {
    const index = this.#waiting.indexOf(call);
    if (index === -1) return false;
    this.#waiting.splice(index, 1);
    return true;
  }

  trace(report: ProgramCall): void {
    this.#host.onTrace?.({...report});
  }

  settled(call: ToolCall, outcome: CallOutcome, concurrency: number): void {
    this.#running.delete(call);
    if (outcome.status === 'cancelled' && !call.cancelling) this.#events.aborted();
    // What the outcome leads to comes first: it may cancel calls that still wait.
    this.#events.arrived(
      () => call.settle(outcome),
      () => this.#startWaiting(concurrency),
    );
  }

  /** Asks all calls to stop, the running ones and those in the queue. */
  cancelAll(): void {
    for (const call of [...this.#waiting, ...this.#running]) call.cancel();
  }
}

/** One call, from its place in the queue to its outcome. */
class ToolCall implements Cancellable {
  readonly report: ProgramCall;
  cancelling = false;
  readonly #calls: ToolCalls;
  readonly #realm: Realm;
  readonly #promise: GuestPromise;
  readonly #input: ProgramJson;
  readonly #task: Task;
  readonly #start: number;
  #running: HostCall | undefined;

  constructor(
    calls: ToolCalls,
    realm: Realm,
    promise: GuestPromise,
    tool: string,
    input: ProgramJson,
    position: ProgramCall['position'],
  ) {
    this.#calls = calls;
    this.#realm = realm;
    this.#promise = promise;
    this.#input = input;
    this.#task = realm.task;
    this.#start = realm.position;
    this.report = {index: calls.reports.length + 1, tool, position, status: 'waiting'};
  }

  start(host: ProgramHost): void {
    const {index, tool, position} = this.report;
    this.report.status = 'running';
    this.#calls.trace(this.report);
    this.#running = host.startCall({index, tool, input: this.#input, position});
    const {concurrency} = this.#realm.meter.budgets;
    this.#running.outcome.then(
      (outcome) => this.#calls.settled(this, outcome, concurrency),
      // The host promises never to reject; if it does, that must not hang the program.
      (error) => this.#calls.settled(this, failureOf(error), concurrency),
    );
  }

  cancel(): void {
    if (this.cancelling || this.#promise.state !== 'pending') return;
    this.cancelling = true;
    if (this.#calls.withdraw(this)) this.settle({status: 'cancelled'});
    else this.#running?.cancel();
  }

  settle(outcome: CallOutcome): void {
    const {report} = this;
    this.#task.remove(this);
    report.status = outcome.status;
    if (outcome.status === 'returned') this.#return(outcome.value);
    else this.#fail(outcome);
    this.#calls.trace(report);
  }

  #return(json: ProgramJson): void {
    const realm = this.#realm;
    realm.position = this.#start;
    try {
      const value = fromJson(realm, json);
      this.report.summary = shortJson(json, summaryLimit);
      this.#promise.resolve(value);
    } catch (error) {
      if (!(error instanceof GuestThrow)) throw error;
      this.report.status = 'failed';
      this.report.summary = 'The result is nested too deep';
      this.#promise.reject(error.value, error.start);
    }
  }

  #fail(outcome: Exclude<CallOutcome, {status: 'returned'}>): void {
    const {tool, index} = this.report;
    const failure =
      outcome.status === 'failed'
        ? outcome.failure
        : {name: 'CancelledError', message: `${tool} was cancelled: ${this.#realm.reasonToCancel}`};
    this.report.summary = clip(failure.message);
    const error = new GuestToolError('Error', failure.message, this.#start);
    error.hidden.set('name', failure.name);
    error.properties.set('tool', tool);
    error.properties.set('call', index);
    this.#promise.reject(error, this.#start);
  }
}

function failureOf(error: unknown): CallOutcome {
  const message = error instanceof Error ? error.message : String(error);
  return {status: 'failed', failure: {name: 'Error', message}};
}

function clip(text: string): string {
  return text.length > summaryLimit ? `${text.slice(0, summaryLimit)}…` : text;
}
