import {Client, Connection} from '@temporalio/client';
import type {ServerConnection} from '../backend/connection.ts';
import {CommandError} from '../command-line/usage-error.ts';

const connectTimeout = '4s';

/**
 * Connects a client to a server.
 *
 * @throws CommandError within five seconds where the server does not answer or refuses
 */
export async function connectClient({namespace, ...options}: ServerConnection): Promise<Client> {
  const connection = await Connection.connect({...options, connectTimeout}).catch((error: unknown) => {
    throw new CommandError(`No Temporal server answers at ${options.address}. ${advice(error)}`, {
      cause: error,
    });
  });
  return new Client({connection, namespace});
}

function advice(error: unknown): string {
  const {code} = (error as {cause?: {code?: number}}).cause ?? (error as {code?: number});
  const unauthenticated = 16;
  const permissionDenied = 7;
  if (code === unauthenticated || code === permissionDenied)
    return 'It refused the credentials: check --api-key or the certificates.';
  return 'Start one with "temporal server start-dev", give its --address, or use --in-process.';
}
