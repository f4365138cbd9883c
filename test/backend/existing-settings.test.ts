import {expect, it} from 'vitest';
import {readServerSettings} from '../../source/backend/existing-settings.ts';
import {parseCommandLine} from '../../source/command-line/parse.ts';

const nowhere = {XDG_CONFIG_HOME: '/nonexistent', HOME: '/nonexistent'};

it.for<[flag: string, ...value: string[]]>([
  ['--api-key', 'secret'],
  ['--tls'],
  ['--tls-ca-path', 'ca.pem'],
  ['--tls-server-name', 'cloud'],
  ['--grpc-meta', 'a=b'],
])('refuses %s without an address', async ([flag, ...value]) => {
  const reading = readServerSettings(flagsOf(flag, ...value), nowhere);
  await expect(reading).rejects.toThrow(`${flag} is about a server that is there. Give its --address`);
});

it('takes none of them for a wish where none is given', async () => {
  expect(await readServerSettings(flagsOf(), nowhere)).toEqual({});
});

it.for<[variable: string, environment: NodeJS.ProcessEnv]>([
  ['TEMPORAL_API_KEY', {TEMPORAL_API_KEY: 'secret'}],
  ['TEMPORAL_TLS', {TEMPORAL_TLS: '1'}],
])('refuses %s without an address', async ([variable, environment]) => {
  const reading = readServerSettings(flagsOf(), {...nowhere, ...environment});
  await expect(reading).rejects.toThrow(`${variable} (or `);
});

it('keeps the namespace of the environment where there is no address', async () => {
  const environment = {...nowhere, TEMPORAL_NAMESPACE: 'mine', TEMPORAL_ADDRESS: ''};
  expect(await readServerSettings(flagsOf(), environment)).toEqual({namespace: 'mine'});
});

it('merges each TLS flag into what the profile says', async () => {
  const environment = {...nowhere, TEMPORAL_TLS_SERVER_NAME: 'a', TEMPORAL_GRPC_META_A_B_C: 'x'};
  const flags = flagsOf('--address', 'cloud.example:7233', '--tls', '--grpc-meta', 'D=y');
  const {existing} = await readServerSettings(flags, environment);
  expect(existing?.connection).toMatchObject({
    tls: {serverNameOverride: 'a'},
    metadata: {'a-b-c': 'x', d: 'y'},
  });
});

it.for(['yes', 'on', 'TLS'])('takes TEMPORAL_TLS=%s for no word at all', async (word) => {
  const reading = readServerSettings(flagsOf(), {...nowhere, TEMPORAL_TLS: word});
  await expect(reading).rejects.toThrow('TEMPORAL_TLS takes true, false, 1 or 0.');
});

it.for(['localhost', '127.0.0.1:99999', '127.0.0.1:0', 'http://a:1', '::1:7233'])(
  'refuses the address %s',
  async (address) => {
    const reading = readServerSettings(flagsOf('--address', address), nowhere);
    await expect(reading).rejects.toThrow(`"${address}" is not an address`);
  },
);

it('takes an address in brackets', async () => {
  const {existing} = await readServerSettings(flagsOf('--address', '[::1]:7233'), nowhere);
  expect(existing?.connection.address).toBe('[::1]:7233');
});

it('turns TLS on for an API key', async () => {
  const flags = flagsOf('--address', 'cloud.example:7233', '--api-key', 'secret');
  const found = await readServerSettings(flags, nowhere);
  expect(found).toEqual({
    namespace: 'default',
    existing: {
      connection: {address: 'cloud.example:7233', namespace: 'default', apiKey: 'secret', tls: true},
      from: '--address',
    },
  });
});

/** What a command line says. */
function flagsOf(...argv: readonly string[]) {
  return parseCommandLine(argv).flags;
}
