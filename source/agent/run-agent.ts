import {randomBytes} from 'node:crypto';
import type {Client} from '@temporalio/client';
import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import type {AgentInput, AgentResult} from '../../workflows/protocol/agent.ts';
import {agentWorkflowType} from '../../workflows/protocol/identity.ts';
import {encodedBytes, maximumStartBytes} from '../../workflows/protocol/limits.ts';
import type {AgentManifest} from '../../workflows/protocol/manifest.ts';
import {dropOldest} from '../../workflows/protocol/transcript-size.ts';
import type {AgentDefinition} from './define-agent.ts';
import {createManifest} from './manifest.ts';

/**
 * Runs an agent with a user's own `Client` and waits for its answer.
 *
 * @param options the task queue of a worker that was made with `createWorkerOptions`
 * @throws WorkflowFailedError where the run does not complete
 */
export async function runAgent(
  client: Client,
  agent: AgentDefinition,
  prompt: string,
  options: {taskQueue: string; workflowId?: string},
): Promise<AgentResult> {
  return client.workflow.execute<(input: AgentInput) => Promise<AgentResult>>(agentWorkflowType, {
    workflowId: options.workflowId ?? newWorkflowId(),
    taskQueue: options.taskQueue,
    args: [rootInput(createManifest(agent), {prompt})],
  });
}

/** The id of a new root agent: `agent-` and eight random characters. */
export function newWorkflowId(): string {
  return `agent-${randomBytes(4).toString('hex')}`;
}

/**
 * The input of a root agent. Where the earlier conversation is larger than 1 MB, its newest part.
 *
 * @throws AgentDefinitionError where prompt and manifest together are larger than 1 MB
 */
export function rootInput(
  manifest: AgentManifest,
  task: Pick<AgentInput, 'prompt' | 'program' | 'earlier'>,
): AgentInput {
  const {earlier, ...words} = task;
  if (encodedBytes({manifest, ...words}) > maximumStartBytes) {
    throw new AgentDefinitionError(
      `The ${task.program === undefined ? 'prompt' : 'program'} and the agent's tools and instructions are together larger than 1 MB. Put what is long into a file and let the agent read it.`,
    );
  }
  return {manifest, agent: manifest.name, depth: 0, ...words, ...(earlier && {earlier: dropOldest(earlier)})};
}
