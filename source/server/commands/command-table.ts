import type {Change} from '../run/change.ts';
import type {RunState} from '../run/run-state.ts';
import type {CommandAttributes, CommandName, Message, UserMetadata} from '../wire/proto.ts';

/** Why a workflow task's commands are refused; the whole task fails then. */
export interface Fault {
  /** A `WorkflowTaskFailedCause`. */
  readonly cause: number;
  readonly message: string;
  /** Set where trying again cannot help: the run is terminated. */
  readonly terminates?: boolean;
}

/** What is known while a task's commands are checked, before any of them is carried out. */
export interface CheckContext {
  readonly run: RunState;
  /** Ids taken: those pending in the run and those of the commands before. */
  readonly activityIds: Set<string>;
  readonly timerIds: Set<string>;
  readonly childIds: Set<string>;
  readonly messages: ReadonlyMap<string, Message>;
  pendingActivities: number;
}

/** What a command may use as it is carried out. */
export interface CommandContext {
  readonly change: Change;
  readonly completedEventId: number;
  readonly identity: string;
  readonly userMetadata: UserMetadata | null | undefined;
  readonly messages: Map<string, Message>;
  /** Activities that the worker offered to take at once. */
  readonly eagerActivities: number[];
}

/** How one kind of command is checked and carried out. Checks change nothing but the context. */
export interface CommandRow<Name extends CommandName> {
  check?(attributes: CommandAttributes<Name>, context: CheckContext): Fault | undefined;
  apply(attributes: CommandAttributes<Name>, context: CommandContext): void;
}

/** The commands that a file implements. */
export type CommandTable = {readonly [Name in CommandName]?: CommandRow<Name>};

/** The longest id that a real server takes, in bytes. */
const maximumIdLength = 1000;
/** The largest payload that a command may carry, in bytes. */
export const maximumPayloadSize = 2 * 1024 * 1024;

/** @returns whether an id is too long for a real server */
export function isTooLong(id: string | null | undefined): boolean {
  return Buffer.byteLength(id ?? '') > maximumIdLength;
}
