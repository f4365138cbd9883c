import {expect, it} from 'vitest';
import {readExistingServer} from '../../source/backend/existing-settings.ts';
import type {FlagValues} from '../../source/command-line/parse.ts';

const nowhere = {XDG_CONFIG_HOME: '/nonexistent', HOME: '/nonexistent'};

it.for<[flag: string, flags: Partial<FlagValues>]>([
  ['--api-key', {apiKey: 'secret'}],
  ['--tls', {tls: true}],
  ['--tls-ca-path', {tlsCaPath: 'ca.pem'}],
  ['--tls-server-name', {tlsServerName: 'cloud'}],
  ['--grpc-meta', {grpcMeta: ['a=b']}],
])('refuses %s without an address', async ([flag, flags]) => {
  const reading = readExistingServer(flags as FlagValues, nowhere);
  await expect(reading).rejects.toThrow(`${flag} is about a server that is there. Give its --address`);
});

it('takes none of them for a wish where none is given', async () => {
  expect(await readExistingServer({} as FlagValues, nowhere)).toBeUndefined();
});

it('turns TLS on for an API key', async () => {
  const flags = {address: 'cloud.example:7233', apiKey: 'secret'} as FlagValues;
  const found = await readExistingServer(flags, nowhere);
  expect(found).toEqual({
    connection: {address: 'cloud.example:7233', namespace: 'default', apiKey: 'secret', tls: true},
    from: '--address',
  });
});
