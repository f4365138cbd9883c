import type {ServerConnection} from './connection.ts';

/** What the user wishes, from flags, environment and Temporal's config file. */
export interface ServerWish {
  inProcess: boolean;
  /** An existing server, and where its address comes from. */
  existing?: {connection: ServerConnection; from: string};
  /** False with `--no-start-dev-server`, and for commands that make sense only on a server that is there. */
  mayStart: boolean;
  namespace: string;
  port?: number;
  uiPort?: number;
  uiUrl?: string;
}

/** What this machine has; looked up only as far as it is needed. */
export interface MachineFacts {
  /** Path of the `temporal` executable on PATH. */
  temporalExecutable(): Promise<string | undefined>;
  /** Whether a Temporal server answers at an address. */
  answers(address: string): Promise<boolean>;
}

/** Where runs go, and why; the status line says so. */
export type BackendChoice = {why: string} & (
  | {kind: 'embedded'; port?: number; namespace: string}
  | {kind: 'dev-server'; executable: string; port?: number; uiPort?: number; namespace: string}
  | {kind: 'existing'; connection: ServerConnection; webUrl?: string}
);

const defaultAddress = '127.0.0.1:7233';
const defaultWebUrl = 'http://localhost:8233';

/** The server that a command uses: the first row of the table that matches. */
export async function chooseBackend(wish: ServerWish, machine: MachineFacts): Promise<BackendChoice> {
  const {namespace, port, uiPort, existing} = wish;
  if (wish.inProcess) {
    return {kind: 'embedded', why: '--in-process', namespace, ...(port !== undefined && {port})};
  }
  if (existing) return existingServer(existing.connection, existing.from, wish);
  const standard = {address: defaultAddress, namespace};
  if (!wish.mayStart) return existingServer(standard, 'the default address', wish);
  const executable = await machine.temporalExecutable();
  if (executable === undefined) {
    return {kind: 'embedded', why: 'no temporal on PATH', namespace, ...(port !== undefined && {port})};
  }
  if (port === undefined && (await machine.answers(defaultAddress))) {
    return existingServer(standard, 'a dev server answers on 7233', {uiUrl: defaultWebUrl, ...wish});
  }
  return {
    kind: 'dev-server',
    why: 'temporal is on PATH',
    executable,
    namespace,
    ...(port !== undefined && {port}),
    ...(uiPort !== undefined && {uiPort}),
  };
}

function existingServer(
  connection: ServerConnection,
  why: string,
  {uiUrl}: Pick<ServerWish, 'uiUrl'>,
): BackendChoice {
  return {kind: 'existing', why, connection, ...(uiUrl !== undefined && {webUrl: uiUrl})};
}
