import {tokenBytes, tokenFrom} from './token-bytes.ts';

/** Where the next page of a history begins. Clients treat it as opaque bytes. */
export interface PageToken {
  readonly runId: string;
  /** How many events come before the page. */
  readonly next: number;
  /** Set for pages of a workflow task: the last one ends with the task's own events, written or not. */
  readonly forTask?: boolean;
}

/** @returns the token as bytes */
export function encodePageToken(token: PageToken): Uint8Array {
  return tokenBytes(token);
}

/** @throws ServiceError where the bytes are not a token of this server */
export function decodePageToken(bytes: Uint8Array): PageToken {
  return tokenFrom(bytes, 'Invalid NextPageToken.');
}
