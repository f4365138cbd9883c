import {fileURLToPath} from 'node:url';
import {Client, Connection, type WorkflowHandleWithFirstExecutionRunId} from '@temporalio/client';
import {NativeConnection, type ReplayHistoriesIterable, Worker, type WorkerOptions} from '@temporalio/worker';
import type {Capability} from '../../activities/define.ts';
import {createActivities} from '../../activities/index.ts';
import type {ModelKeys} from '../../activities/model/model-keys.ts';
import type {ModelProvider, ModelRequest} from '../../activities/model/provider.ts';
import {modelProviders} from '../../activities/model/providers.ts';
import type {ModelScript} from '../../activities/model/scripted.ts';
import {createTranscriptCache} from '../../activities/model/transcript-cache.ts';
import type {AgentDefinition} from '../../source/agent/define-agent.ts';
import {createManifest} from '../../source/agent/manifest.ts';
import {newWorkflowId, rootInput} from '../../source/agent/run-agent.ts';
import {startEmbeddedServer} from '../../source/server/index.ts';
import type {AgentInput, AgentResult} from '../../workflows/protocol/agent.ts';
import {agentWorkflowType} from '../../workflows/protocol/identity.ts';
import {emptyFolder} from '../commands/command-line.ts';
import './quiet-runtime.ts';

const bundle = fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url));
const taskQueue = 'agents';

async function startWorker(options: WorkerOptions): Promise<{stop(): Promise<void>}> {
  const worker = await Worker.create(options);
  const running = worker.run();
  return {
    stop() {
      worker.shutdown();
      return running;
    },
  };
}

/** Replays histories, by workflow id, against the code of the bundle. Gives the ids of those that failed. */
export async function replay(histories: ReplayHistoriesIterable): Promise<string[]> {
  const failed: string[] = [];
  for await (const {workflowId, error} of Worker.runReplayHistories(
    {workflowBundle: {codePath: bundle}},
    histories,
  )) {
    if (error) failed.push(`${workflowId}: ${error.message}`);
  }
  return failed;
}

/** A handle whose result is an agent's. */
export type AgentHandle = WorkflowHandleWithFirstExecutionRunId<(input: AgentInput) => Promise<AgentResult>>;

/** An embedded server with one worker, and a client for it. */
export interface AgentEnvironment {
  client: Client;
  sandbox: string;
  start(
    agent: AgentDefinition,
    task: Pick<AgentInput, 'prompt' | 'program'>,
    workflowId?: string,
  ): Promise<AgentHandle>;
  startInput(input: AgentInput, workflowId?: string): Promise<AgentHandle>;
  /** Shuts the worker down, with whatever runs in it, and starts another one. */
  restartWorker(): Promise<void>;
  close(): Promise<void>;
}

const noKeys: ModelKeys = {openai: {problem: 'none'}, anthropic: {problem: 'none'}};

function watched(
  provider: ModelProvider,
  onRequest: AgentEnvironmentOptions['onRequest'] = () => undefined,
): ModelProvider {
  return {
    request(request, context) {
      onRequest(request);
      return provider.request(request, context);
    },
  };
}

/** What differs from an embedded server and a worker that remembers. */
export interface AgentEnvironmentOptions {
  /** 0 for a worker that, like one that has just started, knows no transcript. */
  transcriptCapacity?: number;
  startServer?(): Promise<{address: string; close(): Promise<void>}>;
  /** Access to live models. */
  keys?: ModelKeys;
  /** Told of each request that reaches the model. */
  onRequest?(request: ModelRequest): void;
}

/**
 * Starts a server and a worker whose scripted model follows `script`.
 *
 * @param capabilities what the worker has; an agent may ask for more
 */
export async function startAgents(
  capabilities: readonly Capability[],
  script: ModelScript,
  {
    transcriptCapacity = 100,
    startServer = startEmbeddedServer,
    onRequest,
    keys = noKeys,
  }: AgentEnvironmentOptions = {},
): Promise<AgentEnvironment> {
  const server = await startServer();
  const connection = await NativeConnection.connect({address: server.address});
  const clientConnection = await Connection.connect({address: server.address});
  const client = new Client({connection: clientConnection});
  const sandbox = await emptyFolder();
  const provide = modelProviders({scripts: new Map([['', script]]), pace: 0, keys});
  const providerOf = (name: string) => {
    const {provider, model} = provide(name);
    return {provider: watched(provider, onRequest), model};
  };
  const options = (): WorkerOptions => ({
    connection,
    taskQueue,
    workflowBundle: {codePath: bundle},
    activities: createActivities({
      capabilities,
      sandbox,
      heartbeatInterval: 100,
      providerOf,
      transcripts: createTranscriptCache(transcriptCapacity),
      describeTools: (tools) => tools,
    }),
    stickyQueueScheduleToStartTimeout: '1s',
    maxHeartbeatThrottleInterval: '100ms',
    defaultHeartbeatThrottleInterval: '100ms',
  });
  const startInput = (input: AgentInput, workflowId = newWorkflowId()) =>
    client.workflow.start<(input: AgentInput) => Promise<AgentResult>>(agentWorkflowType, {
      workflowId,
      taskQueue,
      args: [input],
    });
  let worker = await startWorker(options());
  return {
    client,
    sandbox,
    start: (agent, task, workflowId) => startInput(rootInput(createManifest(agent), task), workflowId),
    startInput,
    async restartWorker() {
      await worker.stop();
      worker = await startWorker(options());
    },
    async close() {
      await worker.stop();
      await clientConnection.close();
      await connection.close();
      await server.close();
    },
  };
}
