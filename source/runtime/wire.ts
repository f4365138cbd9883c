import type {Port} from './port.ts';
import {createPortions, type Portions} from './portions.ts';
import {RemoteEnd} from './remote-end.ts';
import {toWire} from './wire-error.ts';
import type {WireReply, WireRequest} from './wire-messages.ts';

// One typed wire: what one thread or process implements, another one calls as if it were its own. An interface is all
// that both sides need to have in common.

/** A method that tells what happens until the function that it returns is called. */
export type Stream<Event> = (listener: (event: Event) => void) => () => void;

/** What a stream tells. */
type EventOf<Method> = Method extends Stream<infer Event> ? Event : never;

/**
 * An interface as its remote end has it: calls stay as they are and reject with the error of the other side; streams
 * bring their events in portions. What is neither can not be called.
 */
export type Remote<Api> = {
  readonly [Name in keyof Api]: Api[Name] extends Stream<infer Event>
    ? Stream<readonly Event[]>
    : Api[Name] extends (...values: never[]) => Promise<unknown>
      ? Api[Name]
      : never;
};

/** What an event of a stream counts for in a portion; 1 where nothing is said. */
export type Sizes<Api> = {readonly [Name in keyof Api]?: (event: EventOf<Api[Name]>) => number};

/** The end that answers. */
export interface Serving {
  /** Rejects whatever the other side waits for. */
  fail(error: unknown): void;
}

/**
 * Answers, on a port, calls of an interface's methods and passes its streams on. The next portion of a stream follows once
 * the last has been taken.
 *
 * @param api methods as own properties; calls wait for it where it is still being made
 */
export function serve<Api extends object>(
  api: Api | Promise<Api>,
  port: Port<WireReply, WireRequest>,
  sizes: Sizes<Api> = {},
): Serving {
  const streams = new Map<number, OpenStream>();
  const answer = async (id: number, method: string, values: readonly unknown[]) => {
    try {
      port.post({type: 'returned', id, value: await invoke(await api, method, values)});
    } catch (error) {
      port.post({type: 'threw', id, error: toWire(error)});
    }
  };
  const fail = (error: unknown) => port.post({type: 'failed', error: toWire(error)});
  const subscribe = (id: number, method: string) => {
    const send = (events: unknown[]) => port.post({type: 'events', id, events});
    streams.set(id, openStream(api, method, createPortions(send, sizeOf(sizes, method)), fail));
  };
  const unsubscribe = (id: number) => {
    streams.get(id)?.close();
    streams.delete(id);
  };
  port.onMessage((request) => {
    if (request.type === 'call') void answer(request.id, request.method, request.values);
    else if (request.type === 'subscribe') subscribe(request.id, request.method);
    else if (request.type === 'taken') streams.get(request.id)?.taken();
    else unsubscribe(request.id);
  });
  void port.ended.then(() => {
    for (const id of streams.keys()) unsubscribe(id);
  });
  return {fail};
}

/** A stream that the other side listens to. */
interface OpenStream extends Pick<Portions<unknown>, 'taken'> {
  close(): void;
}

function openStream(
  api: object | Promise<object>,
  method: string,
  {add, taken}: Portions<unknown>,
  fail: (error: unknown) => void,
): OpenStream {
  let isOpen = true;
  let stop: unknown;
  const close = () => {
    isOpen = false;
    if (typeof stop === 'function') stop();
  };
  const open = async () => {
    stop = await invoke(await api, method, [(event: unknown) => isOpen && add(event)]);
    if (!isOpen) close();
  };
  open().catch(fail);
  return {taken, close};
}

async function invoke(api: object, method: string, values: readonly unknown[]): Promise<unknown> {
  const implementation: unknown = Object.hasOwn(api, method) && Reflect.get(api, method);
  if (typeof implementation !== 'function') throw new Error(`There is no method ${method}.`);
  return Reflect.apply(implementation, api, values);
}

function sizeOf(sizes: object, method: string): ((event: unknown) => number) | undefined {
  const size: unknown = Reflect.get(sizes, method);
  return typeof size === 'function' ? (event) => Number(Reflect.apply(size, undefined, [event])) : undefined;
}

/**
 * The remote end of an interface that the other side of a port serves.
 *
 * @param onFailure told when the other side has failed or is gone, before whatever is open gets rejected with the same
 * error; calls after its end are rejected as well
 */
export function remote<Api extends object>(
  port: Port<WireRequest, WireReply>,
  onFailure: (error: Error) => void = () => {},
): Remote<Api> {
  const end = new RemoteEnd(port, onFailure);
  const get = (_target: object, name: string | symbol) =>
    // Who awaits it must not take it for a promise.
    typeof name === 'string' && name !== 'then' ? (...values: unknown[]) => end.ask(name, values) : undefined;
  // The one cast of the wire: that the other side serves this interface is what `serve` checks.
  return new Proxy({}, {get}) as Remote<Api>;
}
