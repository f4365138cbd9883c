import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import {checkCapability} from '../../activities/check-capability.ts';
import type {Capability} from '../../activities/define.ts';
import type {AgentDefinition} from './define-agent.ts';
import {importModule} from './import-module.ts';
import {createManifest} from './manifest.ts';

/**
 * Loads an author's agent: the default export of a JavaScript or TypeScript module.
 *
 * @throws AgentDefinitionError where the file cannot be read, does not load or exports something else
 */
export async function loadAgent(path: string): Promise<AgentDefinition> {
  const agent = defaultOf(await importModule(path));
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
  const module = await importModule(path);
  // What CommonJS exports may not be told apart by name.
  const exported = [...Object.values(module), ...Object.values(module.default ?? {})];
  const capabilities = exported.filter(isCapability);
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

/** TypeScript compiles a default export for CommonJS to one inside of the default export. */
function defaultOf({default: exported}: Record<string, unknown>): unknown {
  const {default: inner} = (exported ?? {}) as {default?: unknown};
  return inner ?? exported;
}

function isCapability(value: unknown): value is Capability {
  if (typeof value !== 'object' || value === null) return false;
  const {name, tools} = value as Partial<Capability>;
  return typeof name === 'string' && typeof tools === 'object' && tools !== null;
}
