import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {type Area, areas} from './areas.ts';
import {scoreOf} from './report.ts';

// npm run mutate [-- <area>… --share <0..1> --minutes <limit>]: mutates a copy of the code and counts what the tests notice.
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    share: {type: 'string', default: '0.25'},
    minutes: {type: 'string', default: '15'},
  },
});
const wanted = positionals.length > 0 ? positionals : Object.keys(areas);
const leastScore = 85;
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

for (const name of wanted) {
  if (process.exitCode === 130) break;
  const area = areas[name];
  if (area) await mutate(name, area);
  else {
    console.error(`There is no area ${name}; there are ${Object.keys(areas).join(', ')}.`);
    process.exitCode = 2;
  }
}

/** Mutates one area and prints its score and what survived. */
async function mutate(name: string, area: Area): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'durable-tui-mutate-'));
  try {
    const report = join(folder, 'report');
    const isComplete = await runStryker(area, folder, {MUTATED_AREA: name, MUTATED_REPORT: report});
    const {killed, survived, survivors} = await scoreOf(report);
    const score = (100 * killed) / (killed + survived || 1);
    for (const survivor of survivors) console.log(survivor);
    const until = isComplete
      ? ''
      : `, as far as it came in ${values.minutes} minutes: take more, or a smaller --share`;
    console.log(`${name}: ${killed} of ${killed + survived} mutants killed, ${score.toFixed(1)} %${until}`);
    if (score < leastScore) process.exitCode = 1;
  } catch (error) {
    console.error(`${name}: ${(error as Error).message}`);
    process.exitCode ||= 1;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

/** Runs Stryker in a copy below the folder. @returns whether it came to its end within the limit */
async function runStryker(area: Area, folder: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  const configuration = {
    mutate: area.mutate,
    mutator: {excludedMutations: ['StringLiteral']},
    testRunner: 'vitest',
    vitest: {configFile: 'test/mutation/vitest.config.ts', related: false},
    plugins: ['@stryker-mutator/vitest-runner', here('sample.ts')],
    ignorers: ['sample'],
    // TypeScript 7 has no API that Stryker could read its settings by, and the tests need none.
    tsconfigFile: 'none.json',
    concurrency: 2,
    timeoutMS: 5000,
    reporters: ['lines', 'progress-append-only'],
    tempDirName: join(folder, 'copy'),
    allowConsoleColors: false,
  };
  const file = join(folder, 'stryker.config.json');
  await writeFile(file, JSON.stringify(configuration));
  return endOf(spawnStryker(file, environment), Number(values.minutes));
}

function spawnStryker(configuration: string, environment: NodeJS.ProcessEnv) {
  const bin = fileURLToPath(
    new URL('../../node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url),
  );
  return spawn('nice', [process.execPath, bin, 'run', configuration], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: {...process.env, MUTATED_SHARE: values.share, ...environment},
    stdio: ['ignore', 'inherit', 'inherit'],
    // A group of its own: at the limit its test runners end with it.
    detached: true,
  });
}

async function endOf(stryker: ReturnType<typeof spawn>, minutes: number): Promise<boolean> {
  let isLate = false;
  const stop = () => process.kill(-Number(stryker.pid), 'SIGKILL');
  const leave = () => {
    stop();
    process.exitCode = 130;
  };
  const limit = setTimeout(() => {
    isLate = true;
    stop();
  }, minutes * 60_000);
  for (const signal of endings) process.once(signal, leave);
  const [code] = await once(stryker, 'exit');
  clearTimeout(limit);
  for (const signal of endings) process.off(signal, leave);
  if (code !== 0 && !isLate) throw new Error(`Stryker ended with exit code ${code}`);
  return !isLate;
}
