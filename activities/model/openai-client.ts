import type OpenAI from 'openai';
import type {ModelAccess} from './model-keys.ts';

/** Where OpenAI itself answers. */
export const openaiHome = {service: 'OpenAI', baseURL: 'https://api.openai.com/v1'};

/**
 * Loads OpenAI's SDK and makes a client. Everything that the SDK would take from the environment by itself is given
 * here. Temporal does the retries.
 */
export async function connectOpenAI({apiKey, baseURL = openaiHome.baseURL}: ModelAccess): Promise<OpenAI> {
  const {default: Client} = await import('openai');
  return new Client({apiKey, baseURL, adminAPIKey: null, maxRetries: 0, logLevel: 'off'});
}
