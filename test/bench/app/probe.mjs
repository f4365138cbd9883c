import {appendFileSync} from 'node:fs';
import {monitorEventLoopDelay} from 'node:perf_hooks';

// Loaded into the app by `--import`: on SIGUSR2 it writes down how long its event loop was held up at most, and how
// much CPU time it took, since the signal before. Watching for stalls takes CPU time itself, so only where asked for.

const file = process.env.DURABLE_TUI_PROBE;
const delays = monitorEventLoopDelay({resolution: 1});
let before = process.cpuUsage();

process.on('SIGUSR2', () => {
  const {user, system} = process.cpuUsage(before);
  const line = {longestStall: delays.max / 1e6, cpu: (user + system) / 1000};
  appendFileSync(file, `${JSON.stringify(line)}\n`);
  before = process.cpuUsage();
  delays.reset();
});
if (process.env.DURABLE_TUI_PROBE_STALLS) delays.enable();
