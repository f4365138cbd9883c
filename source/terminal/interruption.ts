import {Interrupted, type Terminal} from './terminal.ts';

const exitCodes = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGPIPE: 141} as const;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Signal = keyof typeof exitCodes;

/** What signals mean for a command: the first one lets it end in peace where it can, the second one ends it. */
export class Interruption {
  readonly #second = Promise.withResolvers<never>();
  readonly #patience: number;
  #first: Signal | undefined;
  #reaction: {react: () => void; patience: number; words?: string} | undefined;

  /** @param patience milliseconds that a command has to end after SIGTERM where it does not say */
  constructor(patience: number) {
    this.#patience = patience;
    this.#second.promise.catch(() => undefined);
  }

  /** Rejects with `Interrupted`. */
  get second(): Promise<never> {
    return this.#second.promise;
  }

  get exitCode(): number | undefined {
    return this.#first && exitCodes[this.#first];
  }

  listen(): void {
    for (const signal of signals) process.on(signal, this.#interrupt);
  }

  /** Without a listener a signal keeps its own effect. */
  ignore(): void {
    for (const signal of signals) process.off(signal, this.#interrupt);
  }

  /** What the command does to end in peace. */
  onFirst(...[react, leaving]: Parameters<Terminal['onFirstInterrupt']>): void {
    this.#reaction = {react, patience: this.#patience, ...leaving};
  }

  /** Whoever read our output has gone. */
  readerHasGone(): void {
    this.#first ??= 'SIGPIPE';
    this.#leave();
  }

  readonly #interrupt = (signal: Signal): void => {
    if (this.#first !== undefined || !this.#reaction) {
      this.#first ??= signal;
      this.#leave();
      return;
    }
    this.#first = signal;
    this.#reaction.react();
    if (signal !== 'SIGINT') setTimeout(() => this.#leave(), this.#reaction.patience).unref();
  };

  #leave(): void {
    this.#second.reject(new Interrupted(this.#reaction?.words ?? 'interrupted'));
  }
}
