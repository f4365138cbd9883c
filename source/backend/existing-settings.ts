import {constants} from 'node:fs';
import {access} from 'node:fs/promises';
import type {ExistingServerFlags} from '../command-line/commands.ts';
import {UsageError} from '../errors.ts';
import {isAddress} from './address.ts';
import type {ServerConnection} from './connection.ts';
import {readTemporalProfile, type TemporalProfile} from './temporal-profile.ts';
import {readTls} from './tls-settings.ts';

/** Temporal's settings that are about a server, whether they name one or not. */
export interface ServerSettings {
  namespace?: string;
  /** Absent where no address is given. */
  existing?: {connection: ServerConnection; from: string};
}

/**
 * What flags, environment variables and Temporal's config file say about an existing server; flags win.
 *
 * @throws UsageError where a file that they name cannot be read, or settings for a server come without its address
 */
export async function readServerSettings(
  flags: ExistingServerFlags,
  environment: NodeJS.ProcessEnv,
): Promise<ServerSettings> {
  if (flags.configFile !== undefined) await requireReadable(flags.configFile);
  const profile = await readTemporalProfile(flags, environment);
  const address = flags.address ?? (profile.address || undefined);
  const namespace = flags.namespace ?? (profile.namespace || undefined);
  if (address === undefined) {
    if (flags.profile !== undefined)
      throw new UsageError(`The profile "${flags.profile}" has no address. Add one, or give --address.`);
    if (flags.configFile !== undefined)
      throw new UsageError(
        `${flags.configFile} names no server: add an address to its profile, or give --address.`,
      );
    refuseWithoutAddress(flags, profile);
    return {...(namespace !== undefined && {namespace})};
  }
  const apiKey = checkedKey(flags.apiKey ?? (profile.apiKey || undefined));
  const tls = await readTls(flags, profile.tls, apiKey !== undefined);
  const metadata = readMetadata(profile.grpcMeta ?? {}, flags.grpcMeta, apiKey);
  const connection: ServerConnection = {
    address: checkedAddress(address),
    namespace: namespace ?? 'default',
    ...(apiKey !== undefined && {apiKey}),
    ...(tls !== undefined && {tls}),
    ...(Object.keys(metadata).length > 0 && {metadata}),
  };
  return {namespace: connection.namespace, existing: {connection, from: sourceOf(flags, environment)}};
}

/** They mean nothing without a server: ignoring an API key, or a wish for TLS, would run things elsewhere. */
function refuseWithoutAddress(flags: ExistingServerFlags, profile: TemporalProfile): void {
  const needing: readonly [setting: string, value: unknown][] = [
    ['--api-key', flags.apiKey],
    ['--tls', flags.tls],
    ['--tls-cert-path', flags.tlsCertPath],
    ['--tls-key-path', flags.tlsKeyPath],
    ['--tls-ca-path', flags.tlsCaPath],
    ['--tls-server-name', flags.tlsServerName],
    ['--grpc-meta', flags.grpcMeta[0]],
    ['TEMPORAL_API_KEY (or api_key of the profile)', profile.apiKey || undefined],
    ['TEMPORAL_TLS (or tls of the profile)', profile.tls && !profile.tls.disabled ? true : undefined],
  ];
  const given = needing.find(([, value]) => value !== undefined && value !== false);
  if (given) throw new UsageError(`${given[0]} is about a server that is there. Give its --address as well.`);
}

function sourceOf(flags: ExistingServerFlags, environment: NodeJS.ProcessEnv): string {
  if (flags.address !== undefined) return '--address';
  if (environment.TEMPORAL_ADDRESS) return 'TEMPORAL_ADDRESS';
  return flags.profile !== undefined ? '--profile' : 'Temporal’s config file';
}

async function requireReadable(path: string): Promise<void> {
  await access(path, constants.R_OK).catch(() => {
    throw new UsageError(`--config-file: ${path} cannot be read.`);
  });
}

/** A line break at the end of a key is easily had; the library's own words about it would show the key. */
function checkedKey(apiKey: string | undefined): string | undefined {
  if (apiKey === undefined || isHeaderValue(apiKey)) return apiKey;
  throw new UsageError('The API key has characters that no header may have, such as a line break.');
}

function readMetadata(
  profile: Readonly<Record<string, string>>,
  pairs: readonly string[],
  apiKey: string | undefined,
): Record<string, string> {
  const given = pairs.map((pair) => {
    const [name, ...value] = pair.split('=');
    if (!name || value.length === 0) throw new UsageError('--grpc-meta needs key=value.');
    return [name, value.join('=')] as const;
  });
  const headers = [...Object.entries(profile), ...given].map(
    ([name, value]) => [name.toLowerCase().replaceAll('_', '-'), value] as const,
  );
  for (const [name, value] of headers) checkHeader(name, value, apiKey);
  return Object.fromEntries(headers);
}

function checkHeader(name: string, value: string, apiKey: string | undefined): void {
  if (!/^[a-z0-9.-]+$/.test(name) || name.endsWith('-bin') || !isHeaderValue(value))
    throw new UsageError(
      `The header "${name}" cannot be sent: letters, digits, - and . in its name (but no -bin at its end), and printable ASCII in its value.`,
    );
  if (name === 'authorization' && apiKey !== undefined)
    throw new UsageError('An API key and a header "authorization" contradict each other. Give one of them.');
}

function isHeaderValue(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

function checkedAddress(address: string): string {
  if (isAddress(address)) return address;
  throw new UsageError(`"${address}" is not an address: write host:port, e.g. 127.0.0.1:7233.`);
}
