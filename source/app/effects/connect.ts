import {setTimeout as sleep} from 'node:timers/promises';
import {type Connection, ConnectRefused} from '../../runtime/connection.ts';
import {type Effect, type EffectContext, messageOf} from './effect.ts';

/** Starts everything, after a while where that has failed before, in place of a connection that there was. */
export const connect: Effect<'connect'> = async ({delay}, context) => {
  const {connection, dispatch, now} = context;
  await sleep(delay, undefined, {signal: connection.closing});
  await connection.drop();
  const opened = await open(context);
  if (!opened) return;
  await connection.hold(opened);
  if (!connection.closing.aborted) dispatch({type: 'connected', facts: opened.facts, now: now()});
};

/** Starts everything and listens; undefined where that failed, which a message says. */
async function open({
  connect,
  connection,
  dispatch,
  now,
  fail,
}: EffectContext): Promise<Connection | undefined> {
  try {
    const opened = await connect((step) => dispatch({type: 'step', step, now: now()}));
    const unsubscribe = opened.session.subscribe((updates) =>
      dispatch({type: 'updates', updates, now: now()}),
    );
    void opened.lost.then((text) => {
      unsubscribe();
      if (!connection.closing.aborted) dispatch({type: 'lost', text});
    });
    return opened;
  } catch (error) {
    if (error instanceof ConnectRefused) fail(error);
    else dispatch({type: 'connectFailed', text: messageOf(error)});
    return undefined;
  }
}
