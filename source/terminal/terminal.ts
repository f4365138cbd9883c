/** What a command sees of the process that it runs in. */
export interface Terminal {
  environment: NodeJS.ProcessEnv;
  out(text: string): void;
  error(text: string): void;
  /**
   * Waits for what was written to get out.
   *
   * @returns true where some of it could not, which has been said then; a reader that has gone does not count
   */
  outputIsLost(): Promise<boolean>;
  /** What the worker's process writes; shown with `--debug`. */
  log(text: string): void;
  /** Whether a person watches standard output. */
  isInteractive: boolean;
  /** Whether colours suit it, unless `--color` says otherwise. */
  color: boolean;
  readInput(): Promise<string>;
  /** Whether standard input is a terminal. */
  inputIsTerminal: boolean;
  /**
   * What the first Ctrl+C or SIGTERM does.
   *
   * @param leaving.patience milliseconds from SIGTERM until the command leaves at once; the terminal's own where absent
   * @param leaving.words what is said where it leaves at once; `interrupted` where absent
   */
  onFirstInterrupt(react: () => void, leaving?: {patience?: number; words?: string}): void;
  /** Rejects with an `Interrupted` on the second Ctrl+C, or some time after SIGTERM. */
  secondInterrupt: Promise<never>;
  /**
   * Loads what others wrote, such as an agent's module, which may never return: until it has, a signal ends the process
   * as the system does it, since nobody here would hear it.
   */
  whileLoading<T>(load: () => Promise<T>): Promise<T>;
  /** 130 or 143 once a signal has come. */
  exitCodeOfSignal(): number | undefined;
}

/** Somebody wants to leave at once; the message is one line for people. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}
