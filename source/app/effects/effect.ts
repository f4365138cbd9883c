import type {Connect, ConnectRefused} from '../../runtime/connection.ts';
import type {Command, Message} from '../state/message.ts';
import type {ConnectionHolder} from './connection-holder.ts';
import type {PromptHistory} from './prompt-history.ts';

/** What the effects need from outside. */
export interface Outside {
  readonly connect: Connect;
  readonly history: PromptHistory;
  /** Folder where tools write. */
  readonly sandbox: string;
  /** The paths of its files, sorted; `/sandbox` shows them. */
  readonly listSandbox: () => Promise<readonly string[]>;
  readonly dispatch: (message: Message) => void;
  /** Writes to the terminal beside what is drawn. */
  readonly write: (text: string) => void;
  readonly redraw: () => void;
  readonly quit: (code: number) => void;
  /** Told where starting cannot work out: the app ends with this error. */
  readonly fail: (error: ConnectRefused) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What an effect works with. */
export interface EffectContext extends Outside {
  readonly connection: ConnectionHolder;
}

/** The commands of one type. */
export type CommandOf<Type extends Command['type']> = Extract<Command, {type: Type}>;

/** Does what a command of one type asks for. Where it rejects, its message is told to the person. */
export type Effect<Type extends Command['type']> = (
  command: CommandOf<Type>,
  context: EffectContext,
) => Promise<void>;

/** What went wrong, in one line. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
