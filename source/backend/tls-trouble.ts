import {isIP} from 'node:net';
import {connect, type PeerCertificate, type TLSSocket} from 'node:tls';
import {hostAndPort} from './address.ts';
import type {ServerConnection, TlsSettings} from './connection.ts';
import {withAuthorities} from './sdk-options.ts';

/** Milliseconds for a handshake; who says nothing in that time has no trouble that can be told. */
const patience = 2000;

/**
 * What is wrong with TLS at a server: neither of the SDK's libraries tells, so a handshake of our own is tried.
 *
 * @returns one sentence with what to do; undefined where TLS is not what is wrong
 */
export async function tlsTrouble(server: ServerConnection): Promise<string | undefined> {
  const {address, tls} = server;
  if (!tls) return (await speaksTls(address)) ? 'It speaks TLS: add --tls.' : undefined;
  const settings = tls === true ? {} : tls;
  const outcome = await handshake(address, withAuthorities(settings));
  return outcome && words(outcome, server, settings);
}

/** How a handshake ended. */
interface Outcome {
  /** Node's or OpenSSL's name for what went wrong; empty where the other side just hung up. */
  code: string;
  /** Whether our side was content. */
  isSecure: boolean;
  certificate?: PeerCertificate;
}

async function speaksTls(address: string): Promise<boolean> {
  const outcome = await handshake(address, {}, {rejectUnauthorized: false});
  return outcome === undefined ? false : outcome.isSecure || /ALERT/.test(outcome.code);
}

/** Undefined where it is well, or where nothing can be said: no connection, no answer. */
function handshake(
  address: string,
  {serverNameOverride, serverRootCACertificate, clientCertPair}: TlsSettings,
  more: {rejectUnauthorized?: boolean} = {},
): Promise<Outcome | undefined> {
  const {host, port} = hostAndPort(address);
  const servername = serverNameOverride ?? (isIP(host) ? undefined : host);
  const socket = connect({
    host,
    port,
    ALPNProtocols: ['h2'],
    ...(servername !== undefined && {servername}),
    ...(serverRootCACertificate && {ca: serverRootCACertificate}),
    ...(clientCertPair && {cert: clientCertPair.crt, key: clientCertPair.key}),
    ...more,
  });
  return outcomeOf(socket, more.rejectUnauthorized === false).finally(() => socket.destroy());
}

/** A server that wants a certificate says so only after the handshake: it is well once the server has said something. */
function outcomeOf(socket: TLSSocket, handshakeIsEnough: boolean): Promise<Outcome | undefined> {
  return new Promise((resolve) => {
    let isSecure = false;
    const timer = setTimeout(resolve, patience, undefined);
    const end = (code: string | undefined, certificate?: PeerCertificate) => {
      clearTimeout(timer);
      resolve(code === undefined ? undefined : {code, isSecure, ...(certificate && {certificate})});
    };
    socket.once('secureConnect', () => {
      isSecure = true;
      if (handshakeIsEnough) end('');
    });
    socket.once('data', () => end(undefined));
    socket.on('error', ({code = '', cert}: NodeJS.ErrnoException & {cert?: PeerCertificate}) =>
      end(code, cert),
    );
    socket.once('close', () => end(''));
  });
}

function words(outcome: Outcome, {address}: ServerConnection, settings: TlsSettings): string | undefined {
  const {code, certificate, isSecure} = outcome;
  if (unknownAuthority.test(code))
    return 'Its certificate comes from an authority that is not known here: name that with --tls-ca-path.';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongNameWords(address, settings, certificate);
  if (code === 'CERT_HAS_EXPIRED') return 'Its certificate has expired.';
  if (code === 'CERT_NOT_YET_VALID')
    return 'Its certificate is not valid yet: check this machine’s clock, too.';
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|HTTP_REQUEST/.test(code))
    return 'What listens there speaks no TLS: if that is meant, say --no-tls.';
  if (/ALERT/.test(code) || isSecure) return clientCertificateWords(code, settings);
  return undefined;
}

const unknownAuthority =
  /^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT.*|.*SELF_SIGNED_CERT.*)$/;

function wrongNameWords(
  address: string,
  {serverNameOverride}: TlsSettings,
  certificate: PeerCertificate | undefined,
): string {
  const expected = serverNameOverride ?? hostAndPort(address).host;
  const names = certificateNames(certificate?.subjectaltname ?? '');
  return `Its certificate is for ${names}, not for ${expected}: if that is the right server, say so with --tls-server-name.`;
}

/** The other side chose them: nothing but what names are made of is shown. */
function certificateNames(alternatives: string): string {
  const names = alternatives.match(/[\w.*:-]+/g)?.map((name) => name.replace(/^\w+:/, '')) ?? [];
  return names.slice(0, 3).join(', ').slice(0, 200) || 'another name';
}

function clientCertificateWords(code: string, {clientCertPair}: TlsSettings): string {
  if (clientCertPair) return `It refuses the client certificate${reasonOf(code)}: check --tls-cert-path.`;
  if (/CERTIFICATE_REQUIRED/.test(code) || !/ALERT/.test(code))
    return 'It wants a client certificate: give --tls-cert-path and --tls-key-path.';
  return `It ended the TLS handshake${reasonOf(code)}; it may want a client certificate: --tls-cert-path and --tls-key-path.`;
}

/** E.g. ` (unknown ca)` of ERR_SSL_TLSV1_ALERT_UNKNOWN_CA. */
function reasonOf(code: string): string {
  const [, reason] = /_ALERT_(\w+)$/.exec(code) ?? [];
  return reason === undefined ? '' : ` (${reason.toLowerCase().replaceAll('_', ' ')})`;
}
