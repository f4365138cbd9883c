import {resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {WorkerOptions} from '@temporalio/worker';
import {createActivities} from '../../activities/index.ts';
import {modelProviders} from '../../activities/model/providers.ts';
import type {ModelScript} from '../../activities/model/scripted.ts';
import {createTranscriptCache} from '../../activities/model/transcript-cache.ts';
import {RunningCalls} from '../../activities/running-calls.ts';
import {type AgentDefinition, capabilitiesOf} from './define-agent.ts';
import {describeTools} from './describe-tools.ts';
import {createManifest} from './manifest.ts';
import {modelKeysIn} from './model-access.ts';

/** Where and how a worker does an agent's work. */
export interface AgentWorkerSettings {
  /** The folder that tools may write to; `.demo-sandbox` in the working directory where absent. */
  sandbox?: string;
  /** True on a server in the same machine, where heartbeats cost nothing: a cancellation arrives within 300 ms. */
  loopback?: boolean;
  /** Milliseconds by which a scripted model delays each answer. */
  pace?: number;
  /** What scripted models say, by their names behind `scripted:`; the empty name is the plain one. None where absent. */
  scripts?: ReadonlyMap<string, ModelScript>;
}

/** Prefixes of transcripts that a worker keeps. */
const transcriptCapacity = 500;

/**
 * What a `Worker` needs to run an agent: spread it into `Worker.create` beside connection, namespace and task queue.
 *
 * @param calls where the process is to know which calls run in it
 * @throws AgentDefinitionError where the agent cannot be used as it is written
 */
export function createWorkerOptions(
  agent: AgentDefinition,
  settings: AgentWorkerSettings = {},
  calls = new RunningCalls(),
) {
  createManifest(agent);
  return {
    workflowBundle: {codePath: fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url))},
    activities: createActivities({
      capabilities: capabilitiesOf(agent),
      sandbox: resolve(settings.sandbox ?? '.demo-sandbox'),
      heartbeatInterval: settings.loopback ? 100 : 1000,
      providerOf: modelProviders({
        scripts: settings.scripts ?? new Map(),
        pace: settings.pace ?? 0,
        keys: modelKeysIn(process.cwd(), process.env),
      }),
      transcripts: createTranscriptCache(transcriptCapacity),
      describeTools,
      calls,
    }),
    reuseV8Context: true,
    stickyQueueScheduleToStartTimeout: '1s',
    // The wrapper paces its heartbeats itself; throttled further, a cancellation would arrive late.
    maxHeartbeatThrottleInterval: '100ms',
    defaultHeartbeatThrottleInterval: '100ms',
  } satisfies Partial<WorkerOptions>;
}
