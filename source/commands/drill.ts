import {fileURLToPath} from 'node:url';
import type {AgentDefinition} from '../agent/define-agent.ts';
import {isLoopback, type ServerConnection} from '../backend/connection.ts';
import {failure, type RunningContext, success} from '../command.ts';
import type {KillReport} from '../drills/kill-report.ts';
import {strikeOnce} from '../drills/strike-once.ts';
import {tableLines} from '../output/table.ts';
import {type FleetRuntime, openFleetRuntime} from '../runtime/open-fleet-runtime.ts';
import {type StrikePoint, strikePoints} from '../scenarios/drill.ts';

type Context = RunningContext<'drill'>;

/** Two, so that one is left to take over. */
const workers = 2;

/** Milliseconds that a model step takes: long enough to be struck. */
const pace = 400;

/** `drill`: kills worker processes in the middle of runs and tells what became of the runs. */
export async function drill(context: Context): Promise<number> {
  const {at, times = 1} = context.flags;
  const points = at === undefined ? strikePoints : [at];
  const kills = Array.from({length: times}, () => points).flat();
  const runtime = await openFleetRuntime(withDrillTools(context), {workers, pace, adjust: quickToNotice});
  try {
    return report(context, await strikeAll(runtime, context, kills), kills.length);
  } finally {
    await runtime.close();
  }
}

function withDrillTools(context: Context): Context {
  const {config} = context;
  const module = fileURLToPath(new URL('../drills/drill-capability.js', import.meta.url));
  return {...context, config: {...config, agent: {...config.agent, capabilityModules: [module]}}};
}

/** How soon a dead worker is noticed is the heartbeat timeout: on a far server heartbeats come every second. */
function quickToNotice(agent: AgentDefinition, server: ServerConnection): AgentDefinition {
  const settings = {
    heartbeatTimeout: isLoopback(server) ? '1.5s' : '5s',
    retry: {initialInterval: '200ms'},
  } as const;
  return {...agent, modelActivity: settings, toolActivity: {drill: {record: settings}}};
}

async function strikeAll(
  runtime: FleetRuntime,
  context: Context,
  kills: readonly StrikePoint[],
): Promise<KillReport[]> {
  const reports: KillReport[] = [];
  for (const at of kills) {
    if (context.terminal.exitCodeOfSignal() !== undefined) break;
    if (runtime.workers().length < workers) await runtime.startWorker();
    const task = {at, journal: `drill/${runtime.mark}/${reports.length + 1}.txt`};
    const killed = await strikeOnce(runtime, context, task);
    reports.push(killed);
    const {at: point, ...line} = killed;
    context.printer.note({type: 'kill', number: reports.length, at: point, ...line}, killWords(killed));
  }
  return reports;
}

function killWords(killed: KillReport): string {
  const {at, activityId, activityType, before, after = 'nobody', seconds, runAgain, doubled, lost} = killed;
  return [
    `${at}: killed ${before} in ${activityId} ${activityType}`,
    `went on ${seconds === undefined ? 'never' : `after ${seconds.toFixed(1)}s`} on ${after}`,
    `run again: ${runAgain.join(', ') || 'nothing'}`,
    `doubled: ${doubled.join(', ') || 'nothing'}`,
    `lost: ${lost.join(', ') || 'nothing'}`,
  ].join('; ');
}

function report({printer, terminal}: Context, kills: readonly KillReport[], wanted: number): number {
  const doubled = kills.flatMap((kill) => kill.doubled).length;
  const lost = kills.flatMap((kill) => kill.lost).length;
  const isWell = kills.length === wanted && doubled === 0 && lost === 0;
  const verdict = `${kills.length} of ${wanted} kills: ${doubled || 'nothing'} doubled, ${lost || 'nothing'} lost.`;
  printer.note(
    {type: 'result', status: isWell ? 'completed' : 'failed', kills: kills.length, doubled, lost},
    ['', ...tableLines(killRows(kills)), '', verdict].join('\n'),
  );
  return terminal.exitCodeOfSignal() ?? (isWell ? success : failure);
}

function killRows(kills: readonly KillReport[]): (string | number)[][] {
  return [
    ['struck in', 'went on after', 'steps run again', 'doubled', 'lost', 'worker'],
    ...kills.map(({at, activityId, seconds, runAgain, doubled, lost, before, after = 'nobody'}) => [
      `${at} ${activityId}`,
      seconds === undefined ? 'never' : `${seconds.toFixed(1)}s`,
      runAgain.length,
      doubled.length,
      lost.length,
      `${before} → ${after}`,
    ]),
  ];
}
