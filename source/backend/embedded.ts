import {startEmbeddedServer} from '../server/index.ts';
import type {BackendChoice} from './choose.ts';
import type {OpenBackend} from './open-backend.ts';
import {requireFreePort} from './port.ts';

/** Starts the embedded server in this process. */
export async function openEmbedded(choice: BackendChoice & {kind: 'embedded'}): Promise<OpenBackend> {
  const {port, namespace} = choice;
  if (port !== undefined) await requireFreePort(port, '--port');
  const server = await startEmbeddedServer({namespaces: [namespace], ...(port !== undefined && {port})});
  return {connection: {address: server.address, namespace}, close: () => server.close()};
}
