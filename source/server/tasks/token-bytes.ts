import {invalidArgument} from '../wire/service-error.ts';

/** @returns a token as the bytes that clients and workers hand back unread */
export function tokenBytes(token: object): Uint8Array {
  return Buffer.from(JSON.stringify(token));
}

/**
 * @param refusal what is wrong where the bytes are not a token of this server, in a real server's words
 * @throws ServiceError with the refusal
 */
export function tokenFrom<Token>(bytes: Uint8Array, refusal: string): Token {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Token;
  } catch {
    throw invalidArgument(refusal);
  }
}
