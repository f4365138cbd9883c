/** A value that survives JSON unchanged; the only kind of value that enters or leaves a program. */
export type ProgramJson = null | boolean | number | string | ProgramJson[] | {[key: string]: ProgramJson};

/** Where in the program's source something stands. Both count from 1. */
export interface SourcePosition {
  line: number;
  column: number;
}

/** What a program may ask of the world around it. The interpreter itself touches nothing else. */
export interface ProgramHost {
  /** Names of the global async functions that are tools. */
  readonly tools: readonly string[];
  /** What a tool takes, in the order in which it declares it; undefined where that is not known. */
  parametersOf?(tool: string): readonly ProgramParameter[] | undefined;
  /**
   * Starts one tool call. Called synchronously, in program order, at most `budgets.concurrency` at once.
   *
   * @param index counts the calls of this program from 1; the same on every replay
   */
  startCall(call: {index: number; tool: string; input: ProgramJson; position: SourcePosition}): HostCall;
  /** Lets other work of the workflow go on: resolves after a short durable timer; rejects when the run is cancelled. */
  yieldToHost(): Promise<void>;
  /**
   * Waits durably for some milliseconds (1 to a day); without it a program can't `sleep`. It is no call of a tool: it takes
   * no place among those that run at once.
   */
  sleep?(milliseconds: number, position: SourcePosition): HostCall;
  /** Answers `search_tools(query)` in a program; without it the function isn't there. */
  searchTools?(query: string): ProgramJson;
  /** What this program shares with others that run at the same time; without it, it has all of its budgets for itself. */
  readonly sharedSteps?: SharedSteps;
  /** Told of each call's progress, so that a line trace can be shown; must not throw. */
  onTrace?(trace: ProgramCall): void;
}

/** One property of the object that a tool takes. */
export interface ProgramParameter {
  name: string;
  required: boolean;
}

/** The steps of several programs, counted together. */
export interface SharedSteps {
  /** Steps that were taken since the host last had its turn; they count against `stepsBetweenYields`. */
  sinceYield(): number;
  /** Steps that are left to all of them. */
  left(): number;
  add(steps: number): void;
}

/** A tool call in flight. */
export interface HostCall {
  /** Never rejects. */
  readonly outcome: Promise<CallOutcome>;
  /** Asks for cancellation; `outcome` still resolves, once the call has stopped. */
  cancel(): void;
}

/** How a tool call ended. `cancelled` without our asking means that the whole run is being cancelled. */
export type CallOutcome =
  | {status: 'returned'; value: ProgramJson}
  | {status: 'failed'; failure: {name: string; message: string}}
  | {status: 'cancelled'};

/** A call that a program made, as it is reported to the model and shown to people. */
export interface ProgramCall {
  index: number;
  tool: string;
  position: SourcePosition;
  status: 'waiting' | 'running' | 'returned' | 'failed' | 'cancelled';
  /** The result or the failure's message, clipped to a few hundred characters. */
  summary?: string;
}

/** How a program ended. `aborted`: the run is being cancelled, and the program with it. */
export type ProgramOutcome =
  | ({status: 'completed'; value: ProgramJson} & ProgramReport)
  | ({status: 'failed'; failure: ProgramFailure} & ProgramReport)
  | {status: 'aborted'};

/** What a program did, however it ended. */
export interface ProgramReport {
  /** What it wrote with `console.log`, one entry a call. */
  logs: string[];
  calls: ProgramCall[];
  /** Failures that nothing awaited or handled, at most 20: the program ended as if they were none of its business. */
  unhandled: UnhandledFailure[];
  /** Steps that it took, to be counted against the budget of the whole run. */
  steps: number;
}

/** A promise that was rejected and that nothing reacted to before the program ended. */
export interface UnhandledFailure {
  /** Index and tool of the call that failed, where it was one. */
  call?: number;
  tool?: string;
  line?: number;
  name: string;
  message: string;
}

/** Everything that a model needs to repair its program in one step. */
export interface ProgramFailure {
  /** `SyntaxError`, `UnsupportedSyntax` and `ReferenceError` are found before anything runs. */
  kind:
    | 'SyntaxError'
    | 'UnsupportedSyntax'
    | 'ReferenceError'
    | 'ToolError'
    | 'RuntimeError'
    | 'BudgetExceeded'
    | 'InvalidResult';
  /** The class of what was thrown, e.g. `TypeError` or `ToolExecutionError`. */
  name: string;
  message: string;
  /** What led to it, e.g. `ToolExecutionError: no disk`: the error's `cause` with its own, or the errors of a group. */
  cause?: string;
  position?: SourcePosition;
  /** The offending line with its neighbours and a caret. */
  frame?: string;
  hint?: string;
}

/** What a program may use at most; all counted deterministically, none by wall time. */
export interface ProgramBudgets {
  /** Evaluated steps of this program. */
  steps: number;
  /** Steps without a wait after which the program yields by a short timer. */
  stepsBetweenYields: number;
  calls: number;
  /** Times that it sleeps. */
  sleeps: number;
  concurrency: number;
  /** Depth of guest function calls. */
  recursion: number;
  /** Depth of the syntax tree. */
  syntaxDepth: number;
  /** Characters of source. */
  source: number;
  /** Characters of one string. */
  stringLength: number;
  /** Elements of one array, entries of one object, Map or Set. */
  arrayLength: number;
  /** Characters that `console.log` keeps. */
  output: number;
  /** Characters of the result's JSON. */
  result: number;
}
