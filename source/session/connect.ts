import {InterceptingCall, type Interceptor, type InterceptorOptions, status} from '@grpc/grpc-js';
import type {InterceptingCallInterface, NextCall} from '@grpc/grpc-js/build/src/client-interceptors.js';
import {Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor} from '@temporalio/client';
import type {ServerConnection} from '../backend/connection.ts';
import {channelArgsFor, silenceGrpc} from '../backend/proxy.ts';
import {connectionOptions} from '../backend/sdk-options.ts';
import {refusedCredentialsWords, unreachableWords} from '../backend/unreachable.ts';
import {CommandError} from '../errors.ts';

const connectTimeout = '4s';

/**
 * A server that was away for a minute is to be found again within seconds; gRPC itself would wait longer and longer. And
 * it would take 4 MB at most, where a page of a history may have much more.
 */
const ours = {
  'grpc.initial_reconnect_backoff_ms': 500,
  'grpc.max_reconnect_backoff_ms': 2000,
  'grpc.max_receive_message_length': 128 * 1024 * 1024,
};

/**
 * Connects a client to a server.
 *
 * @param onUnavailable called whenever an attempt of a call does not reach the server, though others follow
 * @throws CommandError within five seconds where the server does not answer or refuses
 */
export async function connectClient(
  server: ServerConnection,
  onUnavailable: () => void = () => {},
): Promise<Client> {
  const interceptors = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), noticing(onUnavailable)];
  silenceGrpc();
  const connection = await Connection.connect({
    ...connectionOptions(server),
    connectTimeout,
    channelArgs: {...ours, ...channelArgsFor(server)},
    interceptors,
  }).catch(async (error: unknown) => {
    throw new CommandError(await noServerWords(server, error), {cause: error});
  });
  return new Client({connection, namespace: server.namespace});
}

/** Inside the interceptor that tries again, so it sees every attempt. */
function noticing(onUnavailable: () => void): Interceptor {
  return (options, nextCall) =>
    new InterceptingCall(attempt(options, nextCall), {
      start(metadata, _listener, next) {
        next(metadata, {
          onReceiveStatus(outcome, pass) {
            if (outcome.code === status.UNAVAILABLE) onUnavailable();
            pass(outcome);
          },
        });
      },
    });
}

/** An attempt that comes after the connection was closed must not throw: it is made by a timer, and nobody waits for it. */
function attempt(options: InterceptorOptions, nextCall: NextCall): InterceptingCallInterface {
  try {
    return nextCall(options);
  } catch (error) {
    if (!/shut down/.test((error as Error).message)) throw error;
    return abandoned;
  }
}

const nothing = () => {};
const abandoned: InterceptingCallInterface = {
  start: nothing,
  sendMessage: nothing,
  sendMessageWithContext: nothing,
  startRead: nothing,
  halfClose: nothing,
  cancelWithStatus: nothing,
  getPeer: () => '',
  getAuthContext: () => null,
};

async function noServerWords(server: ServerConnection, error: unknown): Promise<string> {
  const {code} = (error as {cause?: {code?: number}}).cause ?? (error as {code?: number});
  if (code === status.UNAUTHENTICATED || code === status.PERMISSION_DENIED)
    return refusedCredentialsWords(server);
  return unreachableWords(server);
}
