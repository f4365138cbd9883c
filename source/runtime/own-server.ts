import {CommandError} from '../errors.ts';
import type {Session} from '../session/session.ts';
import {patience} from './deadlines.ts';

/**
 * Notices that a server of our own is gone: nobody else starts it again.
 *
 * @returns rejects with a CommandError once the server has not answered for `patience.ownServer`; never resolves
 */
export function ownServerGone(session: Session): Promise<never> {
  const gone = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const giveUp = () => gone.reject(new CommandError('The server has ended.'));
  session.subscribe((update) => {
    if (update.type !== 'connection') return;
    clearTimeout(timer);
    if (update.state === 'lost') timer = setTimeout(giveUp, patience.ownServer).unref();
  });
  // Whoever waits sees it.
  gone.promise.catch(() => undefined);
  return gone.promise;
}
