import {missingReports, patience} from '../deadlines.ts';
import type {GuardReport} from './lifeline.ts';

/** What a person should know of a host process that goes on. */
export interface Trouble {
  /** `held`: nothing runs in it; `goes on`: it does again; `stray`: a tool did something that is nobody's call. */
  kind: 'held' | 'goes on' | 'stray';
  /** One line. */
  words: string;
}

/** Tells, by what its guard reports, when nothing runs in a host any more, and when it does again. */
export class HostWatch {
  readonly #name: string;
  readonly #tell: (trouble: Trouble) => void;
  #silence = 0;
  #told = false;

  /** @param name of the process, for people */
  constructor(name: string, tell: (trouble: Trouble) => void) {
    this.#name = name;
    this.#tell = tell;
  }

  /** The guard has reported. */
  reported({heldFor, calls}: GuardReport): void {
    this.#silence = 0;
    if (heldFor >= (calls.length > 0 ? patience.heldLoop : patience.loading))
      this.#held(`${this.#name} is held by ${holder(calls)}: nothing else runs in it.`);
    else if (this.#told) this.#goesOn();
  }

  /** Another report is due. Counted, since this process may have been stopped as well. */
  isDue(): void {
    this.#silence += 1;
    if (this.#silence >= missingReports) this.#held(`${this.#name} does not answer: has it been stopped?`);
  }

  #held(words: string): void {
    if (!this.#told) this.#tell({kind: 'held', words});
    this.#told = true;
  }

  #goesOn(): void {
    this.#told = false;
    this.#tell({kind: 'goes on', words: `${this.#name} goes on.`});
  }
}

function holder(calls: readonly string[]): string {
  if (calls.length === 0) return 'what it loads';
  const names = [...new Set(calls)].slice(0, 3).join(' or ');
  return `${names}, which never waits`;
}
