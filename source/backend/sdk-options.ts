import {getCACertificates} from 'node:tls';
import type {ServerConnection, TlsSettings} from './connection.ts';

/**
 * What both of the SDK's connections take, the client's and the worker's: where they are to agree, and the two libraries
 * below them do not by themselves.
 */
export function connectionOptions({namespace: _, tls, ...options}: ServerConnection) {
  if (tls === undefined) return options;
  return {...options, tls: tls && withAuthorities(tls === true ? {} : tls)};
}

/** Without an authority of its own a server's must be known to Node or to the system, as `temporal` has it. */
export function withAuthorities(tls: TlsSettings): TlsSettings {
  return {...tls, serverRootCACertificate: tls.serverRootCACertificate ?? knownAuthorities()};
}

function knownAuthorities(): Buffer {
  const known = new Set([...getCACertificates('default'), ...getCACertificates('system')]);
  return Buffer.from([...known].join('\n'));
}
