import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {
  ModelKeyError,
  type ModelKeys,
  readModelKeys,
  requireModelAccess,
} from '../../activities/model/model-keys.ts';
import {parseModelName} from '../../activities/model/model-name.ts';
import {AgentDefinitionError} from './agent-definition-error.ts';
import type {AgentDefinition} from './define-agent.ts';

const keyless = 'Offline, --model scripted needs none.';

/** Keys from the environment or from `.env` in a folder; the environment wins. */
export function modelKeysIn(folder: string, environment: NodeJS.ProcessEnv): ModelKeys {
  return readModelKeys(environment, readDotEnv(folder));
}

/**
 * Says before anything starts what would stop the agent's models.
 *
 * @throws AgentDefinitionError for an unknown model or a missing key, naming its variable
 */
export function checkModels({model, agents = {}}: AgentDefinition, keys: ModelKeys): void {
  for (const name of new Set([model, ...Object.values(agents).map((agent) => agent.model)])) {
    if (name !== undefined) checkModel(name, keys);
  }
}

function checkModel(name: string, keys: ModelKeys): void {
  try {
    const {provider} = parseModelName(name);
    if (provider !== 'scripted') requireModelAccess(keys, provider);
  } catch (error) {
    const {message} = error as Error;
    const words =
      error instanceof ModelKeyError ? `The model ${name} needs a key: ${message} ${keyless}` : message;
    throw new AgentDefinitionError(words, {cause: error});
  }
}

function readDotEnv(folder: string): string {
  try {
    return readFileSync(join(folder, '.env'), 'utf8');
  } catch {
    // Most folders have none.
    return '';
  }
}
