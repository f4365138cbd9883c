import {type Effect, messageOf} from './effect.ts';

/** Runs that the list asks for. */
const listed = 200;

/** Starts a run. */
export const start: Effect<'start'> = async ({id, request}, {connection, dispatch, now}) => {
  try {
    const run = await connection.get().session.start(request);
    dispatch({type: 'started', id, run, now: now()});
  } catch (error) {
    dispatch({type: 'startFailed', id, text: messageOf(error)});
  }
};

/** Follows a run that exists. */
export const attach: Effect<'attach'> = async ({workflowId}, {connection, dispatch}) => {
  try {
    dispatch({type: 'attached', run: await connection.get().session.attach(workflowId)});
  } catch (error) {
    dispatch({type: 'attachFailed', workflowId, text: messageOf(error)});
  }
};

/** Asks the server to cancel a run or a subagent. */
export const cancel: Effect<'cancel'> = async ({workflowId}, {connection}) => {
  await connection.get().session.cancel(workflowId);
};

/** Reads which runs the server knows. */
export const list: Effect<'list'> = async (_command, {connection, dispatch, now}) => {
  dispatch({type: 'listed', runs: await connection.get().session.list(listed), now: now()});
};

/** Writes histories to files. */
export const save: Effect<'save'> = async ({workflowIds}, {connection, dispatch}) => {
  const files = await connection.get().saveHistories(workflowIds);
  dispatch({type: 'told', text: `wrote ${files.join(', ')}`});
};
