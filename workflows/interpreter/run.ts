import {defaultBudgets, Meter} from './budgets.ts';
import {makeGlobals} from './builtins/globals.ts';
import {memberOf} from './builtins/methods.ts';
import {capturesSlot, type Frame} from './compile/code.ts';
import type {ProgramCode} from './compile/functions.ts';
import {compile} from './compile/index.ts';
import {factsOfThrown, outcomeOf} from './ending.ts';
import {type FailureFacts, Refused} from './failure.ts';
import {withHint} from './hints.ts';
import type {HostCall, ProgramBudgets, ProgramHost, ProgramOutcome} from './program.ts';
import {startCoroutine} from './runtime/coroutine.ts';
import {JobQueue} from './runtime/jobs.ts';
import type {GuestPromise} from './runtime/promise.ts';
import {Realm} from './runtime/realm.ts';
import {BudgetExceeded} from './runtime/signals.ts';
import {Sleeps} from './runtime/sleeps.ts';
import {cancelAll, Task} from './runtime/task.ts';
import {type CallEvents, ToolCalls} from './runtime/tool-calls.ts';
import {analyzeScopes} from './scope/analyze.ts';
import {checkNames} from './scope/check-names.ts';
import {parseProgram} from './syntax/parse.ts';
import {Source} from './syntax/source.ts';
import {ToolParameters} from './tool-parameters.ts';

/**
 * Runs a program against a host.
 *
 * Everything is evaluated synchronously between two outcomes of tool calls, with promises and microtasks of our own; the
 * host's promises are this one, one for each call and one for each yield.
 *
 * @returns how the program ended. Rejects only for a bug of the interpreter.
 */
export function runProgram(
  source: string,
  host: ProgramHost,
  budgets: Partial<ProgramBudgets> = {},
): Promise<ProgramOutcome> {
  return new Promise((resolve, reject) => {
    const run = new Run(source, host, {...defaultBudgets, ...budgets}, resolve, reject);
    run.start();
  });
}

class Run {
  readonly #source: Source;
  readonly #host: ProgramHost;
  readonly #realm: Realm;
  readonly #parameters: ToolParameters;
  readonly #calls: ToolCalls;
  readonly #sleeps: Sleeps | undefined;
  readonly #resolve: (outcome: ProgramOutcome) => void;
  readonly #reject: (error: unknown) => void;
  /** Everything that the program has started. */
  readonly #rest = new Task();
  #main: GuestPromise | undefined;
  /** How the program ended, while its last calls are waited for. */
  #failure: FailureFacts | undefined;
  #aborted = false;
  #yielding = false;
  #finished = false;

  constructor(
    source: string,
    host: ProgramHost,
    budgets: ProgramBudgets,
    resolve: (outcome: ProgramOutcome) => void,
    reject: (error: unknown) => void,
  ) {
    this.#source = new Source(source);
    this.#host = host;
    this.#realm = new Realm(memberOf, new Meter(budgets, host.sharedSteps), new JobQueue(), this.#rest);
    this.#resolve = resolve;
    this.#reject = reject;
    this.#parameters = new ToolParameters(host);
    const events: CallEvents = {
      arrived: (work, rest) => this.#arrived(work, rest),
      aborted: () => this.#abort(),
    };
    this.#calls = new ToolCalls(host, this.#source, this.#parameters, events);
    // A method of the host may need its host.
    this.#sleeps =
      host.sleep && new Sleeps((...args) => host.sleep?.(...args) as HostCall, this.#source, events);
  }

  start(): void {
    if (this.#realm.meter.isCrowded) this.#yield();
    else this.#begin();
  }

  #begin(): void {
    this.#guard(() => {
      const code = this.#compile();
      const {meter} = this.#realm;
      meter.charge(code.steps);
      const frame: Frame = new Array(code.slots());
      frame[capturesSlot] = [];
      this.#main = startCoroutine(this.#realm, code.body, frame, code.waitLevels);
      this.#main.handled = true;
      this.#realm.rejections.delete(this.#main);
      this.#cancelRest();
      this.#drain();
    });
    this.#settle();
  }

  #compile(): ProgramCode {
    const source = this.#source;
    const realm = this.#realm;
    const {tree, facts} = parseProgram(source, realm.meter.budgets);
    const scopes = analyzeScopes(tree);
    const tools = this.#host.tools.map((name) => [name, this.#calls.tool(name)] as const);
    const globals = makeGlobals(new Map(tools), this.#host, this.#sleeps?.function());
    checkNames(tree, {scopes, globals, tools: this.#parameters}, (offset) => source.position(offset).line);
    return compile({realm, source, tree, facts, scopes, globals});
  }

  /** Runs jobs until there are none, or until the program has to give way to the host. */
  #drain(): void {
    const {jobs, yields, meter} = this.#realm;
    while (!this.#aborted && !this.#failure) {
      if (yields.length > 0 || (meter.steps > meter.yieldAt && !jobs.isEmpty)) {
        this.#yield();
        return;
      }
      const job = jobs.take() ?? this.#unblock();
      if (!job) return;
      meter.calls = 0;
      meter.levels = 0;
      job();
      this.#cancelRest();
    }
  }

  /** Once the program has its value, what it left in flight is cancelled, and starts nothing any more. */
  #cancelRest(): void {
    if (this.#main?.state !== 'fulfilled' || this.#realm.ended) return;
    this.#realm.ended = true;
    cancelAll([this.#rest]);
  }

  /** When nothing can go on: lets a gather fail that waits for a sibling which can't be cancelled. */
  #unblock(): (() => void) | undefined {
    if (this.#open > 0 || this.#main?.state !== 'pending') return undefined;
    return this.#realm.giveUps.shift();
  }

  #yield(): void {
    this.#yielding = true;
    this.#host.yieldToHost().then(
      () => this.#resumed(),
      () => {
        this.#yielding = false;
        this.#abort();
        this.#settle();
      },
    );
  }

  #resumed(): void {
    this.#yielding = false;
    const {meter} = this.#realm;
    if (meter.isCrowded && !this.#aborted) {
      this.#yield();
      return;
    }
    meter.rested();
    if (!this.#main && !this.#failure && !this.#aborted) {
      this.#begin();
      return;
    }
    this.#guard(() => {
      for (const resume of this.#realm.yields.splice(0)) resume();
      this.#drain();
    });
    this.#settle();
  }

  #arrived(work: () => void, rest: () => void): void {
    if (this.#finished) return;
    this.#guard(() => {
      work();
      if (this.#yielding) return;
      const {meter} = this.#realm;
      meter.rested();
      if (meter.isCrowded) this.#yield();
      else this.#drain();
    });
    this.#guard(rest);
    this.#settle();
  }

  /** What it waits for outside of itself. */
  get #open(): number {
    return this.#calls.open + (this.#sleeps?.open ?? 0);
  }

  #cancelAll(): void {
    this.#calls.cancelAll();
    this.#sleeps?.cancelAll();
  }

  #abort(): void {
    this.#aborted = true;
    this.#cancelAll();
  }

  /** Does some work of the program; what ends the program is noted. */
  #guard(work: () => void): void {
    try {
      if (!this.#finished) work();
    } catch (error) {
      this.#stop(error);
    }
    this.#realm.meter.report();
  }

  #stop(error: unknown): void {
    if (error instanceof Refused) this.#failure = {...error, name: error.kind};
    else if (error instanceof BudgetExceeded) {
      this.#failure = {kind: 'BudgetExceeded', name: 'BudgetExceeded', ...error, start: this.#realm.position};
    } else {
      this.#finished = true;
      this.#reject(error);
    }
    this.#cancelAll();
  }

  /** Ends the run once nothing is open any more. */
  #settle(): void {
    if (this.#finished || this.#yielding) return;
    if (this.#main?.state === 'rejected' && !this.#failure && !this.#aborted) {
      this.#failure = withHint(factsOfThrown(this.#realm, this.#main.result, this.#main.start));
      this.#cancelAll();
    }
    if (this.#open > 0) return;
    this.#finished = true;
    this.#resolve(this.#outcome());
  }

  #outcome(): ProgramOutcome {
    if (this.#aborted) return {status: 'aborted'};
    return outcomeOf(this.#realm, this.#source, this.#calls.reports, this.#main, this.#failure);
  }
}
