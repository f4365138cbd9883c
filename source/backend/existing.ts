import type {BackendChoice} from './choose.ts';
import type {OpenBackend} from './open-backend.ts';

/** A server that is there already: there is nothing to open, and nothing of ours to close. */
export async function openExisting(choice: BackendChoice & {kind: 'existing'}): Promise<OpenBackend> {
  const {connection, webUrl} = choice;
  return {connection, ...(webUrl !== undefined && {webUrl}), close: async () => {}};
}
