import type {WireError} from './wire-error.ts';

/** What the remote end of a wire says; `id` is the call's or the stream's. */
export type WireRequest =
  | {type: 'call'; id: number; method: string; values: readonly unknown[]}
  | {type: 'subscribe'; id: number; method: string}
  /** The stream's last portion has been taken. */
  | {type: 'taken'; id: number}
  | {type: 'unsubscribe'; id: number};

/** What the serving end of a wire says. */
export type WireReply =
  | {type: 'returned'; id: number; value: unknown}
  | {type: 'threw'; id: number; error: WireError}
  | {type: 'events'; id: number; events: readonly unknown[]}
  /** Nothing that is open will be answered. */
  | {type: 'failed'; error: WireError};
