import {writeFile} from 'node:fs/promises';
import {startRealServer} from '../agent/real-server.ts';
import {findTemporal} from '../server/find-temporal.ts';
import {openBench} from './agent/environment.ts';
import {measureHistoryGrowth} from './agent/history-growth.ts';
import {benchRuns} from './agent/runs.ts';
import {benchStart} from './agent/start.ts';
import {benchSubagents} from './agent/subagents.ts';
import {appRows} from './app/index.ts';
import {benchInterpreter, formatTimings} from './interpreter/main.ts';
import {type BenchRow, formatRows} from './row.ts';

const results = new URL('../../bench-results.json', import.meta.url);

const rows: BenchRow[] = [...(await benchStart()), ...(await benchServer('embedded'))];
const temporal = findTemporal();
if (temporal) rows.push(...(await benchServer('start-dev')));
else console.log('The real server was not measured: `temporal` is not on PATH.');

rows.push(...(await appRows()).map((row) => ({...row, target: `≤ ${row.target} ${row.unit}`})));
rows.push(...(await measureHistoryGrowth()));
rows.push(...(await benchSubagents('embedded')));
if (temporal) {
  rows.push(...(await benchSubagents('start-dev', {startServer: () => startRealServer(temporal)})));
}

const timings = await benchInterpreter();
console.log(`${formatRows(rows)}\n\n${formatTimings(timings)}`);
await writeFile(
  results,
  `${JSON.stringify({date: new Date().toISOString(), rows, programs: timings}, null, 2)}\n`,
);
process.exit();

async function benchServer(name: 'embedded' | 'start-dev'): Promise<BenchRow[]> {
  const common = {why: 'bench', namespace: 'default', port: 0};
  const environment = await openBench(
    name === 'embedded'
      ? {kind: 'embedded', ...common}
      : {kind: 'dev-server', executable: temporal ?? '', uiPort: 0, ...common},
  );
  try {
    return await benchRuns(environment, name);
  } finally {
    await environment.close();
  }
}
