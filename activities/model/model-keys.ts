import {parseEnv} from 'node:util';
import type {LiveProviderName} from './model-name.ts';

/** How a provider is reached. */
export interface ModelAccess {
  apiKey: string;
  /** The provider's own address where absent. */
  baseURL?: string;
}

/** Access to each vendor, or one line that says why there is none. */
export type ModelKeys = Record<Vendor, ModelAccess | {problem: string}>;

type Vendor = 'openai' | 'anthropic';
type Variables = Readonly<Record<string, string | undefined>>;

/** A key that is missing or unusable; the message is one line for people and never has the key in it. */
export class ModelKeyError extends Error {
  override name = 'ModelKeyError';
}

/** The environment variables that each vendor's own SDK knows. */
export const modelVariables = {
  openai: {apiKey: 'OPENAI_API_KEY', baseURL: 'OPENAI_BASE_URL'},
  anthropic: {apiKey: 'ANTHROPIC_API_KEY', baseURL: 'ANTHROPIC_BASE_URL'},
} as const satisfies Record<Vendor, {apiKey: string; baseURL: string}>;

/**
 * Reads keys and addresses. The environment wins over `.env`. A base URL from `.env` counts only together with a
 * key from `.env`: otherwise a file in a folder that someone else made could have the person's key sent anywhere.
 *
 * @param env the process environment
 * @param dotEnvText content of the working directory's `.env`; empty where there is none
 */
export function readModelKeys(env: Variables, dotEnvText = ''): ModelKeys {
  const file = parseEnv(dotEnvText);
  return {openai: readAccess('openai', env, file), anthropic: readAccess('anthropic', env, file)};
}

/**
 * The access of a live provider; call it before anything starts, so that a missing key is said at once.
 *
 * @throws ModelKeyError naming the variable to set
 */
export function requireModelAccess(keys: ModelKeys, provider: LiveProviderName): ModelAccess {
  const access = keys[vendorOf(provider)];
  if ('problem' in access) throw new ModelKeyError(access.problem);
  return access;
}

/** The company whose key and address a provider uses. */
export function vendorOf(provider: LiveProviderName): Vendor {
  return provider === 'anthropic' ? 'anthropic' : 'openai';
}

function readAccess(vendor: Vendor, env: Variables, file: Variables): ModelAccess | {problem: string} {
  const names = modelVariables[vendor];
  const apiKey = env[names.apiKey] || file[names.apiKey];
  const baseURL = env[names.baseURL] || (env[names.apiKey] ? undefined : file[names.baseURL]);
  const problem = keyProblem(names.apiKey, apiKey, baseURL) ?? addressProblem(names.baseURL, baseURL);
  if (problem || !apiKey) return {problem: problem ?? ''};
  return {apiKey, ...(baseURL && {baseURL})};
}

function keyProblem(variable: string, apiKey: string | undefined, baseURL: string | undefined) {
  if (!apiKey) {
    const anyKey = baseURL ? ' (any text where your own server asks for no key)' : '';
    return `${variable} is not set: put the key into the environment or into .env${anyKey}.`;
  }
  if (!/^[\x21-\x7e]+$/.test(apiKey)) {
    return `${variable} has a space, a line break or another character that no key has: set it again.`;
  }
  return undefined;
}

function addressProblem(variable: string, baseURL: string | undefined): string | undefined {
  if (!baseURL) return undefined;
  const valid = URL.canParse(baseURL) && /^https?:$/.test(new URL(baseURL).protocol);
  return valid ? undefined : `${variable} is not an http or https address: correct or unset it.`;
}
