import {execFile} from 'node:child_process';
import {rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import {type EmbeddedServer, startEmbeddedServer} from '../../source/server/index.ts';
import {openAppTerminal} from '../app/pty.ts';
import {findTemporal} from '../server/find-temporal.ts';
import {makeCertificates} from './certificates.ts';
import {cleanEnvironment, durableTui, emptyFolder, jsonLines} from './command-line.ts';
import {startCommand} from './running-command.ts';
import {startTlsFront, type TlsFront} from './tls-front.ts';

let cwd: string;
let server: EmbeddedServer;
let front: TlsFront;

beforeAll(async () => {
  cwd = await emptyFolder();
  await makeCertificates(cwd);
  server = await startEmbeddedServer({namespaces: ['default']});
  front = await startTlsFront(server.address, cwd);
});

afterAll(async () => {
  await front.close();
  await server.close();
  await rm(cwd, {recursive: true});
});

/** The authority is one of the system's own: what `temporal` trusts as well. */
const trusting = () => ({SSL_CERT_FILE: join(cwd, 'authority.pem'), XDG_CONFIG_HOME: cwd, HOME: cwd});

type Expected = 'tls' | 'plain';

/** What asks for TLS and what does not; `temporal` differs where that is written down. */
interface Settings {
  title: string;
  flags?: string[];
  environment?: NodeJS.ProcessEnv;
  /** Of a config file. */
  profile?: string;
  expected: Expected;
  temporal?: {says: Expected; because: string};
}

const key = {TEMPORAL_API_KEY: 'secret'};
const withProfile = (title: string, profile: string, expected: Expected, more: Partial<Settings> = {}) => ({
  title,
  profile,
  expected,
  ...more,
});

const settings: Settings[] = [
  {title: 'nothing', expected: 'plain'},
  {title: '--tls', flags: ['--tls'], expected: 'tls'},
  {title: '--tls=true', flags: ['--tls=true'], expected: 'tls'},
  {title: '--api-key', flags: ['--api-key', 'secret'], expected: 'tls'},
  {title: '--tls-ca-path', flags: ['--tls-ca-path', 'authority.pem'], expected: 'tls'},
  {
    title: '--tls-cert-path',
    flags: ['--tls-cert-path', 'client.pem', '--tls-key-path', 'client.key'],
    expected: 'tls',
  },
  {
    title: '--tls-server-name',
    flags: ['--tls-server-name', 'temporal.example'],
    expected: 'tls',
    temporal: {says: 'plain', because: 'it reads the name only where another flag turns TLS on'},
  },
  {title: '--no-tls and a key', flags: ['--tls=false', '--api-key', 'secret'], expected: 'plain'},
  {title: 'TEMPORAL_API_KEY', environment: key, expected: 'tls'},
  {title: 'an empty TEMPORAL_API_KEY', environment: {TEMPORAL_API_KEY: ''}, expected: 'plain'},
  {title: 'TEMPORAL_TLS=true', environment: {TEMPORAL_TLS: 'true'}, expected: 'tls'},
  {title: 'TEMPORAL_TLS=TRUE and a key', environment: {TEMPORAL_TLS: 'TRUE', ...key}, expected: 'tls'},
  {title: 'TEMPORAL_TLS=1', environment: {TEMPORAL_TLS: '1'}, expected: 'tls'},
  {title: 'TEMPORAL_TLS=false and a key', environment: {TEMPORAL_TLS: 'false', ...key}, expected: 'plain'},
  {title: 'an empty TEMPORAL_TLS and a key', environment: {TEMPORAL_TLS: '', ...key}, expected: 'tls'},
  {
    title: 'TEMPORAL_TLS_SERVER_NAME',
    environment: {TEMPORAL_TLS_SERVER_NAME: 'temporal.example'},
    expected: 'tls',
  },
  {title: 'TEMPORAL_TLS_CA', environment: {TEMPORAL_TLS_CA: 'authority.pem'}, expected: 'tls'},
  withProfile('api_key', 'api_key = "secret"', 'tls'),
  withProfile('tls', '[profile.x.tls]', 'tls'),
  withProfile('tls.server_name', '[profile.x.tls]\nserver_name = "temporal.example"', 'tls'),
  withProfile(
    'tls.client_cert_path',
    '[profile.x.tls]\nclient_cert_path = "client.pem"\nclient_key_path = "client.key"',
    'tls',
  ),
  withProfile('tls.disabled = false', '[profile.x.tls]\ndisabled = false', 'tls'),
  withProfile('tls.disabled and api_key', 'api_key = "secret"\n[profile.x.tls]\ndisabled = true', 'plain'),
  withProfile('tls, and --tls=false', '[profile.x.tls]', 'plain', {flags: ['--tls=false']}),
  withProfile('neither', '', 'plain'),
  withProfile('tls.disabled, and --tls', '[profile.x.tls]\ndisabled = true', 'tls', {
    flags: ['--tls'],
    temporal: {says: 'plain', because: 'its profile wins over this flag'},
  }),
];

/** Flags and environment of a row. */
async function asked({flags = [], environment = {}, profile, title}: Settings) {
  if (profile === undefined)
    return {flags: ['--address', front.address, ...flags], environment: {...trusting(), ...environment}};
  const file = `${title.replace(/\W+/g, '-')}.toml`;
  await writeFile(join(cwd, file), `[profile.x]\naddress = "${front.address}"\n${profile}\n`);
  return {
    flags: ['--config-file', file, '--profile', 'x', ...flags],
    environment: {...trusting(), ...environment},
  };
}

describe('TLS is on where a setting asks for it, and nowhere else', () => {
  beforeEach(() => void front.began());

  it.each(settings)('$title: $expected', async (row) => {
    const {flags, environment} = await asked(row);
    const outcome = await durableTui(['attach', 'nobody', ...flags], {cwd, environment});
    expect(outcome.stderr).toContain('There is no workflow "nobody" on this server.');
    const began = front.began();
    expect(began.length).toBeGreaterThan(0);
    expect(new Set(began)).toEqual(new Set([row.expected]));
  });

  const temporal = findTemporal();
  it.skipIf(temporal === undefined).each(settings)('as temporal has it: $title', async (row) => {
    const {flags, environment} = await asked(row);
    await promisify(execFile)(temporal as string, ['workflow', 'describe', '-w', 'nobody', ...flags], {
      cwd,
      env: {...cleanEnvironment(), ...environment},
    }).catch(() => undefined);
    expect(new Set(front.began())).toEqual(new Set([row.temporal?.says ?? row.expected]));
  });
});

describe('every command speaks mutual TLS by a profile alone, its workers too', () => {
  let mutual: TlsFront;
  let profile: string[];

  beforeAll(async () => {
    mutual = await startTlsFront(server.address, cwd, {mutual: true});
    profile = ['--config-file', 'mutual.toml', '--profile', 'cloud', '--task-queue', 'mutual'];
    await writeFile(
      join(cwd, 'mutual.toml'),
      `[profile.cloud]
address = "${mutual.address}"
api_key = "secret"
[profile.cloud.tls]
server_name = "temporal.example"
server_ca_cert_path = "authority.pem"
client_cert_path = "client.pem"
client_key_path = "client.key"
`,
    );
  });
  afterAll(() => mutual.close());
  beforeEach(() => void mutual.began());

  const withoutQueue = () => profile.slice(0, 4);

  function expectTls(least: number): void {
    const began = mutual.began();
    expect(began.length).toBeGreaterThanOrEqual(least);
    expect(new Set(began)).toEqual(new Set(['tls']));
  }

  it('run, attach and replay', async () => {
    const run = await durableTui(['run', ...profile, '--json', '--scenario', 'ptc'], {cwd});
    expect(jsonLines(run).at(-1)).toMatchObject({type: 'result', status: 'completed'});
    expectTls(2);
    const id = String(jsonLines(run)[0]?.workflowId);
    const attach = await durableTui(['attach', id, ...withoutQueue()], {cwd});
    expect(attach.stdout).toContain('✓ completed');
    expectTls(1);
    const replay = await durableTui(['replay', id, ...withoutQueue()], {cwd});
    expect(replay.stdout).toContain('this code does the same');
    expectTls(1);
  });

  it('worker', async () => {
    const worker = startCommand(['worker', ...profile], cwd);
    expect(await worker.line(({type}) => type === 'worker')).toMatchObject({address: mutual.address});
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(143);
    expectTls(1);
  });

  it('the app', async () => {
    const environment = {XDG_STATE_HOME: cwd, XDG_CONFIG_HOME: cwd};
    const app = openAppTerminal({args: [...profile, '--pace', '10'], cwd, environment});
    try {
      await app.see(mutual.address);
      await app.press('/scenario ptc', '\r');
      await app.see(/◆ agent-\w+ ✓ completed/);
      expectTls(2);
    } finally {
      app.kill('SIGTERM');
      await app.exit;
    }
  });
});
