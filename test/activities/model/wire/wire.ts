import type {ModelKeys} from '../../../../activities/model/model-keys.ts';
import type {LiveProviderName} from '../../../../activities/model/model-name.ts';
import type {WireRequest, WireResponse} from './server.ts';

/** An answer of a model, before it is put into a provider's protocol. */
export interface WireAnswer {
  /** In the pieces in which they stream. */
  reasoning?: string[];
  text?: string[];
  calls?: {id: string; name: string; arguments: string[]}[];
  stop?: 'end' | 'length' | 'filter' | 'refusal';
  refusal?: string;
}

/** Errors that every provider has, in its own words. */
export type WireError =
  | 'authentication'
  | 'badRequest'
  | 'contextTooLong'
  | 'overloaded'
  | 'permission'
  | 'quota'
  | 'rateLimited'
  | 'serverError'
  | 'unknownModel';

/** One provider's protocol, from the server's side. */
export interface Wire {
  provider: LiveProviderName;
  model: string;
  path: string;
  keys(origin: string, apiKey: string): ModelKeys;
  /** Server-sent events for the answer; each element is one event. */
  events(answer: WireAnswer): string[];
  /** The same answer as one JSON object, as it comes where nothing streams. */
  whole(answer: WireAnswer): Record<string, unknown>;
  error(kind: WireError, message: string): WireResponse;
  /** An error that comes inside a stream. */
  streamedError(kind: 'overloaded' | 'serverError', message: string): string;
  /** What the real API would refuse about a request; undefined where nothing. */
  objection(request: WireRequest): string | undefined;
  /** The reasoning that a request sends back, as the wire has it. */
  reasoningIn(request: WireRequest): unknown[];
  /** The tool results that a request sends back. */
  resultsIn(request: WireRequest): {id: string; text: string; failed: boolean}[];
}

/** Tokens that every answer on the wire is said to have cost. */
export const wireUsage = {input: 100, cached: 60, output: 25};

/** A good answer as a response. */
export function streamed(wire: Wire, answer: WireAnswer): WireResponse {
  return {headers: {'content-type': 'text/event-stream; charset=utf-8'}, body: wire.events(answer).join('')};
}

/** A JSON body with a status. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): WireResponse {
  return {status, headers: {'content-type': 'application/json', ...headers}, body: JSON.stringify(body)};
}

/** One server-sent event. */
export function sse(data: unknown, event?: string): string {
  const name = event ? `event: ${event}\n` : '';
  return `${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

/** Says what is wrong with tool calls and results that don't pair up, or with ids that are not unique. */
export function pairingObjection(calls: readonly string[], results: readonly string[]): string | undefined {
  if (new Set(calls).size !== calls.length) return 'tool call ids must be unique';
  const orphan = results.find((id) => !calls.includes(id));
  if (orphan) return `no tool call with id ${orphan}`;
  const open = calls.find((id) => !results.includes(id));
  return open && `no tool output found for call ${open}`;
}
