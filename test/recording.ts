import {createHash} from 'node:crypto';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {noTemporal} from './server/find-temporal.ts';

/** What a real server did, as it is kept in a file. */
export interface Recording<Seen> {
  /** The version of the server that it was recorded from. */
  readonly server: string;
  readonly seen: Seen;
}

/** Whether recordings are to be renewed from the real server on PATH. */
export const isRecording = process.env.RECORD === '1';

/** Why a comparison with the live server is skipped. */
export const noServer = `${noTemporal}: what the live server does was not compared with what was recorded`;

/** @returns what is said where the server on PATH does something else than was recorded */
export function staleness(recorded: string, live: string): string {
  return `recorded from server ${recorded}, ${live} is on PATH; RECORD=1 renews the recording`;
}

/**
 * @returns what was recorded
 * @throws where nothing was
 */
export async function readRecording<Seen>(file: URL): Promise<Recording<Seen>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${file.pathname} is missing: RECORD=1 with \`temporal\` on PATH records it`);
  });
  return JSON.parse(text) as Recording<Seen>;
}

/** Writes a recording with one event a line, so that its changes can be read. */
export async function writeRecording<Seen>(file: URL, recording: Recording<Seen>): Promise<void> {
  await mkdir(new URL('.', file), {recursive: true});
  await writeFile(file, `${format(recording, 4)}\n`);
}

function format(value: unknown, levels: number, indent = ''): string {
  if (levels === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((item) => format(item, levels - 1, inner))
    : Object.entries(value).map(
        ([name, item]) => `${JSON.stringify(name)}: ${format(item, levels - 1, inner)}`,
      );
  const [open, close] = isList ? '[]' : '{}';
  return parts.length > 0
    ? `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`
    : `${open}${close}`;
}

const longestText = 400;

/** @returns plain data in which payloads are decoded and long texts are short, as it is recorded and compared */
export function readable(value: unknown): unknown {
  return shortened(JSON.parse(JSON.stringify(value ?? null)));
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value === 'string') return value.length > longestText ? digestOf(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const payload = payloadOf(value);
  if (payload) return shortened(payload);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shortened(item)]));
}

function digestOf(text: string): string {
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return `${text.slice(0, 40)}… (${text.length} characters, SHA-256 ${digest}…)`;
}

function payloadOf(value: object): object | undefined {
  const {metadata, data} = value as {metadata?: Record<string, unknown>; data?: unknown};
  if (typeof metadata?.encoding !== 'string') return undefined;
  const words = Object.entries(metadata).map(([name, word]) => [name, decoded(word)] as const);
  const {encoding, ...others} = Object.fromEntries(words);
  if (encoding !== 'json/plain') return undefined;
  return {...others, json: JSON.parse(decoded(data))};
}

function decoded(base64: unknown): string {
  return Buffer.from(String(base64), 'base64').toString();
}
