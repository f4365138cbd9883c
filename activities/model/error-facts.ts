import {StreamedError} from './streamed-error.ts';
import {recordOf} from './wire-values.ts';

/** What is known of an error, whichever SDK threw it. */
export interface ErrorFacts {
  kind: 'answer' | 'timeout' | 'connection' | 'unreadable';
  /** HTTP status, or the number that stands for one in an error inside a stream. */
  status?: number;
  /** The error came where an answer should have been: the request itself had been taken. */
  streamed: boolean;
  /** The provider's own words for it, such as `insufficient_quota` or `overloaded_error`. */
  codes: readonly string[];
  /** The provider's message; may hold anything. */
  message: string;
  /** The body is a web page: something other than the provider answered. */
  html: boolean;
  /** Milliseconds that the provider asks us to wait. */
  retryAfter?: number;
  /** What the provider says about another attempt, over its own status (`x-should-retry`). */
  shouldRetry?: boolean;
  /** Of a failed connection, e.g. `ECONNREFUSED` or `CERT_HAS_EXPIRED`. */
  systemCode?: string;
}

/** At most this is waited for a provider; more and the step fails sooner by its own retry policy. */
const longestRetryAfter = 10 * 60_000;

/**
 * Reads an error of either SDK, which look alike: `status`, `headers` and the parsed body in `error`. Their classes
 * are told by name, so that neither SDK is loaded for the other's errors.
 *
 * @param now milliseconds since the epoch, for a retry-after that is a date
 */
export function readError(error: unknown, now: number): ErrorFacts {
  const fields = recordOf(error);
  const message = typeof fields.message === 'string' ? fields.message : '';
  const base = {
    codes: codesOf(fields),
    message: providerMessage(fields) ?? message,
    html: isHtml(fields, message),
    streamed: error instanceof StreamedError,
  };
  if (hasClass(error, 'APIConnectionTimeoutError')) return {...base, kind: 'timeout'};
  if (isAnswer(fields)) return {...base, kind: 'answer', ...statusOf(fields), ...headerFacts(fields, now)};
  const systemCode = systemCodeOf(error);
  if (hasClass(error, 'APIConnectionError') || systemCode || /^(terminated|fetch failed)$/.test(message)) {
    return {...base, kind: 'connection', ...(systemCode && {systemCode})};
  }
  return {...base, kind: 'unreadable'};
}

function isAnswer(fields: Record<string, unknown>): boolean {
  return typeof fields.status === 'number' || (typeof fields.error === 'object' && fields.error !== null);
}

/** Inside a stream there is no status; servers put the number where others have the name of the error. */
function statusOf(fields: Record<string, unknown>): {status?: number} {
  if (typeof fields.status === 'number') return {status: fields.status};
  const {code, status, status_code, type} = bodyOf(fields);
  const numbers = [code, status, status_code, type].map(Number);
  const found = numbers.find((number) => Number.isInteger(number) && number >= 400 && number < 600);
  return found === undefined ? {} : {status: found};
}

/** OpenAI's SDK keeps the inner error object as `error`, Anthropic's the whole body with another `error` in it. */
function bodyOf(fields: Record<string, unknown>): Record<string, unknown> {
  const body = recordOf(fields.error);
  return 'error' in body ? recordOf(body.error) : body;
}

function codesOf(fields: Record<string, unknown>): string[] {
  const body = bodyOf(fields);
  const {code, type, status, details} = body;
  const values = [code, type, status, recordOf(details).error_code, fields.code, fields.type];
  return values.filter((value) => typeof value === 'string');
}

function providerMessage(fields: Record<string, unknown>): string | undefined {
  const {message} = bodyOf(fields);
  if (typeof message === 'string') return message;
  return typeof fields.error === 'string' ? fields.error : undefined;
}

function isHtml(fields: Record<string, unknown>, message: string): boolean {
  const type = fields.headers instanceof Headers ? fields.headers.get('content-type') : null;
  return /text\/html/i.test(type ?? '') || /<!doctype html|<html/i.test(message);
}

function headerFacts(
  fields: Record<string, unknown>,
  now: number,
): {retryAfter?: number; shouldRetry?: boolean} {
  const said = fields.headers instanceof Headers ? fields.headers.get('x-should-retry') : null;
  const known = said === 'true' || said === 'false';
  return {...retryAfterOf(fields, now), ...(known && {shouldRetry: said === 'true'})};
}

/** RFC 9110 section 10.2.3: seconds or a date; `retry-after-ms` is OpenAI's own. */
function retryAfterOf(fields: Record<string, unknown>, now: number): {retryAfter?: number} {
  if (!(fields.headers instanceof Headers)) return {};
  const milliseconds = fields.headers.get('retry-after-ms');
  const value = fields.headers.get('retry-after');
  const wait =
    Number(milliseconds ?? Number.NaN) || Number(value ?? Number.NaN) * 1000 || Date.parse(value ?? '') - now;
  return wait > 0 ? {retryAfter: Math.min(Math.ceil(wait), longestRetryAfter)} : {};
}

/** The innermost one says most: `UND_ERR_SOCKET` may stand around it. */
function systemCodeOf(error: unknown): string | undefined {
  let found: string | undefined;
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const {code} = cause as {code?: unknown};
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) found = code;
  }
  return found;
}

function hasClass(error: unknown, name: string): boolean {
  for (let type = error?.constructor; type; type = Object.getPrototypeOf(type)) {
    if (type.name === name) return true;
  }
  return false;
}
