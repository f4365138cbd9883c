import {TestWorkflowEnvironment} from '@temporalio/testing';

/**
 * Starts the real server, with nothing in it.
 *
 * @param path the `temporal` program
 */
export async function startRealServer(path: string): Promise<{address: string; close(): Promise<void>}> {
  const environment = await TestWorkflowEnvironment.createLocal({
    server: {executable: {type: 'existing-path', path}, log: {format: 'json', level: 'never'}},
  });
  return {address: environment.address, close: () => environment.teardown()};
}
