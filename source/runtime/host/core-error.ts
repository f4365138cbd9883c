import {firstLine} from '../../../workflows/protocol/first-line.ts';
import type {ServerConnection} from '../../backend/connection.ts';
import {forbiddenWords, noAnswerWords, noNamespaceWords} from '../../backend/refusal.ts';

/** Core tells a gRPC status in Rust's debug form. */
const debugForm = /\bStatus \{ code: (\w+), message: "((?:[^"\\]|\\.)*)"/;

/**
 * What a failure of a worker says, in one line for people: core's own words carry `Status {…}` with bytes in it.
 *
 * @param error what the SDK's worker was made or ended with
 */
export function coreErrorWords(error: unknown, server: ServerConnection): string {
  const message = error instanceof Error ? error.message : String(error);
  const [whole, code, quoted = ''] = debugForm.exec(message) ?? [];
  if (code === undefined) return firstLine(message);
  const details = quoted.replace(/\\(?:n|r|t)/g, ' ').replace(/\\(.)/g, '$1');
  if (code === 'NotFound' && /namespace/i.test(details)) return noNamespaceWords(server);
  if (code === 'PermissionDenied' || code === 'Unauthenticated') return forbiddenWords(server, details);
  if (code === 'Unavailable' || code === 'DeadlineExceeded') return noAnswerWords(server);
  return details || message.slice(0, message.indexOf(whole as string)).replace(/[:\s]+$/, '');
}
