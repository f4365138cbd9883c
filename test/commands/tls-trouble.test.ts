import {rm, writeFile} from 'node:fs/promises';
import {type AddressInfo, createServer} from 'node:net';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type EmbeddedServer, startEmbeddedServer} from '../../source/server/index.ts';
import {makeCertificates} from './certificates.ts';
import {durableTui, emptyFolder} from './command-line.ts';
import {startTlsFront, type TlsFront} from './tls-front.ts';

let cwd: string;
let server: EmbeddedServer;

beforeAll(async () => {
  cwd = await emptyFolder();
  await makeCertificates(cwd);
  server = await startEmbeddedServer({namespaces: ['default']});
});

afterAll(async () => {
  await server.close();
  await rm(cwd, {recursive: true});
});

describe('what is wrong with TLS is said in one line', () => {
  let mutual: TlsFront;
  let elsewhere: TlsFront;
  let expired: TlsFront;
  let strict: TlsFront;

  beforeAll(async () => {
    strict = await startTlsFront(server.address, cwd, {onlyTls: true});
    mutual = await startTlsFront(server.address, cwd, {mutual: true});
    elsewhere = await startTlsFront(server.address, cwd, {certificate: 'elsewhere'});
    expired = await startTlsFront(server.address, cwd, {certificate: 'expired'});
  });
  afterAll(() => Promise.all([strict, mutual, elsewhere, expired].map((front) => front.close())));

  const client = ['--tls-cert-path', 'client.pem', '--tls-key-path', 'client.key'];
  const rows: [title: string, where: () => string, flags: string[], code: number, words: string][] = [
    [
      'an unknown authority',
      () => strict.address,
      ['--tls'],
      1,
      'comes from an authority that is not known here',
    ],
    [
      'another authority',
      () => strict.address,
      ['--tls-ca-path', 'stranger.pem'],
      1,
      'comes from an authority that is not known here: name that with --tls-ca-path.',
    ],
    ['a wrong name', () => elsewhere.address, trusted(), 1, 'is for elsewhere.example, not for 127.0.0.1'],
    ['an expired certificate', () => expired.address, trusted(), 1, 'Its certificate has expired.'],
    [
      'no client certificate',
      () => mutual.address,
      trusted(),
      1,
      'It wants a client certificate: give --tls-cert-path and --tls-key-path.',
    ],
    [
      'a client certificate of a stranger',
      () => mutual.address,
      trusted('--tls-cert-path', 'unknown.pem', '--tls-key-path', 'unknown.key'),
      1,
      'It refuses the client certificate',
    ],
    ['no TLS there', () => server.address, ['--tls'], 1, 'speaks no TLS: if that is meant, say --no-tls.'],
    ['TLS that nobody asked for', () => strict.address, [], 1, 'It speaks TLS: add --tls.'],
  ];

  const files: typeof rows = [
    [
      'a key that does not fit',
      () => mutual.address,
      [...client.slice(0, 3), 'unknown.key'],
      2,
      'does not fit',
    ],
    ['an encrypted key', () => mutual.address, [...client.slice(0, 3), 'encrypted.key'], 2, 'is encrypted'],
    [
      'a key that is none',
      () => mutual.address,
      [...client.slice(0, 3), 'client.pem'],
      2,
      'no usable private key',
    ],
    [
      'a certificate that is none',
      () => mutual.address,
      ['--tls-ca-path', 'client.key'],
      2,
      '--tls-ca-path client.key has no usable certificate',
    ],
    ['a key alone', () => mutual.address, client.slice(2), 2, 'belong together'],
    [
      'a file that is not there',
      () => mutual.address,
      ['--tls-ca-path', 'none.pem'],
      2,
      'none.pem cannot be read',
    ],
    [
      'two wishes',
      () => mutual.address,
      ['--no-tls', ...client],
      2,
      '--no-tls and --tls-cert-path contradict',
    ],
  ];

  function trusted(...flags: string[]): string[] {
    return ['--tls-ca-path', 'authority.pem', ...flags];
  }

  describe.each(['attach', 'worker', 'run'])('%s', (command) => {
    it.concurrent.each(rows)('%s', async (_title, where, flags, code, words) => {
      const operands =
        {attach: ['attach', 'nobody'], worker: ['worker'], run: ['run', 'hello']}[command] ?? [];
      const outcome = await durableTui([...operands, '--address', where(), ...flags], {cwd});
      expect(outcome.stderr).toContain(words);
      expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(outcome).toMatchObject({code, stdout: ''});
    });
  });

  it.concurrent.each(files)('%s', async (_title, where, flags, code, words) => {
    const outcome = await durableTui(['attach', 'nobody', '--address', where(), ...flags], {cwd});
    expect(outcome.stderr).toContain(words);
    expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(outcome).toMatchObject({code, stdout: ''});
  });

  it.each(['attach', 'worker'])(
    '%s: a server that takes the connection and says nothing',
    async (command) => {
      const silent = createServer((socket) => socket.on('error', () => undefined));
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const address = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
      const operands = command === 'attach' ? ['nobody'] : [];
      const outcome = await durableTui([command, ...operands, '--address', address, '--tls'], {cwd});
      silent.close();
      expect(outcome).toMatchObject({code: 1, stdout: ''});
      expect(outcome.stderr).toContain('Another program has that port.');
    },
  );
});

describe('nothing of a key is ever printed', () => {
  const secret = 'A8S7df6g5H4j3k2l';
  it.each([
    [
      'a broken file',
      `[profile.x]\napi_key = "${secret}\naddress = "127.0.0.1:1"`,
      'no valid TOML: see line 2',
    ],
    [
      'a key that is no text',
      `[profile.x]\naddress = "127.0.0.1:1"\napi_key = ["${secret}"]`,
      'has not the form',
    ],
    ['a profile that is a text', `[profile]\nx = "${secret}"`, 'has not the form'],
    [
      'a key with a line break',
      `[profile.x]\naddress = "127.0.0.1:1"\napi_key = "${secret}\\r"`,
      'no header may have',
    ],
    [
      'a header with a line break',
      `[profile.x]\naddress = "127.0.0.1:1"\ngrpc_meta.a = "${secret}\\n"`,
      'The header "a" cannot be sent',
    ],
    [
      'a key in the file that is none',
      `[profile.x]\naddress = "127.0.0.1:1"\n[profile.x.tls]\nclient_cert_data = "${secret}"\nclient_key_data = "${secret}"`,
      'tls.client_cert has no usable certificate',
    ],
    [
      'a server that is away',
      `[profile.x]\naddress = "127.0.0.1:1"\napi_key = "${secret}"`,
      'No Temporal server answers',
    ],
  ])('%s', async (title, file, words) => {
    const name = `${title.replaceAll(' ', '-')}.toml`;
    await writeFile(join(cwd, name), file);
    for (const command of [['attach', 'nobody'], ['worker'], ['run', 'hello', '--json']]) {
      const {stdout, stderr} = await durableTui(
        [...command, '--debug', '--config-file', name, '--profile', 'x'],
        {cwd},
      );
      expect(stdout + stderr).toContain(words);
      expect(stdout + stderr).not.toContain(secret);
    }
  });
});
