import {X509Certificate} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {createSecureContext} from 'node:tls';
import type {ExistingServerFlags} from '../command-line/commands.ts';
import {type FlagName, spelling} from '../command-line/flags.ts';
import {UsageError} from '../errors.ts';
import type {ServerConnection, TlsSettings} from './connection.ts';
import type {TemporalProfile} from './temporal-profile.ts';

/** A certificate or a key, and what people call its place. */
interface Named {
  from: string;
  source: {path: string} | {data: string | Uint8Array};
}

type TlsFlags = Pick<
  ExistingServerFlags,
  'tls' | 'tlsCertPath' | 'tlsKeyPath' | 'tlsCaPath' | 'tlsServerName'
>;

/**
 * Whether TLS is used, and with what: each flag wins over the same setting of the profile. As with `temporal`, an API key
 * or any other TLS setting turns it on, and only an explicit `--no-tls` or `disabled` keeps it off.
 *
 * @returns undefined where nothing asks for TLS, false where it is refused explicitly
 * @throws UsageError for a file that cannot be read, or a certificate or key that cannot be used; no content in its words
 */
export async function readTls(
  flags: TlsFlags,
  profile: TemporalProfile['tls'],
  hasApiKey: boolean,
): Promise<ServerConnection['tls']> {
  const given = flagsGiven(flags);
  if (flags.tls === false) {
    if (given) throw new UsageError(`--no-tls and ${given} contradict each other. Give one of them.`);
    return false;
  }
  if (profile?.disabled && flags.tls === undefined && given === undefined) return false;
  if (!flags.tls && given === undefined && profile === undefined) return hasApiKey ? true : undefined;
  const settings = await readSettings(flags, profile ?? {});
  return Object.keys(settings).length > 0 ? settings : true;
}

function flagsGiven({tlsCertPath, tlsKeyPath, tlsCaPath, tlsServerName}: TlsFlags): string | undefined {
  const paths = {tlsCertPath, tlsKeyPath, tlsCaPath, tlsServerName};
  const name = Object.entries(paths).find(([, value]) => value !== undefined)?.[0];
  return name && spelling({name: name as keyof typeof paths});
}

async function readSettings(
  flags: TlsFlags,
  profile: NonNullable<TemporalProfile['tls']>,
): Promise<TlsSettings> {
  const authority = named('tlsCaPath', flags.tlsCaPath, 'server_ca_cert', profile.serverCACert);
  const certificate = named('tlsCertPath', flags.tlsCertPath, 'client_cert', profile.clientCert);
  const key = named('tlsKeyPath', flags.tlsKeyPath, 'client_key', profile.clientKey);
  const serverName = flags.tlsServerName ?? (profile.serverName || undefined);
  if (!certificate !== !key) throw new UsageError(loneWords((certificate ?? key) as Named));
  return {
    ...(serverName !== undefined && {serverNameOverride: serverName}),
    ...(authority && {serverRootCACertificate: await readCertificates(authority)}),
    ...(certificate && key && {clientCertPair: await readPair(certificate, key)}),
  };
}

function named(
  name: FlagName,
  path: string | undefined,
  setting: string,
  source: Named['source'] | undefined,
): Named | undefined {
  if (path !== undefined) return {from: spelling({name}), source: {path}};
  return source && {from: `tls.${setting}`, source};
}

function loneWords({from}: Named): string {
  return `${from}: a client certificate and its key belong together. Give both (--tls-cert-path and --tls-key-path).`;
}

async function read({from, source}: Named): Promise<Buffer> {
  if ('data' in source) return Buffer.from(source.data as string);
  return readFile(source.path).catch(() => {
    throw new UsageError(`${from}: ${source.path} cannot be read.`);
  });
}

async function readCertificates(place: Named): Promise<Buffer> {
  const text = await read(place);
  const blocks = text.toString().match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length > 0 && blocks.every(isCertificate)) return text;
  throw new UsageError(`${where(place)} has no usable certificate in PEM form.`);
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).serialNumber !== '';
  } catch {
    return false;
  }
}

async function readPair(certificate: Named, key: Named): Promise<{crt: Buffer; key: Buffer}> {
  const pair = {crt: await readCertificates(certificate), key: await read(key)};
  try {
    createSecureContext({cert: pair.crt, key: pair.key});
  } catch (error) {
    // The error itself stays here: who knows what of a key a library puts into its words.
    throw new UsageError(pairWords(certificate, key, (error as {code?: string}).code ?? ''));
  }
  return pair;
}

function pairWords(certificate: Named, key: Named, code: string): string {
  if (/KEY_VALUES_MISMATCH|KEY_TYPE_MISMATCH/.test(code))
    return `The key of ${where(key)} does not fit the client certificate of ${where(certificate)}.`;
  if (/INTERRUPTED|PASSWORD|BAD_DECRYPT|CRYPTO_FAILED/.test(code))
    return `The key of ${where(key)} is encrypted: decrypt it first, e.g. with openssl pkey.`;
  return `${where(key)} has no usable private key in PEM form.`;
}

function where({from, source}: Named): string {
  return 'path' in source ? `${from} ${source.path}` : from;
}
