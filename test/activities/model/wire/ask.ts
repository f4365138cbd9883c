import {ApplicationFailure} from '@temporalio/common';
import {onTestFinished} from 'vitest';
import {createLiveProviders} from '../../../../activities/model/live-providers.ts';
import type {ModelRequest} from '../../../../activities/model/provider.ts';
import type {ModelStepResult} from '../../../../workflows/protocol/model-step.ts';
import type {TranscriptMessage} from '../../../../workflows/protocol/transcript.ts';
import {startWireServer, type WireRequest, type WireResponse, type WireServer} from './server.ts';
import type {Wire} from './wire.ts';

/** The key that no message, result or failure may have in it. */
export const secretKey = 'sk-test-SECRET-0123456789abcdef';

/** A request with one user message and one tool. */
export function requestOf(wire: Wire, messages: readonly TranscriptMessage[] = [hello]): ModelRequest {
  const input = {type: 'object', properties: {path: {type: 'string'}}, required: ['path']};
  return {
    model: wire.model,
    agent: 'test',
    turn: 1,
    instructions: 'Be brief.',
    tools: [{name: 'read_file', description: 'Read a file.', input}],
    messages,
  };
}

/** The one message that conversations in these tests begin with. */
export const hello: TranscriptMessage = {role: 'user', content: 'hello'};

/** A server for one test; it objects to whatever the real API would refuse. */
export async function serve(
  wire: Wire,
  respond: (request: WireRequest) => WireResponse,
): Promise<WireServer> {
  const server = await startWireServer((request) => {
    const objection = request.path === wire.path ? wire.objection(request) : `no such path: ${request.path}`;
    return objection ? wire.error('badRequest', objection) : respond(request);
  });
  onTestFinished(() => server.close());
  return server;
}

/** Asks a provider through the real SDK; also returns the text as it streamed. */
export async function ask(
  wire: Wire,
  origin: string,
  request: ModelRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<{result: ModelStepResult; streamed: string}> {
  let streamed = '';
  const provider = createLiveProviders(wire.keys(origin, secretKey))[wire.provider];
  const result = await provider.request(request, {
    signal,
    onText(text) {
      streamed += text;
    },
  });
  return {result, streamed};
}

/** The failure that asking ends in. */
export async function failureOf(asking: Promise<unknown>): Promise<ApplicationFailure> {
  const error = await asking.then(
    () => new Error('The request succeeded.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApplicationFailure)) throw error;
  return error;
}
