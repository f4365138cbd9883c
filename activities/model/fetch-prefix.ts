import type {Context} from '@temporalio/activity';
import {ApplicationFailure} from '@temporalio/activity';
import {extendDigest, instructionsDigest} from '../../workflows/protocol/digest.ts';
import {transcriptQuery} from '../../workflows/protocol/messages.ts';
import type {TranscriptMessage} from '../../workflows/protocol/transcript.ts';
import type {TranscriptPrefix} from './transcript-cache.ts';

/**
 * Asks the workflow for a prefix that this worker does not know.
 *
 * @throws a retryable failure where what the workflow answers has another digest
 */
export async function fetchPrefix(
  context: Context,
  wanted: {digest: string; count: number},
): Promise<TranscriptPrefix> {
  const {workflowId, runId} = context.info.workflowExecution ?? {};
  if (!workflowId) throw ApplicationFailure.nonRetryable('A model step can only run for a workflow.');
  const workflow = context.client.workflow.getHandle(workflowId, runId);
  const {instructions, tools, ...first} = await workflow.query(transcriptQuery, 0);
  const messages: TranscriptMessage[] = first.messages;
  while (messages.length < wanted.count) {
    const page = await workflow.query(transcriptQuery, messages.length);
    if (page.messages.length === 0) break;
    messages.push(...page.messages);
  }
  const known = messages.slice(0, wanted.count);
  if (extendDigest(instructionsDigest(instructions, tools), known) !== wanted.digest) {
    throw ApplicationFailure.retryable(
      'The transcript is not the one that the model step was made for.',
      'TranscriptMismatch',
    );
  }
  return {instructions, tools, messages: known};
}
