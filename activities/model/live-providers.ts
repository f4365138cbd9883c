import {anthropicProvider} from './anthropic.ts';
import {toApplicationFailure} from './model-failure.ts';
import {type ModelAccess, type ModelKeys, requireModelAccess} from './model-keys.ts';
import type {LiveProviderName} from './model-name.ts';
import {openaiChatProvider} from './openai-chat.ts';
import {openaiResponsesProvider} from './openai-responses.ts';
import type {ModelProvider} from './provider.ts';

const makers: Record<LiveProviderName, (access: ModelAccess) => ModelProvider> = {
  openai: openaiResponsesProvider,
  'openai-chat': openaiChatProvider,
  anthropic: anthropicProvider,
};

/**
 * The providers that are asked over the network, by name. Cheap: an SDK is loaded by the first request to it. Where
 * a key is missing, the provider is there and each request fails with a `ModelAuthentication` that names the variable.
 */
export function createLiveProviders(keys: ModelKeys): Record<LiveProviderName, ModelProvider> {
  return {
    openai: provide('openai', keys),
    'openai-chat': provide('openai-chat', keys),
    anthropic: provide('anthropic', keys),
  };
}

function provide(name: LiveProviderName, keys: ModelKeys): ModelProvider {
  try {
    return makers[name](requireModelAccess(keys, name));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'There is no key for this model.';
    return {
      async request() {
        throw toApplicationFailure({type: 'ModelAuthentication', message, retryable: false});
      },
    };
  }
}
