/** What the table says of a flag. */
interface FlagRow {
  short?: string;
  type: 'boolean' | 'string' | 'number';
  /** May be given several times. */
  repeatable?: true;
  /** It is on unless `--no-…` turns it off. */
  onByDefault?: true;
  /** Stands for the value in the help. */
  value?: string;
  meaning: string;
  choices?: readonly string[];
  /** Of a number; any of 0 or more where absent. */
  range?: {least: number; most: number};
}

/** A flag of the command line. */
export interface Flag extends FlagRow {
  /** In camel case; written with dashes. */
  name: FlagName;
  /** Its heading in the help. */
  group: string;
}

/**
 * Every flag by its group, in the order of the help: the only place that declares one. Parser, help, completion and the
 * types of the values come from it; `commands.ts` says which command takes it.
 */
const groups = {
  'What to run': {
    scenario: {type: 'string', value: 'name', meaning: 'run one scripted scenario'},
    program: {
      type: 'string',
      value: 'file',
      meaning: 'run a program file as an agent’s run_ptc (- reads standard input)',
    },
    execute: {type: 'string', short: 'e', value: 'code', meaning: 'run a program given here'},
    model: {type: 'string', value: 'name', meaning: 'a model: scripted, or a live one'},
    agent: {type: 'string', value: 'module', meaning: 'load an agent from a module'},
    capability: {
      type: 'string',
      value: 'module',
      repeatable: true,
      meaning: 'add a capability from a module',
    },
    pace: {type: 'number', value: 'ms', meaning: 'delay each scripted answer, so that people can watch'},
  },
  'Several workers': {
    workers: {type: 'number', value: 'n', range: {least: 1, most: 32}, meaning: 'how many worker processes'},
    iterations: {
      type: 'number',
      value: 'n',
      range: {least: 1, most: 10_000},
      meaning: 'runs of each kind (default 20)',
    },
    maxN: {
      type: 'number',
      value: 'n',
      range: {least: 1, most: 64},
      meaning: 'subagents, and files, of a run at most (default 5)',
    },
    kind: {
      type: 'string',
      value: 'kind',
      choices: ['direct-spawns', 'ptc-spawns', 'ptc-mixed'],
      meaning: 'only direct-spawns, ptc-spawns or ptc-mixed',
    },
    seed: {type: 'number', value: 'n', meaning: 'the same seed gives the same shapes'},
    at: {
      type: 'string',
      value: 'point',
      choices: ['model', 'tool', 'child', 'ptc'],
      meaning: 'strike only at a model step, a tool, a child or in a program',
    },
    times: {
      type: 'number',
      value: 'n',
      range: {least: 1, most: 100},
      meaning: 'kills at each point (default 1)',
    },
  },
  'Which server': {
    inProcess: {type: 'boolean', meaning: 'use the embedded server, offline'},
    address: {type: 'string', value: 'host:port', meaning: 'an existing server'},
    namespace: {type: 'string', short: 'n', value: 'name', meaning: 'its namespace'},
    apiKey: {type: 'string', value: 'key', meaning: 'its API key; turns TLS on'},
    grpcMeta: {type: 'string', value: 'key=value', repeatable: true, meaning: 'a header for its requests'},
    tls: {type: 'boolean', meaning: 'use TLS (--no-tls: never, not even for an API key)'},
    tlsCertPath: {type: 'string', value: 'file', meaning: 'client certificate'},
    tlsKeyPath: {type: 'string', value: 'file', meaning: 'its private key'},
    tlsCaPath: {type: 'string', value: 'file', meaning: 'certificate of the server’s authority'},
    tlsServerName: {type: 'string', value: 'name', meaning: 'name that the server’s certificate must have'},
    profile: {type: 'string', value: 'name', meaning: 'a profile of Temporal’s config file'},
    configFile: {type: 'string', value: 'file', meaning: 'Temporal’s config file, if it is elsewhere'},
    startDevServer: {type: 'boolean', onByDefault: true, meaning: 'never start a server: connect to one'},
    port: {type: 'number', value: 'n', meaning: 'port of a server that is started'},
    uiPort: {type: 'number', value: 'n', meaning: 'port of its Temporal Web'},
    uiUrl: {type: 'string', value: 'url', meaning: 'where Temporal Web of an existing server is'},
  },
  'The worker': {
    worker: {type: 'boolean', onByDefault: true, meaning: 'run no worker: only the client'},
    sandbox: {type: 'string', value: 'dir', meaning: 'where tools may write (default .demo-sandbox)'},
    taskQueue: {type: 'string', value: 'name', meaning: 'the task queue'},
  },
  Output: {
    output: {
      type: 'string',
      short: 'o',
      value: 'format',
      choices: ['text', 'jsonl'],
      meaning: 'text or jsonl',
    },
    json: {type: 'boolean', meaning: 'the same as -o jsonl: one JSON object a line'},
    quiet: {type: 'boolean', short: 'q', meaning: 'print only the answer'},
    saveHistory: {
      type: 'string',
      value: 'dir',
      meaning: 'write each workflow’s history there as Temporal’s JSON',
    },
    color: {
      type: 'string',
      value: 'when',
      choices: ['auto', 'always', 'never'],
      meaning: 'auto, always or never',
    },
  },
  General: {
    logLevel: {
      type: 'string',
      value: 'level',
      choices: ['error', 'warn', 'info', 'debug'],
      meaning: 'what the worker logs: error, warn, info or debug',
    },
    debug: {type: 'boolean', meaning: 'show stacks and the worker’s log'},
    help: {type: 'boolean', short: 'h', meaning: 'show help'},
    version: {type: 'boolean', short: 'v', meaning: 'show the version'},
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FlagRow>>>>;

/** The table by its groups, for types that come from it. */
export type FlagGroups = typeof groups;

export type FlagName = {[Group in keyof FlagGroups]: keyof FlagGroups[Group]}[keyof FlagGroups];

/** Every flag, in the order of the help. */
export const flags: readonly Flag[] = Object.entries(groups).flatMap(([group, rows]) =>
  Object.entries(rows).map(([name, row]: [string, FlagRow]) => ({name: name as FlagName, group, ...row})),
);

/** A flag as it is written, e.g. `--no-worker` or `--task-queue`. */
export function spelling({name, onByDefault}: Pick<Flag, 'name' | 'onByDefault'>): string {
  return onByDefault ? `--no-${dashed(name)}` : `--${dashed(name)}`;
}

/** A name as it is written: `taskQueue` is `task-queue`. */
export function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
