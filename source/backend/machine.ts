import {constants} from 'node:fs';
import {access} from 'node:fs/promises';
import {connect} from 'node:net';
import {delimiter, join} from 'node:path';
import {hostAndPort} from './address.ts';
import type {MachineFacts} from './choose.ts';

/** The facts of the machine that we run on. */
export function machineFacts(environment: NodeJS.ProcessEnv): MachineFacts {
  return {
    temporalExecutable: () => findExecutable('temporal', environment.PATH ?? ''),
    answers: (address) => acceptsConnections(address),
  };
}

async function findExecutable(name: string, path: string): Promise<string | undefined> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, name + suffix);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whether something listens at an address; whether it is Temporal shows when we connect. */
export function acceptsConnections(address: string, timeout = 500): Promise<boolean> {
  const socket = connect({...hostAndPort(address), timeout});
  return new Promise((resolve) => {
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('timeout', () => settle(false));
  });
}
