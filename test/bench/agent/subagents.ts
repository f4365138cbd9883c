import {defaultCapabilities} from '../../../activities/capabilities/index.ts';
import {createManifest} from '../../../source/agent/manifest.ts';
import {type AgentEnvironmentOptions, startAgents} from '../../agent/environment.ts';
import {askEachOther, wordy} from '../../agent/long-definitions.ts';
import type {BenchRow} from '../row.ts';

const count = 1000;

const program = `const answers = await gather(
  ...Array.from({length: ${count}}, () => spawn({agent_name: 'reader_0', task: 'Say so.'})),
);
return answers.length;`;

/**
 * A program that starts 1,000 subagents of an agent with 543 kB of definitions.
 *
 * @param where the server, in a word
 */
export async function benchSubagents(
  where: string,
  server: Pick<AgentEnvironmentOptions, 'startServer'> = {},
): Promise<BenchRow[]> {
  const agents = await startAgents(defaultCapabilities, askEachOther, server);
  try {
    const start = performance.now();
    const run = await agents.start(wordy, {prompt: '', program});
    const {value} = await run.result();
    if (value !== count) throw new Error(`${value} subagents answered, not ${count}.`);
    const seconds = (performance.now() - start) / 1000;
    const {raw} = await run.describe();
    const bytes = Number(raw.workflowExecutionInfo?.historySizeBytes);
    const own = JSON.stringify(createManifest(wordy)).length;
    return [
      {name: `1,000 subagents of one program, ${where}`, value: seconds, unit: 's', target: 'completed'},
      {
        name: `a parent’s history per subagent, 543 kB of definitions, ${where}`,
        value: (bytes - own) / count / 1000,
        unit: 'kB',
        target: '≤ 10 kB',
      },
    ];
  } finally {
    await agents.close();
  }
}
