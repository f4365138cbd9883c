import {readdir, readFile} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import {describe, expect, it} from 'vitest';

const root = join(import.meta.dirname, '..');

/** What the app shows: histories, what a session says of runs and a connection of its server, the words of both. */
const sayings = [
  'source/history',
  'source/session/session.ts',
  'source/runtime/connection.ts',
  'workflows/protocol',
];

/**
 * Which rooms a room may import from: the map of `docs/guide.md`. The longest prefix of a file's path decides; every room
 * may import from itself.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'workflows/interpreter': [],
  // What Node needs to know of the language is in files without imports; see `program-text.ts`.
  'workflows/protocol': ['workflows/interpreter/reserved-names.ts', 'workflows/interpreter/syntax/fences.ts'],
  'workflows/agent': ['workflows/protocol', 'workflows/interpreter'],
  'workflows/capabilities': ['workflows/protocol', 'workflows/interpreter', 'workflows/agent'],
  workflows: ['workflows'],
  activities: ['workflows/protocol'],
  'activities/index.ts': ['activities', 'workflows/protocol'],
  'source/errors.ts': [],
  'source/make-folder.ts': [],
  'source/server': [],
  'source/history': ['workflows/protocol'],
  'source/terminal': ['source/history'],
  'source/command-line': ['source/errors.ts', 'activities/closest.ts'],
  'source/backend': ['source/errors.ts', 'source/server', 'source/command-line'],
  'source/agent': ['activities', 'workflows/protocol', 'workflows/interpreter/language-summary.ts'],
  'source/config.ts': ['source/errors.ts', 'source/agent', 'source/backend', 'source/command-line'],
  'source/session': [
    'source/errors.ts',
    'source/history',
    'source/agent',
    'source/backend',
    'workflows/protocol',
  ],
  'source/output': [
    'source/history',
    'source/session',
    'source/command-line',
    'source/terminal',
    'workflows/protocol',
  ],
  // What a command is; which ones there are is nothing to those who run something.
  'source/command.ts': ['source/config.ts', 'source/command-line', 'source/output', 'source/terminal'],
  'source/scenarios': ['source/history', 'source/session', 'activities', 'workflows/protocol'],
  // The app, from the ground up. What a session says is data that the whole app knows; only the effects have one in their
  // hands.
  'source/app/text': ['source/history'],
  'source/app/state': ['source/app/text', 'activities/closest.ts', ...sayings],
  'source/app/keys': ['source/app/state', 'source/history'],
  'source/app/draw': ['source/app/state', 'source/history', 'source/terminal'],
  'source/app/detail': ['source/app/draw', 'source/app/keys', 'source/app/state', ...sayings],
  'source/app/panes': [
    'source/app/detail',
    'source/app/draw',
    'source/app/state',
    'source/app/text',
    ...sayings,
  ],
  'source/app/update': [
    'source/app/detail',
    'source/app/keys',
    'source/app/state',
    'source/app/text',
    ...sayings,
  ],
  'source/app/effects': [
    'source/app/state',
    'source/make-folder.ts',
    'source/runtime/connection.ts',
    'source/session',
  ],
  'source/app/shell': [
    'source/app',
    'source/history',
    'source/runtime/connection.ts',
    'source/runtime/deadlines.ts',
    'source/terminal',
  ],
  'source/runtime': [
    'source/errors.ts',
    'source/config.ts',
    'source/command.ts',
    'source/make-folder.ts',
    'source/agent',
    'source/backend',
    'source/command-line',
    'source/history',
    'source/output',
    'source/scenarios',
    'source/session',
    'source/terminal',
    'activities',
    'workflows/protocol',
  ],
  'source/drills': [
    'source/errors.ts',
    'source/command.ts',
    'source/history',
    'source/runtime',
    'source/scenarios',
    'source/session',
    'activities',
    'workflows/protocol',
  ],
  // The public API of authors ships neither app nor demo scripts.
  'source/index.ts': ['source/agent', 'activities', 'workflows/protocol'],
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
  isType: boolean;
}

const imports = await allImports();

describe('imports', () => {
  it('are found', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it('flow one way', () => {
    const wrong = imports.filter(({from, specifier, target}) => {
      const folders = rule(allowed, from);
      const own = room(from);
      return (
        specifier.startsWith('.') && folders && ![...folders, own].some((folder) => target.startsWith(folder))
      );
    });
    expect(wrong.map(({from, target}) => `${from} → ${target}`)).toEqual([]);
  });

  it('give the app only types of a session, and a session only to its effects', () => {
    const outside = imports.filter(
      ({from, target}) =>
        from.startsWith('source/app/') && /^source\/(session|runtime\/(?!deadlines))/.test(target),
    );
    const values = outside.filter(({isType}) => !isType).map(({from}) => room(from));
    expect([...new Set(values)]).toEqual(['source/app/effects']);
  });

  it('have a rule for every room', () => {
    const rooms = new Set(imports.map(({from}) => room(from)));
    const composing = ['source/cli.ts', 'source/run-command.ts'];
    const without = [...rooms].filter(
      (name) => !rule(allowed, name) && !/^source\/(build|commands)$/.test(name),
    );
    expect(without.filter((name) => !composing.includes(name))).toEqual([]);
  });

  it('make no circle of rooms', () => {
    expect(circles(edgesBetween(room))).toEqual([]);
  });

  it('make no circle of files', () => {
    expect(circles(edgesBetween((path) => path))).toEqual([]);
  });

  it('keep the pure parts free of packages', () => {
    const wrong = imports.filter(({from, specifier}) => {
      const names = rule(packages, from);
      return !specifier.startsWith('.') && names && !names.some((name) => specifier.startsWith(name));
    });
    expect(wrong.map(({from, specifier}) => `${from} → ${specifier}`)).toEqual([]);
  });
});

/** Folders that are one room each, and those of the app; of other files each is one of its own. */
function room(path: string): string {
  const [top = '', second = '', ...rest] = path.split('/');
  if (second === 'app') return rest.length > 1 ? `${top}/${second}/${rest[0]}` : path;
  if (top === 'activities') return rest.length > 0 || second !== 'index.ts' ? top : path;
  return rest.length > 0 ? `${top}/${second}` : path;
}

/** @returns what can be reached from itself, each circle once */
function circles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found = new Set<string>();
  const visit = (node: string, path: readonly string[], done: Set<string>): void => {
    const at = path.indexOf(node);
    if (at >= 0) found.add(path.slice(at).toSorted().join(' ↔ '));
    if (at >= 0 || done.has(node)) return;
    for (const next of edges.get(node) ?? []) visit(next, [...path, node], done);
    done.add(node);
  };
  const done = new Set<string>();
  for (const node of edges.keys()) visit(node, [], done);
  return [...found];
}

function edgesBetween(name: (path: string) => string): ReadonlyMap<string, ReadonlySet<string>> {
  const edges = new Map<string, Set<string>>();
  for (const {from, specifier, target} of imports) {
    if (!specifier.startsWith('.') || name(from) === name(target)) continue;
    edges.set(name(from), (edges.get(name(from)) ?? new Set()).add(name(target)));
  }
  return edges;
}

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
  return [...specifiers].map(([statement, declared, loaded]) => {
    const specifier = (declared ?? loaded) as string;
    const target = relative(root, join(root, dirname(from), specifier));
    return {from, specifier, target, isType: /^(?:import|export) type\s/.test(statement)};
  });
}
