/** What is known of an error, whichever SDK threw it. */
export interface ErrorFacts {
  kind: 'answer' | 'timeout' | 'connection' | 'unreadable';
  /** HTTP status; absent where the connection failed or the error came inside a stream. */
  status?: number;
  /** The provider's own words for it, such as `insufficient_quota` or `overloaded_error`. */
  codes: readonly string[];
  /** The provider's message; may hold anything. */
  message: string;
  /** The body is a web page: something other than the provider answered. */
  html: boolean;
  /** Milliseconds that the provider asks us to wait. */
  retryAfter?: number;
  /** Of a failed connection, e.g. `ECONNREFUSED`. */
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
  };
  if (hasClass(error, 'APIConnectionTimeoutError')) return {...base, kind: 'timeout'};
  if (isAnswer(fields)) return {...base, kind: 'answer', ...statusOf(fields), ...retryAfterOf(fields, now)};
  const systemCode = systemCodeOf(error);
  if (hasClass(error, 'APIConnectionError') || systemCode || /^(terminated|fetch failed)$/.test(message)) {
    return {...base, kind: 'connection', ...(systemCode && {systemCode})};
  }
  return {...base, kind: 'unreadable'};
}

function isAnswer(fields: Record<string, unknown>): boolean {
  return typeof fields.status === 'number' || (typeof fields.error === 'object' && fields.error !== null);
}

function statusOf(fields: Record<string, unknown>): {status?: number} {
  return typeof fields.status === 'number' ? {status: fields.status} : {};
}

/** OpenAI's SDK keeps the inner error object as `error`, Anthropic's the whole body with another `error` in it. */
function bodyOf(fields: Record<string, unknown>): Record<string, unknown> {
  const body = recordOf(fields.error);
  return 'error' in body ? recordOf(body.error) : body;
}

function codesOf(fields: Record<string, unknown>): string[] {
  const body = bodyOf(fields);
  const values = [body.code, body.type, recordOf(body.details).error_code, fields.code, fields.type];
  return values.filter((value) => typeof value === 'string');
}

function providerMessage(fields: Record<string, unknown>): string | undefined {
  const {message} = bodyOf(fields);
  return typeof message === 'string' ? message : undefined;
}

function isHtml(fields: Record<string, unknown>, message: string): boolean {
  const type = fields.headers instanceof Headers ? fields.headers.get('content-type') : null;
  return /text\/html/i.test(type ?? '') || /<!doctype html|<html/i.test(message);
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

function systemCodeOf(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const {code} = cause as {code?: unknown};
    if (typeof code === 'string' && /^(E[A-Z]+|UND_ERR_[A-Z_]+|CERT_[A-Z_]+|[A-Z_]+_CERT[A-Z_]*)$/.test(code))
      return code;
  }
  return undefined;
}

function hasClass(error: unknown, name: string): boolean {
  for (let type = error?.constructor; type; type = Object.getPrototypeOf(type)) {
    if (type.name === name) return true;
  }
  return false;
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
