/** A flag of the command line. The table is the parser's, the help's and the completion's only source. */
export interface Flag {
  /** In camel case; written with dashes. */
  name: string;
  short?: string;
  type: 'boolean' | 'string' | 'number';
  /** May be given several times. */
  repeatable?: boolean;
  /** Stands for the value in the help. */
  value?: string;
  meaning: string;
  group: 'What to run' | 'Several workers' | 'Which server' | 'The worker' | 'Output' | 'General';
  choices?: readonly string[];
  /** Of a number; any of 0 or more where absent. */
  range?: {least: number; most: number};
}

/** Every flag, in the order of the help. */
export const flags: readonly Flag[] = [
  flag('What to run', 'scenario', 'string', 'run one scripted scenario', {value: 'name'}),
  flag(
    'What to run',
    'program',
    'string',
    'run a program file as an agent’s run_ptc (- reads standard input)',
    {value: 'file'},
  ),
  flag('What to run', 'execute', 'string', 'run a program given here', {short: 'e', value: 'code'}),
  flag('What to run', 'model', 'string', 'a model: scripted, or a live one', {value: 'name'}),
  flag('What to run', 'agent', 'string', 'load an agent from a module', {value: 'module'}),
  flag('What to run', 'capability', 'string', 'add a capability from a module', {
    value: 'module',
    repeatable: true,
  }),
  flag('What to run', 'pace', 'number', 'delay each scripted answer, so that people can watch', {
    value: 'ms',
  }),

  flag('Several workers', 'workers', 'number', 'how many worker processes', {
    value: 'n',
    range: {least: 1, most: 32},
  }),
  flag('Several workers', 'iterations', 'number', 'runs of each kind (default 20)', {
    value: 'n',
    range: {least: 1, most: 10_000},
  }),
  flag('Several workers', 'maxN', 'number', 'subagents, and files, of a run at most (default 5)', {
    value: 'n',
    range: {least: 1, most: 64},
  }),
  flag('Several workers', 'kind', 'string', 'only direct-spawns, ptc-spawns or ptc-mixed', {
    value: 'kind',
    choices: ['direct-spawns', 'ptc-spawns', 'ptc-mixed'],
  }),
  flag('Several workers', 'seed', 'number', 'the same seed gives the same shapes', {value: 'n'}),
  flag('Several workers', 'at', 'string', 'strike only at a model step, a tool, a child or in a program', {
    value: 'point',
    choices: ['model', 'tool', 'child', 'ptc'],
  }),
  flag('Several workers', 'times', 'number', 'kills at each point (default 1)', {
    value: 'n',
    range: {least: 1, most: 100},
  }),

  flag('Which server', 'inProcess', 'boolean', 'use the embedded server, offline'),
  flag('Which server', 'address', 'string', 'an existing server', {value: 'host:port'}),
  flag('Which server', 'namespace', 'string', 'its namespace', {short: 'n', value: 'name'}),
  flag('Which server', 'apiKey', 'string', 'its API key; turns TLS on', {value: 'key'}),
  flag('Which server', 'grpcMeta', 'string', 'a header for its requests', {
    value: 'key=value',
    repeatable: true,
  }),
  flag('Which server', 'tls', 'boolean', 'use TLS (--no-tls: never, not even for an API key)'),
  flag('Which server', 'tlsCertPath', 'string', 'client certificate', {value: 'file'}),
  flag('Which server', 'tlsKeyPath', 'string', 'its private key', {value: 'file'}),
  flag('Which server', 'tlsCaPath', 'string', 'certificate of the server’s authority', {value: 'file'}),
  flag('Which server', 'tlsServerName', 'string', 'name that the server’s certificate must have', {
    value: 'name',
  }),
  flag('Which server', 'profile', 'string', 'a profile of Temporal’s config file', {value: 'name'}),
  flag('Which server', 'configFile', 'string', 'Temporal’s config file, if it is elsewhere', {value: 'file'}),
  flag('Which server', 'startDevServer', 'boolean', 'never start a server: connect to one'),
  flag('Which server', 'port', 'number', 'port of a server that is started', {value: 'n'}),
  flag('Which server', 'uiPort', 'number', 'port of its Temporal Web', {value: 'n'}),
  flag('Which server', 'uiUrl', 'string', 'where Temporal Web of an existing server is', {value: 'url'}),

  flag('The worker', 'worker', 'boolean', 'run no worker: only the client'),
  flag('The worker', 'sandbox', 'string', 'where tools may write (default .demo-sandbox)', {value: 'dir'}),
  flag('The worker', 'taskQueue', 'string', 'the task queue', {value: 'name'}),

  flag('Output', 'output', 'string', 'text or jsonl', {
    short: 'o',
    value: 'format',
    choices: ['text', 'jsonl'],
  }),
  flag('Output', 'json', 'boolean', 'the same as -o jsonl: one JSON object a line'),
  flag('Output', 'quiet', 'boolean', 'print only the answer', {short: 'q'}),
  flag('Output', 'saveHistory', 'string', 'write each workflow’s history there as Temporal’s JSON', {
    value: 'dir',
  }),
  flag('Output', 'color', 'string', 'auto, always or never', {
    value: 'when',
    choices: ['auto', 'always', 'never'],
  }),

  flag('General', 'logLevel', 'string', 'what the worker logs: error, warn, info or debug', {
    value: 'level',
    choices: ['error', 'warn', 'info', 'debug'],
  }),
  flag('General', 'debug', 'boolean', 'show stacks and the worker’s log'),
  flag('General', 'help', 'boolean', 'show help', {short: 'h'}),
  flag('General', 'version', 'boolean', 'show the version', {short: 'v'}),
];

/** Flags that are on unless `--no-…` turns them off. */
export const onByDefault: ReadonlySet<string> = new Set(['worker', 'startDevServer']);

/** A flag as it is written, e.g. `--no-worker` or `--task-queue`. */
export function spelling({name}: Pick<Flag, 'name'>): string {
  const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return onByDefault.has(name) ? `--no-${dashed}` : `--${dashed}`;
}

function flag(
  group: Flag['group'],
  name: string,
  type: Flag['type'],
  meaning: string,
  more: Pick<Flag, 'short' | 'value' | 'repeatable' | 'choices' | 'range'> = {},
): Flag {
  return {group, name, type, meaning, ...more};
}
