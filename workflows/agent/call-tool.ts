import {
  ApplicationFailure,
  ContinueAsNew,
  DeterminismViolationError,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import {classifyCallFailure, failureTypes, isCancelled} from '../protocol/failures.ts';
import {toolActivityType} from '../protocol/identity.ts';
import type {JsonObject, JsonValue} from '../protocol/json.ts';
import {encodedBytes, maximumArgumentBytes} from '../protocol/limits.ts';
import type {ToolOutline} from '../protocol/manifest.ts';
import {isNativeTool, type NativeToolName} from '../protocol/native-tools.ts';
import type {CallOrigin, ToolCall, ToolOutcome} from '../protocol/tool-call.ts';
import {toolActivityOptions} from './activity-policy.ts';
import {type AgentRun, checkHistory, HistoryFull, limitExceeded} from './agent-run.ts';
import {summarize} from './summarize.ts';

/**
 * Makes one tool call: the only way from an agent to a tool, taken by the model's calls and by programs alike.
 *
 * @returns the value, or a failure that goes back to the model
 * @throws cancellation, and failures that end the run: a limit, a capability that no worker has
 */
export async function callTool(run: AgentRun, call: ToolCall): Promise<ToolOutcome> {
  countCall(run);
  const tool = run.tools.get(call.name);
  if (!tool)
    return rejected(`There is no tool "${call.name}". The tools are: ${[...run.tools.keys()].join(', ')}.`);
  if (typeof call.input === 'string')
    return rejected(call.problem ?? 'The arguments are not valid JSON. Send one JSON object.');
  const bytes = encodedBytes(call.input);
  if (bytes > maximumArgumentBytes) {
    return rejected(
      `The arguments have ${bytes} bytes; at most ${maximumArgumentBytes} are possible. Send less at once.`,
    );
  }
  try {
    return await dispatch(run, tool, {...call, input: call.input}, bytes);
  } catch (error) {
    return toFeedback(error);
  }
}

function dispatch(
  run: AgentRun,
  tool: ToolOutline,
  call: ToolCall & {input: JsonObject},
  bytes: number,
): Promise<ToolOutcome> {
  if (tool.transport === 'activity') {
    return run.slots.run(bytes, () => callActivity(run, tool, call));
  }
  if (!isNativeTool(tool)) throw missingNativeTool(tool);
  const native = run.nativeTools[tool.name as NativeToolName];
  return native({run, call, callTool: (inner) => callTool(run, inner)});
}

async function callActivity(
  run: AgentRun,
  tool: ToolOutline,
  call: ToolCall & {input: JsonObject},
): Promise<ToolOutcome> {
  checkHistory(run);
  const type = toolActivityType(tool);
  const activities = proxyActivities<Record<string, (...input: unknown[]) => Promise<JsonValue | undefined>>>(
    {
      ...toolActivityOptions(tool.activity),
      activityId: call.id,
      summary: summarize(call.input),
    },
  );
  // biome-ignore lint/style/noNonNullAssertion: the proxy has a function for every name
  const value = await activities[type]!(call.input, ...originOf(call));
  return {status: 'returned', value: value ?? null};
}

/** A worker knows its own run: most calls have nothing to tell, and take no room in the history for it. */
function originOf({origin}: ToolCall): [] | [CallOrigin] {
  const {runId, firstExecutionRunId} = workflowInfo();
  if (runId === firstExecutionRunId) return origin ? [origin] : [];
  return [{...origin, firstRunId: firstExecutionRunId}];
}

function countCall(run: AgentRun): void {
  run.used.calls += 1;
  const {calls} = run.manifest.limits;
  if (run.used.calls > calls)
    throw limitExceeded(`The agent "${run.agent}" made more than ${calls} tool calls.`);
}

function toFeedback(error: unknown): ToolOutcome {
  if (endsRun(error)) throw error;
  if (error instanceof HistoryFull)
    return {status: 'failed', failure: {name: error.name, message: error.message}};
  const known = classifyCallFailure(error);
  if (known?.kind === 'feedback') return {status: 'failed', failure: known.failure};
  if (known) throw ApplicationFailure.nonRetryable(known.message, failureTypes.missingCapability);
  // A bug in a native tool must not end the run.
  const message = error instanceof Error ? error.message : String(error);
  return {status: 'failed', failure: {name: failureTypes.unexpected, message: `The tool failed: ${message}`}};
}

function endsRun(error: unknown): boolean {
  return (
    isCancelled(error) ||
    error instanceof ContinueAsNew ||
    error instanceof DeterminismViolationError ||
    error instanceof ApplicationFailure
  );
}

function missingNativeTool(tool: ToolOutline): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `This worker's workflow code has no ${toolActivityType(tool)}. Upgrade the worker.`,
    failureTypes.missingCapability,
  );
}

function rejected(message: string): ToolOutcome {
  return {status: 'failed', failure: {name: failureTypes.validation, message}};
}
