import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import {closest} from '../../activities/closest.ts';
import {
  ModelKeyError,
  type ModelKeys,
  readModelKeys,
  requireModelAccess,
} from '../../activities/model/model-keys.ts';
import {parseModelName} from '../../activities/model/model-name.ts';
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
    if (provider === 'scripted') return;
    if (isBare(name)) refuseMistyped(name);
    requireModelAccess(keys, provider);
  } catch (error) {
    const {message} = error as Error;
    const words =
      error instanceof ModelKeyError
        ? `The model ${name} needs a key: ${message} ${takenFor(name)}${keyless}`
        : message;
    throw new AgentDefinitionError(words, {cause: error});
  }
}

/** A bare name is somebody's live model, so a slip in the one that is offline would ask a provider for it. */
function refuseMistyped(name: string): void {
  if (closest(name, ['scripted'], 2) === undefined) return;
  throw new AgentDefinitionError(
    `There is no model "${name}". Did you mean scripted? A live model of that name is openai:${name}.`,
  );
}

function isBare(name: string): boolean {
  return !name.includes(':');
}

/** Which provider a bare name was taken to mean, and how to mean the other. */
function takenFor(name: string): string {
  if (!isBare(name)) return '';
  const {provider} = parseModelName(name);
  const other = provider === 'openai' ? 'anthropic' : 'openai';
  return `It is taken for ${provider}:${name}; the other provider’s would be ${other}:${name}. `;
}

function readDotEnv(folder: string): string {
  try {
    return readFileSync(join(folder, '.env'), 'utf8');
  } catch {
    // Most folders have none.
    return '';
  }
}
