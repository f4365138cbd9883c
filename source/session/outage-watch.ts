import {setTimeout as delay} from 'node:timers/promises';
import type {Connection} from '@temporalio/client';
import type {SessionUpdate} from './session.ts';

/** Milliseconds that the server has to answer a ping, and between two of them. */
const patience = 1000;
const interval = 300;

/**
 * Finds out how long a server is away. Calls are tried again for long before they fail, so the first refusal is
 * already worth a ping; until then nothing is asked, and nothing after the server answers again.
 */
export class OutageWatch {
  readonly #connection: Connection;
  readonly #address: string;
  readonly #signal: AbortSignal;
  readonly #report: (update: SessionUpdate & {type: 'connection'}) => void;
  #isWatching = false;

  constructor(
    connection: Connection,
    address: string,
    signal: AbortSignal,
    report: (update: SessionUpdate & {type: 'connection'}) => void,
  ) {
    this.#connection = connection;
    this.#address = address;
    this.#signal = signal;
    this.#report = report;
  }

  /** A call could not reach the server. */
  async noticed(): Promise<void> {
    if (this.#isWatching || this.#signal.aborted) return;
    this.#isWatching = true;
    if (!(await this.#answers())) await this.#last();
    this.#isWatching = false;
  }

  async #last(): Promise<void> {
    if (this.#signal.aborted) return;
    const message = `No answer from ${this.#address}; trying again`;
    this.#report({type: 'connection', state: 'lost', message});
    do await delay(interval, undefined, {signal: this.#signal}).catch(() => undefined);
    while (!this.#signal.aborted && !(await this.#answers()));
    if (this.#signal.aborted) return;
    this.#report({type: 'connection', state: 'restored', message: 'The server answers again.'});
  }

  async #answers(): Promise<boolean> {
    const ping = () => this.#connection.workflowService.getSystemInfo({});
    const answer = this.#connection.withDeadline(Date.now() + patience, ping);
    return answer.then(
      () => true,
      () => false,
    );
  }
}
