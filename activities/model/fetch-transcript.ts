import type {Context} from '@temporalio/activity';
import {ApplicationFailure} from '@temporalio/activity';
import type {AgentManifest} from '../../workflows/protocol/manifest.ts';
import {transcriptQuery} from '../../workflows/protocol/messages.ts';
import {isReference, type ModelStepInput} from '../../workflows/protocol/model-step.ts';
import type {TranscriptMessage, TranscriptPage} from '../../workflows/protocol/transcript.ts';
import {
  extendDigest,
  heldInstructionsDigest,
  instructionsDigest,
} from '../../workflows/protocol/transcript-digest.ts';
import type {ManifestOf} from '../held-manifests.ts';
import type {TranscriptPrefix} from './transcript-cache.ts';

/**
 * Asks the workflow for a prefix that this worker does not know.
 *
 * @throws a retryable failure where what the workflow answers has another digest
 */
export async function fetchPrefix(
  context: Context,
  wanted: ModelStepInput['prefix'],
  manifestOf: ManifestOf,
): Promise<TranscriptPrefix> {
  const {messages, held, instructions, tools} = await fetchMessages(context, 0, wanted.count);
  const start = held
    ? heldInstructionsDigest(held.manifest.digest, held.agent)
    : instructionsDigest(instructions, tools);
  checkDigest(start, messages, wanted.digest);
  if (!held) return {instructions, tools, messages};
  return {...definitionsOf(await manifestOf(context, held.manifest), held.agent), messages};
}

/** A root agent has its manifest with it: whoever asks is one of its subagents. */
function definitionsOf(
  {tools, agents}: AgentManifest,
  agent: string,
): Pick<TranscriptPrefix, 'instructions' | 'tools'> {
  return {
    instructions: agents[agent]?.instructions ?? '',
    tools: tools.map(({name, description, input}) => ({name, description, input})),
  };
}

/**
 * The new messages of a model step, those included that it only refers to.
 *
 * @throws a retryable failure where what the workflow answers has another digest
 */
export async function wholeMessages(
  context: Context,
  {prefix, messages, digest}: ModelStepInput,
): Promise<TranscriptMessage[]> {
  const there = messages.filter((message) => !isReference(message));
  if (there.length === messages.length) return there;
  const fetched = await fetchMessages(context, prefix.count, messages.length);
  checkDigest(prefix.digest, fetched.messages, digest);
  return fetched.messages;
}

async function fetchMessages(context: Context, from: number, count: number): Promise<TranscriptPage> {
  const {workflowId, runId} = context.info.workflowExecution ?? {};
  if (!workflowId) throw ApplicationFailure.nonRetryable('A model step can only run for a workflow.');
  const workflow = context.client.workflow.getHandle(workflowId, runId);
  const first = await workflow.query(transcriptQuery, from);
  const {messages} = first;
  while (messages.length < count) {
    const page = await workflow.query(transcriptQuery, from + messages.length);
    if (page.messages.length === 0) break;
    messages.push(...page.messages);
  }
  return {...first, messages: messages.slice(0, count)};
}

function checkDigest(
  before: string,
  messages: readonly TranscriptMessage[],
  wanted: string | undefined,
): void {
  if (extendDigest(before, messages) === wanted) return;
  throw ApplicationFailure.retryable(
    'The transcript is not the one that the model step was made for.',
    'TranscriptMismatch',
  );
}
