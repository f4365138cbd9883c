import type {Port} from './port.ts';
import {fromWire} from './wire-error.ts';
import type {WireReply, WireRequest} from './wire-messages.ts';

/** The end of a wire that asks. */
export class RemoteEnd {
  readonly #port: Port<WireRequest, WireReply>;
  readonly #onFailure: (error: Error) => void;
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #listeners = new Map<number, (events: readonly unknown[]) => void>();
  #lastId = 0;
  #end: Error | undefined;

  constructor(port: Port<WireRequest, WireReply>, onFailure: (error: Error) => void) {
    this.#port = port;
    this.#onFailure = onFailure;
    port.onMessage((reply) => this.#receive(reply));
    void port.ended.then((error) => {
      this.#end = error;
      this.#fail(error);
    });
  }

  /** Calls a method, or subscribes to it where a function is passed. */
  ask(method: string, values: readonly unknown[]): Promise<unknown> | (() => void) {
    const [listener] = values;
    this.#lastId += 1;
    if (typeof listener !== 'function') return this.#call(this.#lastId, method, values);
    return this.#subscribe(this.#lastId, method, (events) => Reflect.apply(listener, undefined, [events]));
  }

  #call(id: number, method: string, values: readonly unknown[]): Promise<unknown> {
    if (this.#end) return Promise.reject(this.#end);
    const call = Promise.withResolvers<unknown>();
    this.#calls.set(id, call);
    this.#port.post({type: 'call', id, method, values});
    return call.promise;
  }

  #subscribe(id: number, method: string, listener: (events: readonly unknown[]) => void): () => void {
    this.#listeners.set(id, listener);
    this.#port.post({type: 'subscribe', id, method});
    return () => {
      if (this.#listeners.delete(id)) this.#port.post({type: 'unsubscribe', id});
    };
  }

  #receive(reply: WireReply): void {
    if (reply.type === 'events') this.#take(reply.id, reply.events);
    else if (reply.type === 'failed') this.#fail(fromWire(reply.error));
    else this.#settle(reply);
  }

  #take(id: number, events: readonly unknown[]): void {
    this.#listeners.get(id)?.(events);
    // Keys that were typed meanwhile come first.
    setImmediate(() => this.#port.post({type: 'taken', id}));
  }

  #settle(reply: WireReply & {type: 'returned' | 'threw'}): void {
    const call = this.#calls.get(reply.id);
    this.#calls.delete(reply.id);
    if (reply.type === 'returned') call?.resolve(reply.value);
    else call?.reject(fromWire(reply.error));
  }

  #fail(error: Error): void {
    this.#onFailure(error);
    for (const call of this.#calls.values()) call.reject(error);
    this.#calls.clear();
  }
}
