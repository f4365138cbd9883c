import type OpenAI from 'openai';
import type {ModelAccess} from './model-keys.ts';
import {withoutVariable} from './without-variable.ts';

/** Where OpenAI itself answers. */
export const openaiHome = {service: 'OpenAI', baseURL: 'https://api.openai.com/v1'};

/**
 * Loads OpenAI's SDK and makes a client. Of what the SDK would take from the environment by itself, it gets nothing:
 * a key's headers must not go to another address. Temporal does the retries.
 */
export async function connectOpenAI(
  {apiKey, baseURL = openaiHome.baseURL}: ModelAccess,
  fetch?: typeof globalThis.fetch,
): Promise<OpenAI> {
  const {default: Client} = await import('openai');
  const given = {apiKey, baseURL, maxRetries: 0, logLevel: 'off', ...(fetch && {fetch})} as const;
  const notGiven = {adminAPIKey: null, organization: null, project: null, webhookSecret: null} as const;
  return withoutVariable('OPENAI_CUSTOM_HEADERS', () => new Client({...given, ...notGiven}));
}

/** The server-sent events of a response, as OpenAI's SDK decodes them. */
export async function* openaiEvents(response: Response, controller: AbortController) {
  const {_iterSSEMessages} = await import('openai/core/streaming');
  yield* _iterSSEMessages(response, controller);
}
