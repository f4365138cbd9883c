import {Script} from 'node:vm';
import {Worker} from 'node:worker_threads';
import {withoutFences} from '../../workflows/protocol/program-text.ts';

// On the line of the source's first character, so that lines hold; the async function lets `await` and `return` pass.
const opening = 'async () => {';
const closing = '\n}';

/** Longer sources go on as they are: the interpreter refuses them anyway. */
const longestSource = 256 * 1024;

/** Milliseconds; thousands of times what a program takes. */
const longestWait = 10_000;

/**
 * Node's stripper runs in a thread of its own: brackets nested a thousand deep break its WebAssembly memory, and
 * then it fails for everything else in its thread for good.
 */
const stripper = `
  const {parentPort, workerData} = require('node:worker_threads');
  const {stripTypeScriptTypes} = require('node:module');
  parentPort.postMessage(stripTypeScriptTypes(workerData, {mode: 'strip'}));
`;

/**
 * Blanks the TypeScript annotations that models like to write. Every other character keeps its line and column, so
 * that messages about the program stay right.
 *
 * @param source a program: statements with top-level `await` and `return`
 * @returns the source unchanged where it is JavaScript already, or where its types cannot be taken out (an `enum`,
 * a syntax error): the interpreter then says what is wrong
 */
export async function stripTypes(source: string): Promise<string> {
  if (source.length > longestSource) return source;
  const code = withoutFences(source);
  const program = opening + code + closing;
  // `f<a>(b)` means something else in TypeScript, so what parses as JavaScript is left alone.
  if (isJavaScript(program)) return source;
  const stripped = await stripInThread(program);
  if (!stripped?.startsWith(opening) || !stripped.endsWith(closing)) return source;
  return stripped.slice(opening.length, -closing.length);
}

/** Parses only; nothing runs. */
function isJavaScript(program: string): boolean {
  try {
    new Script(program);
    return true;
  } catch {
    return false;
  }
}

/** Undefined where the stripper fails. Its standard error is not shown: Node calls the function experimental there. */
async function stripInThread(program: string): Promise<string | undefined> {
  const thread = new Worker(stripper, {eval: true, workerData: program, stderr: true, env: {}, execArgv: []});
  const deadline = setTimeout(() => thread.terminate(), longestWait);
  try {
    return await new Promise<string | undefined>((resolve) => {
      thread.once('message', resolve);
      thread.once('error', () => resolve(undefined));
      thread.once('exit', () => resolve(undefined));
    });
  } finally {
    clearTimeout(deadline);
    await thread.terminate();
  }
}
