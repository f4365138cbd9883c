import type {CallOutcome, HostCall, ProgramHost, ProgramJson} from '../../workflows/interpreter/index.ts';

/** What a scripted tool does with its input. A promise that never settles waits until the call is cancelled. */
export type ScriptedTool = (input: ProgramJson) => ProgramJson | Promise<ProgramJson>;

/** A host whose tools are functions, and which writes down what it is asked. */
export interface ScriptedHost extends ProgramHost {
  /** `start 1 echo`, `cancel 1`, `yield`…, in the order in which they happened. */
  readonly log: string[];
}

/** A tool's failure with a class of its own. */
class ToolFailure extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** The tools that most tests use. */
export const commonTools: Record<string, ScriptedTool> = {
  echo: (input) => (input as {value?: ProgramJson}).value ?? null,
  fail: (input) => {
    throw new ToolFailure('ToolExecutionError', String((input as {message?: string}).message ?? 'failed'));
  },
  hang: () => new Promise(() => {}),
};

/** Makes a host of some tools. A cancelled call ends a little later, as a real one does. */
export function scriptedHost(tools: Record<string, ScriptedTool> = commonTools): ScriptedHost {
  const log: string[] = [];
  return {
    log,
    tools: Object.keys(tools),
    startCall({index, tool, input}) {
      log.push(`start ${index} ${tool}`);
      return startCall(
        () => (tools[tool] as ScriptedTool)(input),
        () => log.push(`cancel ${index}`),
      );
    },
    async yieldToHost() {
      log.push('yield');
    },
  };
}

function startCall(run: () => ProgramJson | Promise<ProgramJson>, onCancel: () => void): HostCall {
  const {promise, resolve} = Promise.withResolvers<CallOutcome>();
  (async () => run())().then(
    (value) => resolve({status: 'returned', value}),
    ({name, message}: Error) => resolve({status: 'failed', failure: {name, message}}),
  );
  return {
    outcome: promise,
    cancel() {
      onCancel();
      queueMicrotask(() => resolve({status: 'cancelled'}));
    },
  };
}
