import {tokenBytes, tokenFrom} from './token-bytes.ts';

/** What a worker hands back to say which task it means. Workers treat it as opaque bytes. */
export interface TaskToken {
  readonly namespace: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly scheduledEventId: number;
  readonly attempt: number;
  /** Set for tasks that carry nothing but a query. */
  readonly queryId?: string;
  /** When the task was handed out: two tasks may share everything else. */
  readonly startedAt: number;
}

/** @returns the token as bytes */
export function encodeToken(token: TaskToken): Uint8Array {
  return tokenBytes(token);
}

/** @throws ServiceError where the bytes are not a token of this server */
export function decodeToken(bytes: Uint8Array): TaskToken {
  return tokenFrom(bytes, 'Error deserializing task token.');
}
