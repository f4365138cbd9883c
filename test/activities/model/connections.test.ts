import {execFile} from 'node:child_process';
import {readFile, writeFile} from 'node:fs/promises';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, onTestFinished, test} from 'vitest';
import {emptyFolder} from '../../temporary-folder.ts';
import {runNode} from './run-node.ts';
import {anthropicWire} from './wire/anthropic.ts';
import {ask, failureOf, requestOf, secretKey, serve} from './wire/ask.ts';
import {chatWire} from './wire/chat.ts';
import {responsesWire} from './wire/responses.ts';
import {startWireServer, type WireRequest, type WireResponse} from './wire/server.ts';
import {streamed, type Wire} from './wire/wire.ts';

const run = promisify(execFile);
const providersUrl = new URL('../../../activities/model/live-providers.ts', import.meta.url).href;

interface Certificate {
  /** What the certificate is for. */
  name: string;
  /** How long it is valid; -1 for one that has expired. */
  days: number;
}

/** A server with a certificate that openssl made. Gives its address and the file that trusts it. */
async function serveSecurely({name, days}: Certificate): Promise<{origin: string; authority: string}> {
  const folder = await emptyFolder();
  const openssl = (...args: string[]) => run('openssl', args, {cwd: folder});
  await writeFile(join(folder, 'names'), `subjectAltName=${name}\n`);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key'];
  await openssl('req', ...key, '-out', 'request', '-subj', '/CN=test');
  const signed = ['-signkey', 'key', '-days', String(days), '-extfile', 'names', '-out', 'certificate'];
  await openssl('x509', '-req', '-in', 'request', ...signed);
  const authority = join(folder, 'certificate');
  const server = createServer({key: await readFile(join(folder, 'key')), cert: await readFile(authority)});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, authority};
}

/** Asks in a process that trusts an authority, as people set it. */
async function failureWithAuthority(wire: Wire, origin: string, authority: string) {
  const {stdout} = await runNode(
    `
      const {createLiveProviders} = await import(${JSON.stringify(providersUrl)});
      const keys = ${JSON.stringify(wire.keys(origin, secretKey))};
      const provider = createLiveProviders(keys)[${JSON.stringify(wire.provider)}];
      const context = {signal: new AbortController().signal, onText() {}};
      const error = await provider.request(${JSON.stringify(requestOf(wire))}, context).catch((reason) => reason);
      const {message, type, nonRetryable} = error;
      process.stdout.write(JSON.stringify({message, type, nonRetryable}));
    `,
    {NODE_EXTRA_CA_CERTS: authority},
  );
  return JSON.parse(stdout) as {message: string; type: string; nonRetryable: boolean};
}

/** Sends every request on to another address. */
function redirectTo(origin: string, status: number): (request: WireRequest) => WireResponse {
  return ({path}) => ({status, headers: {location: `${origin}${path}`}});
}

describe.each([responsesWire, chatWire, anthropicWire])('$provider', (wire) => {
  test('says that the authority of a certificate is not known', async () => {
    const {origin} = await serveSecurely({name: 'IP:127.0.0.1', days: 1});
    const failure = await failureOf(ask(wire, origin, requestOf(wire)));
    expect(failure).toMatchObject({type: 'ModelUnavailable', nonRetryable: true});
    expect(failure.message).toMatch(
      /^The certificate of 127\.0\.0\.1:\d+ comes from an authority that is not known here: set NODE_EXTRA_CA_CERTS.*DEPTH_ZERO_SELF_SIGNED_CERT/,
    );
  });

  test.each([
    [
      'for another name',
      {name: 'DNS:other.example', days: 1},
      /is for another name \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
    ],
    ['expired', {name: 'IP:127.0.0.1', days: -1}, /has expired: renew it.*\(CERT_HAS_EXPIRED\)/],
  ])('says that a certificate is %s', async (_name, certificate, says) => {
    const {origin, authority} = await serveSecurely(certificate);
    const failure = await failureWithAuthority(wire, origin, authority);
    expect(failure).toMatchObject({type: 'ModelUnavailable', nonRetryable: true});
    expect(failure.message).toMatch(says);
  });

  test('says that nothing secure answered', async () => {
    const plain = await startWireServer(() => ({}));
    onTestFinished(() => plain.close());
    const failure = await failureOf(ask(wire, plain.origin.replace('http:', 'https:'), requestOf(wire)));
    expect(failure).toMatchObject({type: 'ModelUnavailable', nonRetryable: false});
    expect(failure.message).toMatch(/The connection to 127\.0\.0\.1:\d+ failed \(ERR_SSL_[A-Z_]+\)/);
  });

  test('says that a name is not known', async () => {
    const failure = await failureOf(ask(wire, 'http://nowhere.invalid', requestOf(wire)));
    expect(failure.message).toMatch(/nowhere\.invalid failed \((ENOTFOUND|EAI_AGAIN)\)/);
  });

  test.each([307, 308])('goes where status %i leads, without the key', async (status) => {
    const target = await startWireServer(() => streamed(wire, {text: ['Hi.']}));
    onTestFinished(() => target.close());
    const server = await serve(wire, redirectTo(target.origin, status));
    const {result} = await ask(wire, server.origin, requestOf(wire));
    expect(result.message.content).toBe('Hi.');
    expect(JSON.stringify(server.requests[0]?.headers)).toContain(secretKey);
    expect(JSON.stringify(target.requests[0])).not.toContain(secretKey);
    expect(target.requests[0]?.body).toEqual(server.requests[0]?.body);
  });

  test('keeps the key within one origin', async () => {
    let asked = 0;
    const server = await serve(wire, (request) => {
      asked += 1;
      return asked === 1 ? redirectTo('', 308)(request) : streamed(wire, {text: ['Hi.']});
    });
    await ask(wire, server.origin, requestOf(wire));
    expect(JSON.stringify(server.requests[1]?.headers)).toContain(secretKey);
  });

  test('names the host that answered, not the one that was asked first', async () => {
    const target = await startWireServer(() => wire.error('authentication', 'No key.'));
    onTestFinished(() => target.close());
    const server = await serve(wire, redirectTo(target.origin, 307));
    const failure = await failureOf(ask(wire, server.origin, requestOf(wire)));
    expect(failure.type).toBe('ModelAuthentication');
    const [answered, asked] = [new URL(target.origin).host, new URL(server.origin).host];
    expect(failure.message).toMatch(
      new RegExp(`^${answered} does not accept the key.* ${asked} redirects there`),
    );
  });

  test('ends where redirects go round', async () => {
    const server = await serve(wire, redirectTo('', 307));
    const failure = await failureOf(ask(wire, server.origin, requestOf(wire)));
    expect(failure).toMatchObject({type: 'ModelBadResponse', nonRetryable: true});
    expect(failure.message).toMatch(/redirect/);
    expect(server.requests).toHaveLength(6);
  });
});
