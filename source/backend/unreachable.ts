import type {ServerConnection} from './connection.ts';
import {acceptsConnections} from './machine.ts';
import {workerProxyFor} from './proxy.ts';
import {tlsTrouble} from './tls-trouble.ts';

/** Why a server could not be connected to, and what to do, in one line for people. */
export async function unreachableWords(server: ServerConnection): Promise<string> {
  const {address, tls} = server;
  const {proxy} = workerProxyFor(server);
  if (proxy) return `No Temporal server answers at ${address} through the proxy ${proxy.targetHost}.`;
  const noServer = `No Temporal server answers at ${address}.`;
  const otherwise = 'give its --address, or use --in-process.';
  const trouble = await tlsTrouble(server);
  if (trouble !== undefined) return `${noServer} ${trouble}`;
  if (!(await acceptsConnections(address)))
    return `${noServer} Start one with "temporal server start-dev", ${otherwise}`;
  const other = tls
    ? 'Another program has that port'
    : 'Another program has that port, or a server that wants --tls';
  return `${noServer} ${other}. Start one elsewhere with --port 0, ${otherwise}`;
}

/** What a server says of an API key or a certificate that it does not take. */
export function refusedCredentialsWords({address}: ServerConnection): string {
  return `${address} refused the credentials: check --api-key or the certificates.`;
}
