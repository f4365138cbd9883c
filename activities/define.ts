import type {z} from 'zod';
import type {ActivitySettings} from './activity-settings.ts';
import {checkCapability} from './check-capability.ts';

/** What a tool gets besides its input. */
export interface ToolContext {
  /** Aborted when the call is cancelled or its worker shuts down. */
  readonly signal: AbortSignal;
  /**
   * 32 hexadecimal digits: the same for all attempts of this call, also after continue-as-new and reset, and never the
   * same for two calls. Give it to whatever must not happen twice.
   */
  readonly idempotencyKey: string;
  /** Where the call stands in its workflow, e.g. `t1.c2`. Other runs and subagents have calls of the same id. */
  readonly callId: string;
  /** From 1. */
  readonly attempt: number;
  readonly workflowId: string;
  /** Absolute path of the folder that the tool may write to; use it through `sandboxPath`. */
  readonly sandbox: string;
  /** Records details that the next attempt and the server's describe can see. Liveness is heartbeat without it. */
  heartbeat(details: unknown): void;
}

/** A tool: what the model is told, what its input must be, and what it does. */
export interface Tool<Input extends z.ZodType = z.ZodType> {
  readonly description: string;
  readonly input: Input;
  /**
   * Timeouts and retries of its activity; an agent may override them. Where they are silent, an attempt has 60 s
   * (`startToCloseTimeout`) and 10 s between two signs of life (`heartbeatTimeout`), which are given for it as long as it
   * does not hold the event loop; there are 5 attempts, 1 s, 2 s, 4 s and so on apart, 30 s at most.
   */
  readonly activity?: ActivitySettings;
  /** Absent for a tool that is implemented inside the workflow. */
  run?(input: z.infer<Input>, context: ToolContext): Promise<unknown>;
}

/** Tools that belong together and are added to an agent together. */
export interface Capability {
  readonly name: string;
  readonly tools: Readonly<Record<string, Tool>>;
}

/**
 * Defines a tool that runs as an activity.
 *
 * `run` returns JSON (or nothing). It throws `ToolValidationError`, `ToolExecutionError` or `ToolRetryableError`;
 * anything else counts as unexpected and is retried a few times. It may run more than once:
 * `context.idempotencyKey` stays the same over attempts. A tool that ignores `context.signal` may go on writing after it was cancelled; until it
 * has ended, no other attempt of the same call starts in its process.
 *
 * All tools of a worker share one event loop: one that holds it for longer than `heartbeatTimeout` (10 s unless
 * `activity` says otherwise) is taken for lost, and its call fails with words that say so. Defaults of timeouts and
 * attempts: see `Tool.activity`.
 */
export function tool<Input extends z.ZodType>(definition: Tool<Input>): Tool {
  return definition as unknown as Tool;
}

/**
 * Defines a capability.
 *
 * @throws AgentDefinitionError where a name, a field or a schema of it cannot be; it names capability, tool and field
 */
export function defineCapability<Definition extends Capability>(definition: Definition): Definition {
  checkCapability(definition);
  return definition;
}
