import {Context} from '@temporalio/activity';
import type {z} from 'zod';
import {maximumResultBytes} from '../workflows/protocol/limits.ts';
import type {CallOrigin} from '../workflows/protocol/tool-call.ts';
import {classifyToolError} from './classify-error.ts';
import type {Tool, ToolContext} from './define.ts';
import {ToolExecutionError, ToolValidationError} from './errors.ts';
import type {FirstRunOf} from './first-runs.ts';
import {whileHeartbeating} from './heartbeating.ts';
import {idempotencyKey} from './idempotency-key.ts';
import {RunningCalls} from './running-calls.ts';

/** What the worker gives to every tool. */
export interface ToolEnvironment {
  /** Absolute path. */
  sandbox: string;
  /** Milliseconds: 100 on a loopback server, 1000 elsewhere, where heartbeats are billed. */
  heartbeatInterval: number;
  /** Where the process is to know which calls run in it. */
  calls?: RunningCalls;
}

/** A tool that has something to run. */
export type RunnableTool = Tool & Required<Pick<Tool, 'run'>>;

/**
 * Wraps a tool as an activity: validates its input, heartbeats for it, hands it its context, classifies what it
 * throws and checks the size of what it returns.
 */
export function toolActivity(
  name: string,
  tool: RunnableTool,
  environment: ToolEnvironment,
  firstRunOf: FirstRunOf,
): (input: unknown, origin?: CallOrigin) => Promise<unknown> {
  const {calls = new RunningCalls()} = environment;
  return async (input, origin) => {
    const context = Context.current();
    const run = async () => {
      const parsed = await tool.input.safeParseAsync(input);
      if (!parsed.success) throw new ToolValidationError(problems(name, parsed.error));
      const firstRunId = await firstRunOf(context, origin);
      const given = toolContext(context, environment, firstRunId);
      return calls.run(context, () => tool.run(parsed.data, given));
    };
    try {
      return checkedResult(await whileHeartbeating(context, environment.heartbeatInterval, run));
    } catch (error) {
      const {sandbox} = environment;
      throw classifyToolError(error, {tool: name, sandbox, signal: context.cancellationSignal});
    }
  };
}

function toolContext(context: Context, {sandbox}: ToolEnvironment, firstRunId: string): ToolContext {
  const {activityId: callId, attempt, workflowExecution, workflowNamespace: namespace = ''} = context.info;
  const {workflowId = ''} = workflowExecution ?? {};
  return {
    signal: context.cancellationSignal,
    idempotencyKey: idempotencyKey({namespace, workflowId, firstRunId, callId}),
    callId,
    attempt,
    workflowId,
    sandbox,
    heartbeat: (details) => context.heartbeat(details),
  };
}

function problems(name: string, error: z.ZodError): string {
  const issues = error.issues.map(({path, message}) => `${path.join('.') || 'the input'}: ${message}`);
  return `${name} cannot take these arguments. ${issues.join('; ')}.`;
}

/** The result as JSON keeps it, whatever the tool made of it: a Buffer would else cross as bytes. */
function checkedResult(value: unknown): unknown {
  const text = jsonOf(value);
  if (text === undefined) return undefined;
  const bytes = Buffer.byteLength(text);
  if (bytes <= maximumResultBytes) return JSON.parse(text);
  throw new ToolExecutionError(
    `The result has ${bytes} bytes; at most ${maximumResultBytes} can be returned.`,
  );
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw new ToolExecutionError(`The result cannot be written as JSON: ${(error as Error).message}`);
  }
}
