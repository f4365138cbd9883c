import {CancellationScope, CancelledFailure, sleep} from '@temporalio/workflow';
import {
  type AgentRun,
  checkHistory,
  HistoryFull,
  type NativeTool,
  type NativeToolContext,
} from '../agent/agent-run.ts';
import {type ProgramBudgets, runProgram} from '../interpreter/index.ts';
import type {
  CallOutcome,
  HostCall,
  ProgramHost,
  ProgramOutcome,
  ProgramParameter,
} from '../interpreter/program.ts';
import {failureTypes, isCancelled} from '../protocol/failures.ts';
import {toolOutline} from '../protocol/held-manifest.ts';
import {programCallId} from '../protocol/identity.ts';
import type {JsonObject, JsonValue} from '../protocol/json.ts';
import {encodedBytes, maximumCallsInFlight, maximumResultBytes} from '../protocol/limits.ts';
import type {ToolDescription, ToolEntry, ToolOutline} from '../protocol/manifest.ts';
import type {ProgramTrace} from '../protocol/messages.ts';
import {nativeToolFacts} from '../protocol/native-tools.ts';
import {type ProgramResult, unhandledNote} from '../protocol/program-result.ts';
import {toolSignature} from '../protocol/signature.ts';
import type {ToolOutcome} from '../protocol/tool-call.ts';

/** `run_ptc({code})`: runs a small program here in the workflow; its calls take the tools' own transports. */
export const runPtc: NativeTool = async (context) => {
  const {code} = context.call.input;
  if (typeof code !== 'string') {
    return {
      status: 'failed',
      failure: {name: failureTypes.validation, message: 'code must be the program, as a text.'},
    };
  }
  const trace: ProgramTrace = {callId: context.call.id, source: code, calls: []};
  context.run.programs.push(trace);
  const ending: RunEnding = {};
  // Only what a program asks for is fetched: most know their tools.
  const descriptions = code.includes('search_tools') ? await context.run.definitions.tools() : [];
  const outcome = await runProgram(
    code,
    programHost(context, {trace, ending, descriptions}),
    budgetsOf(context.run),
  );
  if (outcome.status === 'aborted') throw ending.error ?? new CancelledFailure('The program was cancelled');
  return toToolOutcome(outcome);
};

function budgetsOf({manifest: {limits}}: AgentRun): Partial<ProgramBudgets> {
  return {concurrency: maximumCallsInFlight, ...limits.program};
}

/** What ended the whole run while the program was in it: cancellation, or a limit. */
interface RunEnding {
  error?: unknown;
}

interface ProgramSurroundings {
  trace: ProgramTrace;
  ending: RunEnding;
  /** What `search_tools` searches. */
  descriptions: readonly ToolDescription[];
}

function programHost(
  context: NativeToolContext,
  {trace, ending, descriptions}: ProgramSurroundings,
): ProgramHost {
  const tools = [...context.run.tools.values()].filter(
    ({name}) => nativeToolFacts(name)?.inPrograms !== false,
  );
  const offered = new Set(tools.map(({name}) => name));
  return {
    tools: [...offered],
    parametersOf: (name) => parametersOf(context.run.tools.get(name)),
    startCall: (call) => startCall(context, call, ending),
    yieldToHost: () => sleep(1),
    sleep: (milliseconds, {line}) => startSleep(context.run, milliseconds, line, ending),
    sharedSteps: context.run.programSteps,
    searchTools: (query) =>
      searchTools(
        descriptions.filter(({name}) => offered.has(name)),
        query,
      ),
    onTrace: (call) => {
      trace.calls[call.index - 1] = call;
    },
  };
}

/** The properties of the object that a tool takes, as its schema lists them. */
function parametersOf(tool: ToolOutline | undefined): ProgramParameter[] | undefined {
  if (!tool) return undefined;
  const {parameters} = 'input' in tool ? toolOutline(tool as ToolEntry) : tool;
  return Object.entries(parameters ?? {}).map(([name, required]) => ({name, required}));
}

/** `search_tools(query)`: the tools whose name or description has one of the words, as signatures. */
function searchTools(tools: readonly ToolDescription[], query: string): JsonValue {
  const words = query.toLowerCase().split(/\W+/).filter(Boolean);
  const found = tools.filter(({name, description}) => {
    const text = `${name} ${description}`.toLowerCase();
    return words.some((word) => text.includes(word));
  });
  return found.map((tool) => ({
    name: tool.name,
    description: tool.description,
    signature: toolSignature(tool),
  }));
}

/** A durable timer; it fails where the history has no room for its events. */
function startSleep(run: AgentRun, milliseconds: number, line: number, ending: RunEnding): HostCall {
  return inScope(ending, async () => {
    try {
      checkHistory(run);
    } catch (error) {
      if (!(error instanceof HistoryFull)) throw error;
      return {status: 'failed', failure: {name: error.name, message: error.message}};
    }
    await sleep(milliseconds, {summary: `sleep ${milliseconds}ms, line ${line}`});
    return {status: 'returned', value: null};
  });
}

/** Each call has a scope of its own, so that a program can cancel one and leave its siblings alone. */
function startCall(
  {call: program, callTool}: NativeToolContext,
  call: Parameters<ProgramHost['startCall']>[0],
  ending: RunEnding,
): HostCall {
  return inScope(ending, async () => {
    const outcome = await callTool({
      id: programCallId(program.id, call.index),
      name: call.tool,
      input: call.input as JsonObject,
      origin: {line: call.position.line},
    });
    return toCallOutcome(outcome);
  });
}

function inScope(ending: RunEnding, work: () => Promise<CallOutcome>): HostCall {
  const scope = new CancellationScope();
  let cancelledByProgram = false;
  const outcome = scope.run(work).catch((error: unknown): CallOutcome => {
    if (!(cancelledByProgram && isCancelled(error))) ending.error ??= error;
    return {status: 'cancelled'};
  });
  const cancel = () => {
    cancelledByProgram = true;
    scope.cancel();
  };
  return {outcome, cancel};
}

function toCallOutcome(outcome: ToolOutcome): CallOutcome {
  if (outcome.status === 'returned') return outcome;
  const {name, message} = outcome.failure;
  return {status: 'failed', failure: {name, message}};
}

function toToolOutcome(outcome: Exclude<ProgramOutcome, {status: 'aborted'}>): ToolOutcome {
  if (outcome.status === 'completed') {
    const value = resultOf(outcome);
    const bytes = encodedBytes(value);
    return bytes <= maximumResultBytes ? {status: 'returned', value} : tooLarge(bytes);
  }
  const {kind, message, ...where} = outcome.failure;
  const {logs, calls, unhandled} = outcome;
  const lost = unhandled.length > 0 ? {unhandled} : {};
  const details = {kind, ...where, console: logs, calls, ...lost} as unknown as JsonValue;
  return {status: 'failed', failure: {name: failureTypes.program, message: `${kind}: ${message}`, details}};
}

/** The value alone where there is nothing else to tell. */
function resultOf({value, logs, unhandled}: ProgramOutcome & {status: 'completed'}): JsonValue {
  if (logs.length === 0 && unhandled.length === 0) return value;
  const result: ProgramResult = {
    value,
    ...(logs.length > 0 && {console: logs}),
    ...(unhandled.length > 0 && {unhandled: unhandled.map((failure) => ({...failure})), note: unhandledNote}),
  };
  return result as unknown as JsonValue;
}

/** The interpreter counts characters; a payload is bytes. */
function tooLarge(bytes: number): ToolOutcome {
  const message = `InvalidResult: The result has ${bytes} bytes; at most ${maximumResultBytes} can be returned.`;
  return {status: 'failed', failure: {name: failureTypes.program, message}};
}
