import {defaultCapabilities} from '../../../activities/capabilities/index.ts';
import {defaultAgent} from '../../../source/agent/default-agent.ts';
import {type AgentHandle, startAgents} from '../../agent/environment.ts';
import {hostilePrograms} from '../../interpreter/hostile-programs.ts';

// Measures how long hostile programs hold a workflow task, and the memory of the process:
//   node test/bench/interpreter/hostile.ts [pattern of names]

const pattern = new RegExp(process.argv[2] ?? '');
const agents = await startAgents(defaultCapabilities, () => []);
for (const {name, source} of hostilePrograms.filter((program) => pattern.test(program.name))) {
  const handle = await agents.start(defaultAgent, {prompt: '', program: source});
  const memory = await peakMemory(handle.result().catch(() => undefined));
  const longest = await longestTask(handle);
  console.log(`${name.padEnd(52)} ${longest.toFixed(0).padStart(6)} ms ${memory.toFixed(0).padStart(6)} MB`);
}
await agents.close();

/** The largest resident set of this process while something goes on, in MB; what came before may count. */
async function peakMemory(work: Promise<unknown>): Promise<number> {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  await work;
  clearInterval(timer);
  return peak / 2 ** 20;
}

/** Milliseconds of the longest workflow task of a run, by its history. */
async function longestTask(handle: AgentHandle): Promise<number> {
  const {events} = await handle.fetchHistory();
  let started = 0;
  let longest = 0;
  for (const event of events ?? []) {
    const time = Number(event.eventTime?.seconds ?? 0) * 1000 + (event.eventTime?.nanos ?? 0) / 1e6;
    if (event.workflowTaskStartedEventAttributes) started = time;
    else if (event.workflowTaskCompletedEventAttributes) longest = Math.max(longest, time - started);
    else if (event.workflowTaskFailedEventAttributes ?? event.workflowTaskTimedOutEventAttributes)
      throw new Error(`A workflow task of ${handle.workflowId} failed`);
  }
  return longest;
}
