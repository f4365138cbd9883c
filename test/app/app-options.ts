import type {PassThrough, Writable} from 'node:stream';
import type {AppOptions} from '../../source/app/shell/run-app.tsx';
import {connectTo, type RecordedConnection, scenarios} from './recorded-connection.ts';

/** What the app needs to run on a recorded connection, a screen and a keyboard within the test's process. */
export function appOptions(
  connection: RecordedConnection,
  screen: Writable,
  keyboard: PassThrough,
): Omit<AppOptions, 'onInterrupt'> {
  return {
    connect: connectTo(connection),
    scenarios,
    sandbox: '.',
    listSandbox: async () => [],
    stdin: keyboard as unknown as NodeJS.ReadStream,
    stdout: screen as unknown as NodeJS.WriteStream,
    environment: {NO_HISTORY: '1'},
  };
}
