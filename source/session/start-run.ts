import {setTimeout as delay} from 'node:timers/promises';
import {type Client, WorkflowExecutionAlreadyStartedError} from '@temporalio/client';
import type {AgentInput} from '../../workflows/protocol/agent.ts';
import {agentWorkflowType} from '../../workflows/protocol/identity.ts';
import type {AgentManifest} from '../../workflows/protocol/manifest.ts';
import type {AgentDefinition} from '../agent/define-agent.ts';
import {createManifest} from '../agent/manifest.ts';
import {newWorkflowId, rootInput} from '../agent/run-agent.ts';
import type {ServerConnection} from '../backend/connection.ts';
import {earlierTranscript} from './earlier-transcript.ts';
import {isPassing} from './server-error.ts';
import type {RunReference, StartRequest} from './session.ts';

/** What a session works with. */
export interface SessionSettings {
  server: ServerConnection;
  agent: AgentDefinition;
  taskQueue: string;
}

/** What a run is started with. */
interface StartSettings extends Pick<SessionSettings, 'agent' | 'taskQueue'> {
  /** The agent's, for runs that ask for no other model. */
  manifest: AgentManifest;
}

/** Milliseconds until a start that did not reach the server is tried again. */
const retryDelay = 500;

/** Starts a root agent, once the server is there: while it is away, it is asked again until the signal. */
export async function startRun(
  client: Client,
  settings: StartSettings,
  request: StartRequest,
  signal: AbortSignal,
): Promise<RunReference> {
  const input = await inputOf(client, settings, request);
  const workflowId = newWorkflowId();
  const {taskQueue = settings.taskQueue} = request;
  for (;;) {
    try {
      return await startAs(workflowId, client, taskQueue, input);
    } catch (error) {
      // An answer may get lost on its way: nobody else has this id.
      if (error instanceof WorkflowExecutionAlreadyStartedError) return runOf(client, workflowId);
      if (!isPassing(error) || signal.aborted) throw error;
      await delay(retryDelay, undefined, {signal}).catch(() => undefined);
    }
  }
}

async function inputOf(client: Client, settings: StartSettings, request: StartRequest): Promise<AgentInput> {
  const {agent, manifest} = settings;
  const model = request.scenario === undefined ? request.model : `scripted:${request.scenario}`;
  const earlier = request.continues === undefined ? [] : await earlierTranscript(client, request.continues);
  return rootInput(model === undefined ? manifest : createManifest({...agent, model}), {
    prompt: request.prompt ?? '',
    ...(request.program !== undefined && {program: request.program}),
    ...(earlier.length > 0 && {earlier}),
  });
}

async function startAs(
  workflowId: string,
  client: Client,
  taskQueue: string,
  input: AgentInput,
): Promise<RunReference> {
  const {firstExecutionRunId} = await client.workflow.start<(input: AgentInput) => Promise<unknown>>(
    agentWorkflowType,
    {workflowId, taskQueue, args: [input]},
  );
  return {workflowId, runId: firstExecutionRunId};
}

async function runOf(client: Client, workflowId: string): Promise<RunReference> {
  const {runId} = await client.workflow.getHandle(workflowId).describe();
  return {workflowId, runId};
}
