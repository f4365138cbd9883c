import type {ProgramBudgets, SharedSteps} from './program.ts';
import {JoinedTexts} from './runtime/joined-texts.ts';
import {BudgetExceeded} from './runtime/signals.ts';

// A global looked up in Temporal's sandbox costs 250 ns, a constant of the module 4 ns.
const {floor, max, min} = Math;

/** What a program may use where the manifest says nothing else. */
export const defaultBudgets: ProgramBudgets = {
  steps: 10_000_000,
  stepsBetweenYields: 5_000_000,
  calls: 1_000,
  sleeps: 1_000,
  concurrency: 16,
  recursion: 500,
  syntaxDepth: 200,
  source: 200_000,
  stringLength: 4_000_000,
  arrayLength: 1_000_000,
  output: 16_000,
  result: 1_000_000,
};

// A step pays for 200 ns of work or for 25 bytes that a program may hold on to, whichever is dearer: so the default of
// 10 million steps fits into two seconds and into 300 MB.
// Characters and elements that a built-in may handle for one step, and nodes of straight-line code a step pays for.
const charactersPerStep = 12;
const elementsPerStep = 2;
const concatenatedPerStep = 128;
// Up to here a text that is joined pays for all of itself at once, and as for one in one piece.
const shortJoin = 4096;
const nodesPerStep = 8;
// An object with a table of its own takes about 240 bytes.
const stepsPerObject = 10;
const levelsThrownPerStep = 4;
// Levels of nested syntax and calls that fit the host's stack many times over.
const stackLevels = 4_000;
const levelsOfData = 6;

/** Counts what a program uses. Only counts: nothing here looks at a clock. */
export class Meter {
  readonly budgets: ProgramBudgets;
  steps = 0;
  /** Beyond this the program should yield at the next place where it can. */
  yieldAt = 0;
  /** Levels of calls and of syntax in use; see `stackCost`. */
  levels = 0;
  calls = 0;
  #stopAt = 0;
  readonly #shared: SharedSteps | undefined;
  readonly #joined = new JoinedTexts();
  #reported = 0;

  constructor(budgets: ProgramBudgets, shared?: SharedSteps) {
    this.budgets = budgets;
    this.#shared = shared;
    this.rested();
  }

  /** Other programs have taken so many steps that this one has to give way before it goes on. */
  get isCrowded(): boolean {
    return this.#sinceYield() >= this.budgets.stepsBetweenYields;
  }

  /** @throws BudgetExceeded when the steps are used up, or none of them could yield for too long */
  charge(steps: number): void {
    this.steps += steps;
    if (this.steps > this.#stopAt) this.#exhausted();
  }

  /** Pays for a built-in that makes or reads a text. */
  chargeText(characters: number): void {
    if (characters > this.budgets.stringLength) {
      throw new BudgetExceeded(
        `budget stringLength: a text of ${characters} characters is over the limit of ${this.budgets.stringLength}`,
      );
    }
    this.charge(floor(characters / charactersPerStep));
  }

  /**
   * Pays for joining texts. The host keeps a long one as its parts until it is read, so only what is appended counts here:
   * a text that grows piece by piece costs what it ends with. `chargeReading` pays for the rest.
   *
   * @param longest characters of the longest part
   */
  chargeJoin(characters: number, longest: number): void {
    if (characters > this.budgets.stringLength) this.chargeText(characters);
    if (characters <= shortJoin) {
      this.charge(floor(characters / charactersPerStep));
      return;
    }
    this.charge(1 + floor((characters - longest) / concatenatedPerStep));
    this.#joined.add(characters);
  }

  /** Pays for putting a text in one piece, where it is read for the first time since it was joined. */
  chargeReading(text: string): void {
    if (text.length > shortJoin && this.#joined.take(text.length)) this.chargeText(text.length);
  }

  /** Pays for a built-in that makes or reads that many elements or entries. */
  chargeElements(count: number): void {
    this.charge(floor(count / elementsPerStep) + 1);
  }

  /** Pays for making an object, and for what is put into it at once. */
  chargeObject(content = 0): void {
    this.charge(stepsPerObject + content);
  }

  /** Pays for an exception, which the host takes down from level to level. */
  chargeThrow(): void {
    this.charge(floor(this.levels / levelsThrownPerStep));
  }

  /** @throws BudgetExceeded when a collection would hold more than `arrayLength` */
  checkLength(length: number): void {
    if (length > this.budgets.arrayLength) {
      throw new BudgetExceeded(
        `budget arrayLength: ${length} elements are over the limit of ${this.budgets.arrayLength}`,
      );
    }
  }

  /** The program waited: from here it may run on for as long as at its start, less what others have taken. */
  rested(): void {
    const {steps, stepsBetweenYields} = this.budgets;
    this.yieldAt = this.steps + max(stepsBetweenYields - this.#sinceYield(), 0);
    const left = this.#shared?.left() ?? steps;
    this.#stopAt = min(steps, this.yieldAt + stepsBetweenYields, this.steps + max(left, 0));
  }

  /** Tells the programs that it shares its steps with what it has taken. */
  report(): void {
    this.#shared?.add(this.steps - this.#reported);
    this.#reported = this.steps;
  }

  #sinceYield(): number {
    return this.#shared?.sinceYield() ?? 0;
  }

  /** Goes down into a guest function. The caller takes the levels off again when it returns. */
  enter(levels: number): void {
    this.calls += 1;
    this.levels += levels;
    if (this.calls > this.budgets.recursion || this.levels > stackLevels) this.#tooDeep();
  }

  /** Goes down one level of data, where code of the program may run below it. */
  descend(): void {
    this.levels += levelsOfData;
    if (this.levels > stackLevels) this.#tooDeep();
  }

  ascend(): void {
    this.levels -= levelsOfData;
  }

  leave(levels: number): void {
    this.calls -= 1;
    this.levels -= levels;
  }

  #tooDeep(): never {
    throw new BudgetExceeded(
      `budget recursion: calls are nested deeper than ${min(this.budgets.recursion, this.calls - 1)}`,
      'Is an end condition missing? Else use a loop instead of recursion.',
    );
  }

  #exhausted(): never {
    if (this.steps > this.budgets.steps) {
      throw new BudgetExceeded(
        `budget steps: the program took more than ${this.budgets.steps} steps`,
        'Is there an endless loop? Else handle less data in one program.',
      );
    }
    if (this.#shared && this.#shared.left() < this.steps - this.#reported) {
      throw new BudgetExceeded('budget programSteps: the programs of this run have used up their steps');
    }
    throw new BudgetExceeded(
      `budget stepsBetweenYields: more than ${2 * this.budgets.stepsBetweenYields} steps in functions that never wait`,
    );
  }
}

/** Steps that straight-line code of that many syntax nodes takes. */
export function stepsOf(nodes: number): number {
  return 1 + floor(nodes / nodesPerStep);
}
