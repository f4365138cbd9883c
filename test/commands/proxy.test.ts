import {once} from 'node:events';
import {rm} from 'node:fs/promises';
import {type AddressInfo, connect, createServer, type Server, type Socket} from 'node:net';
import {afterAll, beforeAll, beforeEach, expect, it} from 'vitest';
import {type EmbeddedServer, startEmbeddedServer} from '../../source/server/index.ts';
import {findTemporal} from '../server/find-temporal.ts';
import {durableTui, emptyFolder, jsonLines} from './command-line.ts';
import {startCommand} from './running-command.ts';

let cwd: string;
let server: EmbeddedServer;
let proxy: Server;
/** The names that the proxy was asked for. */
const asked: string[] = [];
const sockets = new Set<Socket>();

/** Leads every tunnel to the embedded server; refuses who asks for this machine. */
beforeAll(async () => {
  cwd = await emptyFolder();
  server = await startEmbeddedServer({namespaces: ['default']});
  proxy = createServer((socket) => {
    hold(socket);
    socket.once('data', (request: Buffer) => {
      const [, name = ''] = /^CONNECT (\S+)/.exec(request.toString('latin1')) ?? [];
      asked.push(name);
      if (name !== 'temporal.example:7233') return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const other = connect(Number(server.address.split(':')[1]), '127.0.0.1');
      hold(other);
      return socket.pipe(other).pipe(socket);
    });
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});

function hold(socket: Socket): void {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
}

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  proxy.close();
  await server.close();
  await rm(cwd, {recursive: true});
});

beforeEach(() => void asked.splice(0));

const url = () => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
const none = {no_proxy: '', NO_PROXY: '', no_grpc_proxy: ''};
const everyVariable = () =>
  Object.fromEntries(
    ['http_proxy', 'https_proxy', 'all_proxy', 'grpc_proxy'].flatMap((name) => [
      [name, url()],
      [name.toUpperCase(), url()],
    ]),
  );

it.each([
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'grpc_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'GRPC_PROXY',
])('%s has no part in a run on this machine', async (name) => {
  const environment = {...none, [name]: url()};
  const run = await durableTui(['--in-process', '-q', 'write a note'], {cwd, environment});
  expect(run).toEqual({code: 0, stdout: 'I wrote note.txt.\n', stderr: ''});
  expect(asked).toEqual([]);
});

it.skipIf(findTemporal() === undefined)('nor in one on the dev server that it starts', async () => {
  const environment = {...none, ...everyVariable()};
  const run = await durableTui(['-q', '--port', '0', '--ui-port', '0', 'write a note'], {cwd, environment});
  expect(run).toEqual({code: 0, stdout: 'I wrote note.txt.\n', stderr: ''});
  expect(asked).toEqual([]);
});

it.each(['localhost', '127.0.0.1'])('nor in worker and attach for %s', async (host) => {
  const environment = {...none, ...everyVariable()};
  const address = `${host}:${server.address.split(':')[1]}`;
  const worker = startCommand(['worker', '--address', address], cwd, environment);
  await worker.line(({type}) => type === 'worker');
  worker.child.kill('SIGTERM');
  await worker.ended;
  const attach = await durableTui(['attach', 'nobody', '--address', address], {cwd, environment});
  expect(attach.stderr).toContain('There is no workflow "nobody"');
  expect(asked).toEqual([]);
});

it('leads client and worker to a server elsewhere', async () => {
  const environment = {...none, https_proxy: url()};
  const run = await durableTui(
    ['--address', 'temporal.example:7233', '--task-queue', 'q', '--json', 'write a note'],
    {cwd, environment},
  );
  expect(jsonLines(run).at(-1)).toMatchObject({type: 'result', status: 'completed'});
  expect(asked.length).toBeGreaterThanOrEqual(2);
});

it.each([
  ['a proxy that refuses', () => url(), 'refuser.example:7233'],
  ['a proxy of a kind that gRPC does not know', () => 'socks5://127.0.0.1:1', '127.0.0.1:1'],
  ['a proxy that is no address', () => 'nonsense', '127.0.0.1:1'],
])('says nothing of its own about %s', async (title, proxyUrl, address) => {
  const environment = {...none, http_proxy: proxyUrl(), GRPC_VERBOSITY: 'DEBUG', GRPC_TRACE: 'all'};
  const {stdout, stderr, code} = await durableTui(['attach', 'nobody', '--address', address], {
    cwd,
    environment,
  });
  expect(stderr).toMatch(/^durable-tui: No Temporal server answers at [^\n]*\n$/);
  if (title === 'a proxy that refuses') expect(stderr).toContain('through the proxy 127.0.0.1:');
  expect({stdout, code}).toEqual({stdout: '', code: 1});
});
