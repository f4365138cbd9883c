import type {Effect} from './effect.ts';

/** Keeps a prompt for later sessions. */
export const remember: Effect<'remember'> = ({prompt}, {history}) => history.append(prompt);

/** Looks which files the tools have written. */
export const listSandbox: Effect<'listSandbox'> = async (_command, context) => {
  const files = await context.listSandbox();
  context.dispatch({
    type: 'sandboxListed',
    folder: context.sandbox,
    files: files.length > 0 ? files : ['no file yet'],
  });
};
