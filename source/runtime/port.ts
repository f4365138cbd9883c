import type {EventEmitter} from 'node:events';
import type {MessagePort, Worker} from 'node:worker_threads';

/** One end of what connects two threads or two processes: it carries plain data, in order. */
export interface Port<Sent, Received> {
  /** Goes nowhere once the other side is gone. */
  post(message: Sent): void;
  onMessage(listener: (message: Received) => void): void;
  /** Resolves with the reason, in one line, once the other side is gone. */
  readonly ended: Promise<Error>;
}

/**
 * A thread, as whoever started it has it.
 *
 * @param endWords the reason where it ends without an error
 */
export function portToThread<Sent, Received>(thread: Worker, endWords: string): Port<Sent, Received> {
  const ended = Promise.withResolvers<Error>();
  thread.once('error', ({message}) => ended.resolve(new Error(message.split('\n')[0])));
  thread.once('exit', () => ended.resolve(new Error(endWords)));
  return {
    post: (message) => thread.postMessage(message),
    onMessage: (listener) => thread.on('message', listener),
    ended: ended.promise,
  };
}

/** Whoever started this thread, as it has them. */
export function portToParent<Sent, Received>(parent: MessagePort): Port<Sent, Received> {
  const ended = Promise.withResolvers<Error>();
  parent.once('close', () => ended.resolve(new Error('The port was closed.')));
  return {
    post: (message) => parent.postMessage(message),
    onMessage: (listener) => parent.on('message', listener),
    ended: ended.promise,
  };
}

/** A child process with an ipc channel, or this process where it is one: both have the channel's end. */
interface WithChannel extends EventEmitter {
  readonly connected: boolean;
  send?: ((message: object, sent: () => void) => boolean) | undefined;
}

/**
 * The other end of a process's ipc channel.
 *
 * @param ended the reason for its end where somebody knows more than that the channel was closed
 */
export function portToProcess<Sent extends object, Received>(
  channel: WithChannel,
  ended?: Promise<Error>,
): Port<Sent, Received> {
  const closed = Promise.withResolvers<Error>();
  channel.once('disconnect', () => closed.resolve(new Error('The channel was closed.')));
  return {
    // A pipe that breaks in between is the channel's end, which is said in better words.
    post: (message) => void (channel.connected && channel.send?.(message, () => undefined)),
    onMessage: (listener) => channel.on('message', listener),
    ended: ended ?? closed.promise,
  };
}
