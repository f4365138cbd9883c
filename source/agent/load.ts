import {access, readFile} from 'node:fs/promises';
import {createRequire, registerHooks} from 'node:module';
import {relative, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import {checkCapability} from '../../activities/check-capability.ts';
import type {Capability} from '../../activities/define.ts';
import type {AgentDefinition} from './define-agent.ts';
import {failurePlace} from './failure-place.ts';
import {createManifest} from './manifest.ts';

/**
 * Loads an author's agent: the default export of a JavaScript or TypeScript module.
 *
 * @throws AgentDefinitionError where the file cannot be read, does not load or exports something else
 */
export async function loadAgent(path: string): Promise<AgentDefinition> {
  const {default: agent} = await importModule(path);
  if (typeof agent !== 'object' || agent === null)
    throw new AgentDefinitionError(`${path} has no agent: export one by default, made with defineAgent.`);
  // One that was not made with defineAgent is checked all the same.
  return checked(path, agent as AgentDefinition, createManifest);
}

/**
 * Loads an author's capabilities: every export of a module that is one.
 *
 * @throws AgentDefinitionError as `loadAgent` does
 */
export async function loadCapabilities(path: string): Promise<Capability[]> {
  const capabilities = Object.values(await importModule(path)).filter(isCapability);
  if (capabilities.length > 0)
    return [...new Set(capabilities)].map((each) => checked(path, each, checkCapability));
  throw new AgentDefinitionError(`${path} has no capability: export one that is made with defineCapability.`);
}

/** The same again, or a failure that names the module. */
function checked<Definition>(
  path: string,
  definition: Definition,
  check: (definition: Definition) => unknown,
): Definition {
  try {
    check(definition);
    return definition;
  } catch (error) {
    if (!(error instanceof AgentDefinitionError)) throw error;
    throw new AgentDefinitionError(`${path}: ${error.message}`, {cause: error});
  }
}

async function importModule(path: string): Promise<Record<string, unknown>> {
  const absolute = resolve(path);
  try {
    await access(absolute);
  } catch {
    throw new AgentDefinitionError(`${path} cannot be read. Check the path.`);
  }
  const hooks = registerHooks({resolve: resolveToOurCopies});
  try {
    return await import(pathToFileURL(absolute).href);
  } catch (error) {
    const place = (await placeOf(error, absolute)) ?? '';
    throw new AgentDefinitionError(`${path} does not load: ${reasonOf(error)}${place && ` (${place})`}`, {
      cause: error,
    });
  } finally {
    hooks.deregister();
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] as string;
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

const ourRequire = createRequire(import.meta.url);

/** An author's folder needs no `node_modules`: `durable-tui` and `zod` fall back to our own copies. */
const resolveToOurCopies: Parameters<typeof registerHooks>[0]['resolve'] = (
  specifier,
  context,
  nextResolve,
) => {
  try {
    return nextResolve(specifier, context);
  } catch (error) {
    if (specifier === 'durable-tui')
      return nextResolve(new URL('../index.js', import.meta.url).href, context);
    if (/^zod(\/|$)/.test(specifier))
      return nextResolve(pathToFileURL(ourRequire.resolve(specifier)).href, context);
    throw error;
  }
};

function isCapability(value: unknown): value is Capability {
  if (typeof value !== 'object' || value === null) return false;
  const {name, tools} = value as Partial<Capability>;
  return typeof name === 'string' && typeof tools === 'object' && tools !== null;
}
