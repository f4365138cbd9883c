/** Providers that are asked over the network. */
export type LiveProviderName = 'openai' | 'openai-chat' | 'anthropic';

/** A model's name taken apart. */
export interface ModelName {
  provider: 'scripted' | LiveProviderName;
  /** As the provider knows it, e.g. `gpt-5.5`; for `scripted` the scenario, empty where none is named. */
  model: string;
}

/** A model name that nothing answers to; the message is one line for people. */
export class ModelNameError extends Error {
  override name = 'ModelNameError';
}

const providers: readonly ModelName['provider'][] = ['scripted', 'openai', 'openai-chat', 'anthropic'];
const known = 'openai:<model>, openai-chat:<model>, anthropic:<model>, scripted[:<scenario>]';

/**
 * Chooses a provider by a model's name: a known prefix and a colon, else `claude*` is Anthropic's and every other
 * bare name is OpenAI's.
 *
 * @throws ModelNameError for an unknown prefix, an empty name, or characters that no model name has
 */
export function parseModelName(name: string): ModelName {
  if (!/^[\x21-\x7e]{1,200}$/.test(name)) {
    throw new ModelNameError(
      'A model name has 1 to 200 visible ASCII characters, such as gpt-5.5 or claude-opus-5.',
    );
  }
  const colon = name.indexOf(':');
  if (colon < 0) return bareName(name);
  const prefix = name.slice(0, colon);
  const provider = providers.find((candidate) => candidate === prefix);
  if (!provider) {
    throw new ModelNameError(`Unknown model prefix "${prefix}" in "${name}"; known are ${known}.`);
  }
  const model = name.slice(colon + 1);
  if (!model) throw new ModelNameError(`No model after "${name}"; known are ${known}.`);
  return {provider, model};
}

function bareName(name: string): ModelName {
  if (name === 'scripted') return {provider: 'scripted', model: ''};
  return {provider: /^claude/i.test(name) ? 'anthropic' : 'openai', model: name};
}
