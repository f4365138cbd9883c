import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import type {FlagValues} from '../command-line/parse.ts';
import {UsageError} from '../command-line/usage-error.ts';
import type {ServerConnection, TlsSettings} from './connection.ts';

/** What `@temporalio/envconfig` finds in environment variables and Temporal's config file. */
interface EnvironmentSettings {
  namespace?: string;
  address?: string;
  apiKey?: string;
  tls?: ServerConnection['tls'];
  metadata?: Record<string, string>;
}

/**
 * The existing server that flags, environment variables or Temporal's config file name; flags win.
 *
 * @returns undefined where none of them has an address
 * @throws UsageError where a file that they name cannot be read, or flags for a server come without its address
 */
export async function readExistingServer(
  flags: FlagValues,
  environment: NodeJS.ProcessEnv,
): Promise<{connection: ServerConnection; from: string} | undefined> {
  if (flags.configFile !== undefined) await readNamed(flags.configFile, '--config-file');
  const found = await readEnvironment(flags, environment);
  const address = flags.address ?? found.address;
  if (address === undefined) {
    if (flags.profile !== undefined)
      throw new UsageError(`The profile "${flags.profile}" has no address. Add one, or give --address.`);
    refuseWithoutAddress(flags);
    return undefined;
  }
  const apiKey = flags.apiKey ?? found.apiKey;
  const tls = (await readTls(flags)) ?? found.tls ?? (apiKey !== undefined ? true : undefined);
  const metadata = {...found.metadata, ...readMetadata(flags.grpcMeta ?? [])};
  const connection: ServerConnection = {
    address: checkedAddress(address),
    namespace: flags.namespace ?? found.namespace ?? 'default',
    ...(apiKey !== undefined && {apiKey}),
    ...(tls !== undefined && {tls}),
    ...(Object.keys(metadata).length > 0 && {metadata}),
  };
  return {connection, from: sourceOf(flags, environment)};
}

/** Flags that say how to reach a server mean nothing without one: ignoring an API key would run things elsewhere. */
function refuseWithoutAddress(flags: FlagValues): void {
  const needing: readonly [flag: string, value: unknown][] = [
    ['--api-key', flags.apiKey],
    ['--tls', flags.tls],
    ['--tls-cert-path', flags.tlsCertPath],
    ['--tls-key-path', flags.tlsKeyPath],
    ['--tls-ca-path', flags.tlsCaPath],
    ['--tls-server-name', flags.tlsServerName],
    ['--grpc-meta', flags.grpcMeta?.[0]],
    ['--config-file', flags.configFile],
  ];
  const given = needing.find(([, value]) => value !== undefined && value !== false);
  if (given) throw new UsageError(`${given[0]} is about a server that is there. Give its --address as well.`);
}

function sourceOf(flags: FlagValues, environment: NodeJS.ProcessEnv): string {
  if (flags.address !== undefined) return '--address';
  if (flags.profile !== undefined) return '--profile';
  return environment.TEMPORAL_ADDRESS !== undefined ? 'TEMPORAL_ADDRESS' : 'Temporal’s config file';
}

async function readEnvironment(
  flags: FlagValues,
  environment: NodeJS.ProcessEnv,
): Promise<EnvironmentSettings> {
  const mentioned =
    flags.profile !== undefined ||
    flags.configFile !== undefined ||
    Object.keys(environment).some((name) => name.startsWith('TEMPORAL_')) ||
    existsSync(defaultConfigFile(environment));
  if (!mentioned) return {};
  const {loadClientConnectConfig} = await import('@temporalio/envconfig');
  try {
    const {namespace, connectionOptions} = loadClientConnectConfig({
      ...(flags.profile !== undefined && {profile: flags.profile}),
      ...(flags.configFile !== undefined && {configSource: {path: flags.configFile}}),
      overrideEnvVars: environment as Record<string, string>,
    });
    return withoutAbsent({namespace, ...connectionOptions}) as EnvironmentSettings;
  } catch (error) {
    throw new UsageError(`Temporal’s configuration cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Where Temporal's CLI looks, see `temporal --help`. */
function defaultConfigFile(environment: NodeJS.ProcessEnv): string {
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(homedir(), 'Library', 'Application Support'),
    win32: environment.AppData ?? join(homedir(), 'AppData', 'Roaming'),
  };
  const folder = folders[process.platform] ?? environment.XDG_CONFIG_HOME ?? join(homedir(), '.config');
  return join(folder, 'temporalio', 'temporal.toml');
}

async function readTls(flags: FlagValues): Promise<ServerConnection['tls']> {
  const {tlsCertPath, tlsKeyPath, tlsCaPath, tlsServerName} = flags;
  if ((tlsCertPath === undefined) !== (tlsKeyPath === undefined)) {
    throw new UsageError('--tls-cert-path and --tls-key-path belong together. Give both.');
  }
  const settings: TlsSettings = {
    ...(tlsServerName !== undefined && {serverNameOverride: tlsServerName}),
    ...(tlsCaPath !== undefined && {serverRootCACertificate: await readNamed(tlsCaPath, '--tls-ca-path')}),
    ...(tlsCertPath !== undefined &&
      tlsKeyPath !== undefined && {
        clientCertPair: {
          crt: await readNamed(tlsCertPath, '--tls-cert-path'),
          key: await readNamed(tlsKeyPath, '--tls-key-path'),
        },
      }),
  };
  return Object.keys(settings).length > 0 ? settings : flags.tls;
}

async function readNamed(path: string, flag: string): Promise<Buffer> {
  return readFile(path).catch(() => {
    throw new UsageError(`${flag}: ${path} cannot be read.`);
  });
}

function readMetadata(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, ...value] = pair.split('=');
      if (!name || value.length === 0) throw new UsageError('--grpc-meta needs key=value.');
      return [name, value.join('=')];
    }),
  );
}

function checkedAddress(address: string): string {
  if (/^[^\s:/]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i.test(address)) return address;
  throw new UsageError(`"${address}" is not an address: write host:port, e.g. 127.0.0.1:7233.`);
}

function withoutAbsent(settings: object): object {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
