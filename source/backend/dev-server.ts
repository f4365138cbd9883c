import {CommandError} from '../errors.ts';
import type {BackendChoice} from './choose.ts';
import type {OpenBackend} from './open-backend.ts';
import {isInUse, requireFreePort} from './port.ts';

const standardPort = 7233;
const standardUiPort = 8233;

/**
 * Starts `temporal server start-dev` with Temporal Web. Without wishes it takes the standard ports, or others where
 * those are in use.
 *
 * @throws CommandError where a port that was asked for is in use, or the server does not start
 */
export async function openDevServer(choice: BackendChoice & {kind: 'dev-server'}): Promise<OpenBackend> {
  const {TestWorkflowEnvironment} = await import('@temporalio/testing');
  const port = await portFor(choice.port, standardPort, '--port');
  const uiPort = await portFor(choice.uiPort, standardUiPort, '--ui-port');
  // It is connected to with the library's own options: gRPC would ask a proxy for the way to this machine.
  process.env.no_grpc_proxy = '127.0.0.1';
  const environment = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: {type: 'existing-path', path: choice.executable},
      namespace: choice.namespace,
      ip: '127.0.0.1',
      ...(port !== undefined && {port}),
      ui: true,
      ...(uiPort !== undefined && {uiPort}),
      log: {format: 'pretty', level: 'error'},
    },
  }).catch((error: unknown) => {
    throw new CommandError(`${choice.executable} did not start a server: ${String(error)}`, {cause: error});
  });
  const address = environment.address;
  return {
    connection: {address, namespace: choice.namespace},
    webUrl: `http://localhost:${uiPort ?? Number(address.split(':')[1]) + 1000}`,
    close: () => environment.teardown(),
  };
}

/** The wished port, else the standard one; undefined, any, where that is in use or 0 was wished. */
async function portFor(
  wish: number | undefined,
  standard: number,
  flag: string,
): Promise<number | undefined> {
  if (wish === 0) return undefined;
  if (wish === undefined) return (await isInUse(standard)) ? undefined : standard;
  await requireFreePort(wish, flag);
  return wish;
}
