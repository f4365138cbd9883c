import {describe, expect, it} from 'vitest';
import {chooseBackend, type MachineFacts, type ServerWish} from '../../source/backend/choose.ts';

const bare: MachineFacts = {temporalExecutable: async () => undefined, answers: async () => false};
const withTemporal: MachineFacts = {...bare, temporalExecutable: async () => '/bin/temporal'};
const withDevServer: MachineFacts = {...withTemporal, answers: async () => true};
const existing = {connection: {address: 'example.org:7233', namespace: 'n'}, from: '--address'};
const wish: ServerWish = {inProcess: false, mayStart: true, namespace: 'default'};

describe('chooseBackend: the first row that matches', () => {
  it.each<[string, Partial<ServerWish>, MachineFacts, object]>([
    ['--in-process', {inProcess: true, existing}, withDevServer, {kind: 'embedded', why: '--in-process'}],
    [
      '--address',
      {existing},
      withDevServer,
      {kind: 'existing', why: '--address', connection: existing.connection},
    ],
    [
      '--no-start-dev-server',
      {mayStart: false},
      withTemporal,
      {kind: 'existing', connection: {address: '127.0.0.1:7233'}},
    ],
    ['a dev server answers', {}, withDevServer, {kind: 'existing', webUrl: 'http://localhost:8233'}],
    [
      'its Temporal Web is elsewhere',
      {uiUrl: 'http://x'},
      withDevServer,
      {kind: 'existing', webUrl: 'http://x'},
    ],
    ['temporal on PATH', {}, withTemporal, {kind: 'dev-server', executable: '/bin/temporal'}],
    ['--port: a server of our own', {port: 9}, withDevServer, {kind: 'dev-server', port: 9}],
    ['nothing', {}, bare, {kind: 'embedded', why: 'no temporal on PATH'}],
  ])('%s', async (_, more, machine, expected) => {
    expect(await chooseBackend({...wish, ...more}, machine)).toMatchObject(expected);
  });
});
