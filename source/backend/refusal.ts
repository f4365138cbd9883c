import type {ServerConnection} from './connection.ts';

/** What a server says of a namespace that it does not have, and what to do. */
export function noNamespaceWords({
  address,
  namespace,
}: Pick<ServerConnection, 'address' | 'namespace'>): string {
  return `There is no namespace "${namespace}" on ${address}. Check --namespace, or make it: temporal operator namespace create -n ${namespace}`;
}

/** What a server says to somebody who may not. */
export function forbiddenWords({address}: Pick<ServerConnection, 'address'>, details: string): string {
  return `${address} refuses this${details ? `: ${details}` : ''}. Check --api-key, the certificates and --namespace.`;
}

/** A server that was there and does not answer any more. */
export function noAnswerWords({address}: Pick<ServerConnection, 'address'>): string {
  return `No answer from ${address}`;
}
