import {readdir, readFile} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import {describe, expect, it} from 'vitest';

const root = join(import.meta.dirname, '..');

/** Which of our folders a folder may import from. The longest prefix of a file's path decides. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'workflows/interpreter': ['workflows/interpreter'],
  // What Node needs to know of the language is in files without imports; see `program-text.ts`.
  'workflows/protocol': [
    'workflows/protocol',
    'workflows/interpreter/reserved-names.ts',
    'workflows/interpreter/syntax/fences.ts',
  ],
  workflows: ['workflows'],
  activities: ['activities', 'workflows/protocol'],
  'source/history': ['source/history', 'workflows/protocol'],
  'source/server': ['source/server'],
  // What a session says is data that the whole app knows; only `execute.ts` has a session in its hands.
  'source/app': [
    'source/app',
    'source/history',
    'source/session/session.ts',
    'source/make-folder.ts',
    'workflows/protocol',
  ],
  'source/app/execute.ts': ['source/app', 'source/history', 'source/session', 'workflows/protocol'],
  'source/session': [
    'source/session',
    'source/history',
    'source/agent',
    'source/backend',
    'source/command-line',
    'workflows/protocol',
  ],
  'source/agent': [
    'source/agent',
    'activities',
    'workflows/interpreter/language-summary.ts',
    'workflows/protocol',
  ],
  'source/backend': ['source/backend', 'source/server', 'source/command-line'],
  'source/command-line': ['source/command-line', 'activities/closest.ts'],
  'source/output': ['source/output', 'source/history', 'source/session', 'workflows/protocol'],
  'source/fleet': [
    'source/fleet',
    'source/history',
    'source/host',
    'source/backend',
    'source/command-line',
    'source/scenarios',
    'activities',
    'workflows/protocol',
  ],
  'source/scenarios': [
    'source/scenarios',
    'source/history',
    'source/session',
    'activities',
    'workflows/protocol',
  ],
};

/** Packages that a folder may import, where that is limited. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'workflows/interpreter': ['meriyah', 're2js'],
  'workflows/protocol': ['@temporalio/common', '@noble/hashes'],
  workflows: ['@temporalio/workflow', '@temporalio/common', 'meriyah', 're2js', '@noble/hashes'],
  'source/history': ['string-width'],
};

interface Import {
  from: string;
  specifier: string;
  target: string;
}

const imports = await allImports();

describe('imports', () => {
  it('are found', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it('flow one way', () => {
    const wrong = imports.filter(({from, specifier, target}) => {
      const folders = rule(allowed, from);
      return specifier.startsWith('.') && folders && !folders.some((folder) => target.startsWith(folder));
    });
    expect(wrong.map(({from, target}) => `${from} → ${target}`)).toEqual([]);
  });

  it('keep the pure parts free of packages', () => {
    const wrong = imports.filter(({from, specifier}) => {
      const names = rule(packages, from);
      return !specifier.startsWith('.') && names && !names.some((name) => specifier.startsWith(name));
    });
    expect(wrong.map(({from, specifier}) => `${from} → ${specifier}`)).toEqual([]);
  });
});

function rule<T>(rules: Readonly<Record<string, T>>, path: string): T | undefined {
  const prefixes = Object.keys(rules).filter((prefix) => path.startsWith(prefix));
  const longest = prefixes.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : rules[longest];
}

async function allImports(): Promise<Import[]> {
  const files = (await Promise.all(['source', 'workflows', 'activities'].map(sources))).flat();
  return (await Promise.all(files.map(importsOf))).flat();
}

async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), {recursive: true});
  return entries.filter((entry) => /\.tsx?$/.test(entry)).map((entry) => join(folder, entry));
}

async function importsOf(from: string): Promise<Import[]> {
  const text = await readFile(join(root, from), 'utf8');
  const specifiers = text.matchAll(/^(?:import|export)\s[^;]*?from\s+'([^']+)'|import\('([^']+)'\)/gm);
  return [...specifiers].map(([, declared, loaded]) => {
    const specifier = (declared ?? loaded) as string;
    return {from, specifier, target: relative(root, join(root, dirname(from), specifier))};
  });
}
