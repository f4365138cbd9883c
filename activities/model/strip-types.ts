import {stripTypeScriptTypes} from 'node:module';
import {Script} from 'node:vm';

// On the line of the source's first character, so that lines hold; the async function lets `await` and `return` pass.
const opening = 'async () => {';
const closing = '\n}';

/** Longer sources go on as they are: the interpreter refuses them anyway. */
const longestSource = 256 * 1024;

/**
 * Blanks the TypeScript annotations that models like to write. Every other character keeps its line and column, so
 * that messages about the program stay right.
 *
 * @param source a program: statements with top-level `await` and `return`
 * @returns the source unchanged where it is JavaScript already, or where its types cannot be taken out (an `enum`,
 * a syntax error): the interpreter then says what is wrong
 */
export function stripTypes(source: string): string {
  if (source.length > longestSource) return source;
  const program = opening + source + closing;
  // `f<a>(b)` means something else in TypeScript, so what parses as JavaScript is left alone.
  if (isJavaScript(program)) return source;
  const stripped = quietly(() => strippedOrUndefined(program));
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

function strippedOrUndefined(program: string): string | undefined {
  try {
    return stripTypeScriptTypes(program, {mode: 'strip'});
  } catch {
    return undefined;
  }
}

/** Node warns once that the function is experimental, in the middle of the screen of a person who can't help it. */
function quietly<T>(run: () => T): T {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return run();
  } finally {
    process.emitWarning = emitWarning;
  }
}
