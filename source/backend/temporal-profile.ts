import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {ClientConfigProfile} from '@temporalio/envconfig';
import type {ExistingServerFlags} from '../command-line/commands.ts';
import {UsageError} from '../errors.ts';
import {homeFolder} from './user.ts';

/** What Temporal's environment variables and config file say about a server. */
export type TemporalProfile = ClientConfigProfile;

/**
 * Reads Temporal's environment variables and the profile of its config file that is meant, as `temporal` does.
 *
 * @throws UsageError whose message has nothing of the file's content: keys stand in it
 */
export async function readTemporalProfile(
  flags: Pick<ExistingServerFlags, 'profile' | 'configFile'>,
  environment: NodeJS.ProcessEnv,
): Promise<TemporalProfile> {
  const variables = meantVariables(environment);
  const file = flags.configFile ?? variables.TEMPORAL_CONFIG_FILE ?? defaultConfigFile(environment);
  const profile = flags.profile ?? variables.TEMPORAL_PROFILE;
  const hasFile = existsSync(file);
  if (!hasFile && variables.TEMPORAL_CONFIG_FILE !== undefined && flags.configFile === undefined)
    throw new UsageError(`TEMPORAL_CONFIG_FILE: ${file} cannot be read.`);
  if (!hasFile && profile === undefined && Object.keys(variables).length === 0) return {};
  const {loadClientConfigProfile} = await import('@temporalio/envconfig');
  const load = (source: object) => loadClientConfigProfile({...source, overrideEnvVars: variables});
  try {
    return checked(load({configSource: {path: file}, ...(profile !== undefined && {profile})}), file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (isWithoutProfiles(error) && profile === undefined) return checked(load({disableFile: true}), file);
    throw new UsageError(fileWords(error, file, profile));
  }
}

/** A variable that is empty says nothing, but for a header: there it takes away what the file says. */
function meantVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(environment)) {
    if (!name.startsWith('TEMPORAL_')) continue;
    if (value !== '' || name.startsWith('TEMPORAL_GRPC_META_')) variables[legacyNames[name] ?? name] = value;
  }
  if (variables.TEMPORAL_TLS !== undefined) variables.TEMPORAL_TLS = truth(variables.TEMPORAL_TLS);
  return variables;
}

/** Names that `temporal` still takes. */
const legacyNames: Readonly<Record<string, string>> = {
  TEMPORAL_TLS_CERT: 'TEMPORAL_TLS_CLIENT_CERT_PATH',
  TEMPORAL_TLS_CERT_DATA: 'TEMPORAL_TLS_CLIENT_CERT_DATA',
  TEMPORAL_TLS_KEY: 'TEMPORAL_TLS_CLIENT_KEY_PATH',
  TEMPORAL_TLS_KEY_DATA: 'TEMPORAL_TLS_CLIENT_KEY_DATA',
  TEMPORAL_TLS_CA: 'TEMPORAL_TLS_SERVER_CA_CERT_PATH',
  TEMPORAL_TLS_CA_DATA: 'TEMPORAL_TLS_SERVER_CA_CERT_DATA',
};

/** The SDK takes every other word, such as TRUE, for false: what is sent would be readable for all. */
function truth(value: string): 'true' | 'false' {
  if (/^(1|true)$/i.test(value)) return 'true';
  if (/^(0|false)$/i.test(value)) return 'false';
  throw new UsageError('TEMPORAL_TLS takes true, false, 1 or 0.');
}

/** Where Temporal's CLI looks, see `temporal --help`. */
function defaultConfigFile(environment: NodeJS.ProcessEnv): string {
  const home = homeFolder(environment) ?? '/nonexistent';
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(home, 'Library', 'Application Support'),
    win32: environment.AppData ?? join(home, 'AppData', 'Roaming'),
  };
  const folder = folders[process.platform] ?? (environment.XDG_CONFIG_HOME || join(home, '.config'));
  return join(folder, 'temporalio', 'temporal.toml');
}

/** The reader of the file trips over one without any `[profile.…]`, such as an empty one. */
function isWithoutProfiles(error: unknown): boolean {
  return error instanceof TypeError && /properties of undefined/.test(error.message);
}

function fileWords(error: unknown, file: string, profile: string | undefined): string {
  const {line, column, code, message} = error as Error & {line?: number; column?: number; code?: string};
  if (line !== undefined) return `${file} is no valid TOML: see line ${line}, column ${column}.`;
  if (code !== undefined) return `Temporal’s config file ${file} cannot be read (${code}).`;
  if (/^Profile .* not found/.test(message) || isWithoutProfiles(error))
    return `There is no profile "${profile}" in ${file}.`;
  if (/^Cannot specify both \w+ and \w+$/.test(message)) return `${file} or the environment: ${message}.`;
  return shapeWords(file);
}

function shapeWords(file: string): string {
  return `${file} has not the form of a Temporal config file: tables [profile.<name>] and [profile.<name>.tls] with texts.`;
}

/** The file is anybody's TOML: what should be a text may be a number. */
function checked(profile: TemporalProfile, file: string): TemporalProfile {
  const {address, namespace, apiKey, tls, grpcMeta} = profile;
  const texts = [address, namespace, apiKey, tls?.serverName, ...Object.values(grpcMeta ?? {})];
  const sources = [tls?.clientCert, tls?.clientKey, tls?.serverCACert].flatMap((source) =>
    source && 'path' in source ? [source.path] : [],
  );
  if ([...texts, ...sources].some((text) => text !== undefined && typeof text !== 'string'))
    throw new UsageError(shapeWords(file));
  if (tls?.disabled !== undefined && typeof tls.disabled !== 'boolean')
    throw new UsageError(`${file}: tls.disabled takes true or false, without quotes.`);
  return profile;
}
