/** How to reach a server; plain data that crosses to the host process. */
export interface ServerConnection {
  /** `host:port`. */
  address: string;
  namespace: string;
  apiKey?: string;
  /** False where it is refused explicitly, even with an API key. */
  tls?: boolean | TlsSettings;
  metadata?: Record<string, string>;
}

/** As the SDK's `TLSConfig` has it. */
export interface TlsSettings {
  serverNameOverride?: string;
  serverRootCACertificate?: Buffer;
  clientCertPair?: {crt: Buffer; key: Buffer};
}

/** True where the server is this machine: heartbeats are free and fast there. */
export function isLoopback({address}: Pick<ServerConnection, 'address'>): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)(:\d+)?$/i.test(address);
}
