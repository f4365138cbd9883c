import type {BackendChoice} from './choose.ts';
import type {OpenBackend} from './open-backend.ts';

/** Opens the server that was chosen. Each kind's code is loaded only where it is used. */
export async function openBackend(choice: BackendChoice): Promise<OpenBackend> {
  switch (choice.kind) {
    case 'embedded':
      return (await import('./embedded.ts')).openEmbedded(choice);
    case 'dev-server':
      return (await import('./dev-server.ts')).openDevServer(choice);
    case 'existing':
      return (await import('./existing.ts')).openExisting(choice);
  }
}
