import {randomUUID} from 'node:crypto';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';

/** Milliseconds that processes have to end after the last test. */
const patience = 30_000;

/**
 * Gives the whole run a temporary folder and a mark of its own, which all processes of all tests inherit.
 *
 * @returns what fails the run where one of them has left a file or is still there
 */
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'durable-tui-tests-'));
  const mark = `DURABLE_TUI_TESTS=${randomUUID()}`;
  process.env.TMPDIR = folder;
  const [name, value] = mark.split('=') as [string, string];
  process.env[name] = value;
  return async () => {
    const files = await readdir(folder);
    const processes = await lastingProcesses(mark);
    for (const {id} of processes) process.kill(id, 'SIGKILL');
    await rm(folder, {recursive: true, force: true, maxRetries: 10, retryDelay: 100});
    const left = [...files.map((file) => `the folder ${file}`), ...processes.map(({words}) => words)];
    if (left.length > 0) throw new Error(`The tests left behind: ${left.join('; ')}`);
  };
}

interface Process {
  id: number;
  words: string;
}

async function lastingProcesses(mark: string): Promise<Process[]> {
  const end = performance.now() + patience;
  for (;;) {
    const found = await processesWith(mark);
    if (found.length === 0 || performance.now() > end) return found;
    await delay(200);
  }
}

/** By Linux's /proc; elsewhere none is found. The runner's own are none of the tests'. */
async function processesWith(mark: string): Promise<Process[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((entry) => /^\d+$/.test(entry));
  const read = (id: string, file: string) => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '');
  const found = await Promise.all(
    ids.map(async (id) => {
      if (!(await read(id, 'environ')).includes(mark)) return [];
      const command = (await read(id, 'cmdline')).replaceAll('\0', ' ');
      return /\bvitest\b/.test(command.split(' --')[0] as string)
        ? []
        : [{id: Number(id), words: `process ${id} ${command}`}];
    }),
  );
  return found.flat();
}
