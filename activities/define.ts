import type {z} from 'zod';
import type {ActivityPolicy} from '../workflows/protocol/manifest.ts';
import {isReservedName} from '../workflows/protocol/program-text.ts';

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
  readonly activity?: ActivityPolicy;
  /** Absent for a tool that is implemented inside the workflow. */
  run?(input: z.infer<Input>, context: ToolContext): Promise<unknown>;
}

/** Tools that belong together and are added to an agent together. */
export interface Capability {
  readonly name: string;
  readonly tools: Readonly<Record<string, Tool>>;
}

const identifier = /^[a-z][a-z0-9_]{0,47}$/;

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
 * @throws TypeError where a name is not lower-case letters, digits and underscores, or where a tool has the name of a word
 * or a built-in of the programs that call tools by their names
 */
export function defineCapability<Definition extends Capability>(definition: Definition): Definition {
  for (const name of [definition.name, ...Object.keys(definition.tools)]) {
    if (!identifier.test(name)) {
      throw new TypeError(
        `"${name}" cannot be a name: use lower-case letters, digits and underscores, starting with a letter, at most 48.`,
      );
    }
  }
  for (const name of Object.keys(definition.tools)) checkToolName(definition.name, name);
  return definition;
}

function checkToolName(capability: string, name: string): void {
  if (!isReservedName(name)) return;
  throw new TypeError(
    `${capability}.${name}: a tool cannot be named "${name}", which means something else in programs. Rename it, e.g. to ${capability}_${name}.`,
  );
}
