import type {CommandName, CommandRows} from './commands.ts';
import type {FlagValues} from './flag-values.ts';

/** What the command line asks for, checked word by word but not yet for sense. */
export interface Invocation<Name extends CommandName = CommandName> {
  command: Name;
  operands: OperandsOf<Name>;
  /** All of them, since what surrounds the command reads some as well. */
  flags: FlagValues;
}

/** The flags that a command takes. */
export type FlagsOf<Name extends CommandName> = Pick<FlagValues, CommandRows[Name]['flags'][number]>;

/** As many operands as a command takes. */
export type OperandsOf<Name extends CommandName> = Operands<CommandRows[Name]['takes']>;

type Operands<Takes> = Takes extends {most: 0}
  ? readonly []
  : Takes extends {least: 0; most: 1}
    ? readonly [string?]
    : Takes extends {least: 1; most: 1}
      ? readonly [string]
      : Takes extends {least: 1}
        ? readonly [string, ...string[]]
        : readonly string[];
