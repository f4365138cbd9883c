import {createLiveProviders} from './live-providers.ts';
import {toApplicationFailure} from './model-failure.ts';
import type {ModelKeys} from './model-keys.ts';
import {type ModelName, parseModelName} from './model-name.ts';
import type {ModelDependencies} from './request.ts';
import {type ModelScript, scriptedProvider} from './scripted.ts';

/** Every model that a worker can ask. */
export function modelProviders(options: {
  scripts: ReadonlyMap<string, ModelScript>;
  /** Milliseconds by which the scripted model delays each answer. */
  pace: number;
  keys: ModelKeys;
}): ModelDependencies['providerOf'] {
  const providers = {
    ...createLiveProviders(options.keys),
    scripted: scriptedProvider(options.scripts, options.pace),
  };
  return (name) => {
    const {provider, model} = parsed(name);
    return {provider: providers[provider], model};
  };
}

/** A name that nothing answers to fails the step at once: another attempt finds the same name. */
function parsed(name: string): ModelName {
  try {
    return parseModelName(name);
  } catch (error) {
    throw toApplicationFailure({type: 'ModelNotFound', message: (error as Error).message, retryable: false});
  }
}
