import {Console} from 'node:console';
import {Writable} from 'node:stream';
import type {ProgramJson} from '../../workflows/interpreter/index.ts';
import {commonTools, type ScriptedTool} from './scripted-host.ts';

/** What a program came to, whoever ran it. */
export interface Observation {
  value?: ProgramJson;
  /** The class of what was thrown. */
  throws?: string;
  /** What it logged, in order: the effects that are compared. */
  logs: string[];
}

type Compiled = (...globals: unknown[]) => Promise<unknown>;
const AsyncFunction = (async () => {}).constructor as new (...source: string[]) => Compiled;

/** Runs a program in Node itself, with the globals that programs have. */
export async function runInNode(source: string): Promise<Observation> {
  const logs: string[] = [];
  const recorder = recordingConsole(logs);
  const gather = (...members: unknown[]) => {
    return Promise.all(members.length === 1 && Array.isArray(members[0]) ? members[0] : members);
  };
  const tools = Object.entries(commonTools).map(([name, tool]) => [name, asFunction(tool)] as const);
  const globals = new Map<string, unknown>([['console', recorder], ['gather', gather], ...tools]);
  try {
    const program = new AsyncFunction(...globals.keys(), `'use strict';${source}\n`);
    return {value: toJson(await program(...globals.values())), logs};
  } catch (error) {
    return {throws: error instanceof Error ? error.name : 'Error', logs};
  }
}

function asFunction(tool: ScriptedTool): (input: ProgramJson) => Promise<ProgramJson> {
  return async (input) => tool(input);
}

/** Node's own console, each call a line. Values that are no primitives are written as JSON, as programs write them. */
function recordingConsole(logs: string[]): Console {
  const stdout = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      logs.push(String(chunk).replace(/\n$/, ''));
      done();
    },
  });
  const recorder = new Console({stdout, stderr: stdout});
  for (const name of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const write = recorder[name].bind(recorder);
    recorder[name] = (first: unknown, ...others: unknown[]) => write(shown(first), ...others.map(simple));
  }
  return recorder;
}

function simple(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? shown(value) : value;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return String(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** What the interpreter makes of a program's value as it leaves: see `toJson` there. */
function toJson(value: unknown): ProgramJson {
  if (value instanceof Map || value instanceof Set) return toJson([...value]);
  if (value instanceof Date) return value.toJSON();
  if (value instanceof URL || value instanceof URLSearchParams) return String(value);
  if (value instanceof Error) return {name: value.name, message: value.message};
  if (Array.isArray(value)) return Array.from(value, toJson);
  if (typeof value === 'object' && value !== null) {
    const kept = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(kept.map(([key, item]) => [key, toJson(item)]));
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  return (value ?? null) as ProgramJson;
}
