import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {type AppTerminal, openAppTerminal} from '../../app/pty.ts';

/** The real app on its embedded server, with a probe inside. */
export interface ProbedApp {
  readonly terminal: AppTerminal;
  /** What the app's process did since the last reading: its longest stall and its CPU time, both in milliseconds. */
  read(): Promise<{longestStall: number; cpu: number}>;
}

const probe = new URL('./probe.mjs', import.meta.url).href;

/**
 * Opens the app, waits until its server is there, measures, and closes it.
 *
 * @param options.stalls watches for stalls, which takes a few percent of CPU; `longestStall` is 0 without
 */
export async function withProbedApp<Value>(
  measure: (app: ProbedApp) => Promise<Value>,
  options: {stalls?: boolean} = {},
): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), 'durable-tui-bench-'));
  const file = join(folder, 'probe');
  const terminal = openAppTerminal({
    args: ['--in-process', '--pace', '0'],
    cwd: folder,
    columns: 120,
    rows: 40,
    environment: {
      DURABLE_TUI_PROBE: file,
      ...(options.stalls && {DURABLE_TUI_PROBE_STALLS: '1'}),
      NODE_OPTIONS: `--import=${probe}`,
      XDG_STATE_HOME: folder,
    },
  });
  try {
    await terminal.see('127.0.0.1:');
    await sleep(500);
    return await measure({terminal, read: () => readProbe(terminal, file)});
  } finally {
    terminal.kill('SIGTERM');
    await terminal.exit;
    await rm(folder, {recursive: true, force: true});
  }
}

async function readProbe(terminal: AppTerminal, file: string): Promise<{longestStall: number; cpu: number}> {
  const before = await linesOf(file);
  process.kill(terminal.pid, 'SIGUSR2');
  for (;;) {
    const lines = await linesOf(file);
    if (lines.length > before.length) return JSON.parse(lines.at(-1) ?? '');
    await sleep(5);
  }
}

async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean);
}
