import {Socket} from 'node:net';
import {parentPort, workerData} from 'node:worker_threads';
import {rhythm} from '../deadlines.ts';
import {type GuardReport, lifeline} from './lifeline.ts';
import {killOwnGroup} from './own-group.ts';

// The host's guard, a thread of its own: a tool or a module that never returns holds the host's own event loop, which
// then hears neither its parent nor the end of it.

/** Goes up as long as the host's event loop turns. */
const pulse = new Int32Array(workerData as SharedArrayBuffer);

const line = new Socket({fd: lifeline, readable: true, writable: true})
  .on('error', killOwnGroup)
  .on('close', killOwnGroup)
  .resume();

let calls: readonly string[] = [];
parentPort?.on('message', (running: readonly string[]) => {
  calls = running;
});

let last = {pulse: -1, time: 0};
setInterval(() => {
  const now = Atomics.load(pulse, 0);
  const time = performance.now();
  if (now !== last.pulse) last = {pulse: now, time};
  const report: GuardReport = {heldFor: time - last.time, calls};
  line.write(`${JSON.stringify(report)}\n`);
}, rhythm.report);
