import {anthropicWire} from './anthropic.ts';
import {liveProvider, type ProviderWire} from './live-provider.ts';
import {toApplicationFailure} from './model-failure.ts';
import {type ModelKeys, requireModelAccess} from './model-keys.ts';
import type {LiveProviderName} from './model-name.ts';
import {chatWire} from './openai-chat.ts';
import {responsesWire} from './openai-responses.ts';
import type {ModelProvider} from './provider.ts';

/**
 * The providers that are asked over the network, by name. Cheap: an SDK is loaded by the first request to it. Where
 * a key is missing, the provider is there and each request fails with a `ModelAuthentication` that names the variable.
 */
export function createLiveProviders(keys: ModelKeys): Record<LiveProviderName, ModelProvider> {
  return {
    openai: provide(responsesWire, keys),
    'openai-chat': provide(chatWire, keys),
    anthropic: provide(anthropicWire, keys),
  };
}

function provide(wire: ProviderWire, keys: ModelKeys): ModelProvider {
  try {
    return liveProvider(wire, requireModelAccess(keys, wire.name));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'There is no key for this model.';
    return {
      async request() {
        throw toApplicationFailure({type: 'ModelAuthentication', message, retryable: false});
      },
    };
  }
}
