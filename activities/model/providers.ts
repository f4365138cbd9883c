import {ApplicationFailure} from '@temporalio/common';
import type {ModelDependencies} from './request.ts';
import {type ModelScript, scriptedProvider} from './scripted.ts';

/** Every model that a worker can ask. */
export function modelProviders(options: {
  scripts: ReadonlyMap<string, ModelScript>;
  /** Milliseconds by which the scripted model delays each answer. */
  pace: number;
}): ModelDependencies['providerOf'] {
  const scripted = scriptedProvider(options.scripts, options.pace);
  return (name) => {
    const [provider, model = ''] = name.split(':', 2);
    if (provider === 'scripted') return {provider: scripted, model};
    throw ApplicationFailure.nonRetryable(`There is no model "${name}".`, 'UnknownModel');
  };
}
