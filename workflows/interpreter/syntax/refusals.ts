import {Refused} from '../failure.ts';

/** Why a program is refused before it runs, and what to write instead. */
export interface Refusal {
  /** Where it isn't syntax that the language leaves out. */
  kind?: 'ReferenceError';
  message: string;
  hint: string;
}

/** How many more are named beside the first one. */
const mostOthers = 8;

/** What is wrong with a program, each message once with the place where it was met first. */
export class Refusals {
  readonly #found = new Map<string, {refusal: Refusal; start: number}>();

  add(refusal: Refusal, start: number): void {
    const known = this.#found.get(refusal.message);
    if (!known || start < known.start) this.#found.set(refusal.message, {refusal, start});
  }

  /**
   * Refuses the program where anything was found: all of it at once, so that a model can repair it in one step.
   *
   * @throws Refused at the place of the first one
   */
  check(lineOf: (offset: number) => number): void {
    const [first, ...others] = [...this.#found.values()].sort((left, right) => left.start - right.start);
    if (!first) return;
    const also = others
      .slice(0, mostOthers)
      .map(({refusal, start}) => `Also line ${lineOf(start)}: ${refusal.message}. ${refusal.hint}`);
    const left = others.length - also.length;
    const more = left > 0 ? [`And ${left} more.`] : [];
    const {kind = 'UnsupportedSyntax', message, hint} = first.refusal;
    throw new Refused(kind, message, first.start, [hint, ...also, ...more].join(' '));
  }
}
