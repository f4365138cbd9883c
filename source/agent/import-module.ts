import {access, readFile} from 'node:fs/promises';
import {registerHooks} from 'node:module';
import {relative, resolve} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {pathToFileURL} from 'node:url';
import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import {firstLine} from '../../workflows/protocol/first-line.ts';
import {failurePlace} from './failure-place.ts';
import {resolveForAuthors} from './resolve-for-authors.ts';

/** Milliseconds that a module has to load: what it awaits at its top level may be a slow network. */
const loadTime = 20_000;

/**
 * Imports an author's module, of any kind that Node has.
 *
 * @param path relative to the working directory
 * @returns what it exports
 * @throws AgentDefinitionError where the file cannot be read, does not load, or is not loaded within 20 seconds
 */
export async function importModule(path: string): Promise<Record<string, unknown>> {
  const absolute = resolve(path);
  try {
    await access(absolute);
  } catch {
    throw new AgentDefinitionError(`${path} cannot be read. Check the path.`);
  }
  const hooks = registerHooks({resolve: resolveForAuthors});
  const loaded = new AbortController();
  try {
    return await Promise.race([import(pathToFileURL(absolute).href), neverSettles(path, loaded.signal)]);
  } catch (error) {
    if (error instanceof Unsettled) throw error;
    const place = (await placeOf(error, absolute)) ?? '';
    throw new AgentDefinitionError(`${path} does not load: ${firstLine(error)}${place && ` (${place})`}`, {
      cause: error,
    });
  } finally {
    loaded.abort();
    hooks.deregister();
  }
}

class Unsettled extends AgentDefinitionError {}

/** Its timer also keeps a process alive that has nothing else to wait for: Node would end it without a word. */
async function neverSettles(path: string, loaded: AbortSignal): Promise<never> {
  await delay(loadTime, undefined, {signal: loaded});
  throw new Unsettled(
    `${path} does not load: it has not settled within ${loadTime / 1000} s. Does it await something at its top level that never comes?`,
  );
}

/** V8 keeps to itself where a JavaScript module does not parse, so it is parsed once more. */
async function placeOf(error: unknown, path: string): Promise<string | undefined> {
  if (!(error instanceof Error)) return undefined;
  const place = failurePlace(String(error.stack));
  if (place !== undefined || !(error instanceof SyntaxError)) return place;
  const line = await syntaxErrorLine(await readFile(path, 'utf8'));
  return line === undefined ? undefined : `${relative(process.cwd(), path)}:${line}`;
}

async function syntaxErrorLine(source: string): Promise<number | undefined> {
  const {parseModule} = await import('meriyah');
  try {
    parseModule(source, {next: true});
    return undefined;
  } catch (error) {
    return (error as {loc?: {start: {line: number}}}).loc?.start.line;
  }
}
