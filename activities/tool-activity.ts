import {ApplicationFailure, Context} from '@temporalio/activity';
import type {z} from 'zod';
import {failureTypes} from '../workflows/protocol/failures.ts';
import {encodedBytes, maximumResultBytes} from '../workflows/protocol/limits.ts';
import {classifyToolError, withoutStack} from './classify-error.ts';
import type {Tool, ToolContext} from './define.ts';
import {ToolExecutionError} from './errors.ts';
import {whileHeartbeating} from './heartbeating.ts';

/** What the worker gives to every tool. */
export interface ToolEnvironment {
  /** Absolute path. */
  sandbox: string;
  /** Milliseconds: 100 on a loopback server, 1000 elsewhere, where heartbeats are billed. */
  heartbeatInterval: number;
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
): (input: unknown) => Promise<unknown> {
  return async (input) => {
    const context = Context.current();
    const parsed = tool.input.safeParse(input);
    if (!parsed.success) throw validationFailure(name, parsed.error);
    const run = async () => tool.run(parsed.data, toolContext(context, environment));
    try {
      return checkedResult(await whileHeartbeating(context, environment.heartbeatInterval, run));
    } catch (error) {
      throw classifyToolError(error, name, environment.sandbox);
    }
  };
}

function toolContext(context: Context, {sandbox}: ToolEnvironment): ToolContext {
  const {activityId, attempt, workflowExecution} = context.info;
  return {
    signal: context.cancellationSignal,
    callId: activityId,
    attempt,
    workflowId: workflowExecution?.workflowId ?? '',
    sandbox,
    heartbeat: (details) => context.heartbeat(details),
  };
}

function validationFailure(name: string, error: z.ZodError): ApplicationFailure {
  const issues = error.issues.map(({path, message}) => `${path.join('.') || 'the input'}: ${message}`);
  const message = `${name} cannot take these arguments. ${issues.join('; ')}.`;
  return withoutStack(ApplicationFailure.nonRetryable(message, failureTypes.validation));
}

function checkedResult(value: unknown): unknown {
  const bytes = encodedBytes(value);
  if (bytes <= maximumResultBytes) return value;
  throw new ToolExecutionError(
    `The result has ${bytes} bytes; at most ${maximumResultBytes} can be returned.`,
  );
}
