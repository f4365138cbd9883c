import type {Client} from '@temporalio/client';
import {transcriptQuery} from '../../workflows/protocol/messages.ts';
import type {TranscriptMessage} from '../../workflows/protocol/transcript.ts';

/** The conversation of a run that has ended, for a follow-up prompt. */
export async function earlierTranscript(client: Client, workflowId: string): Promise<TranscriptMessage[]> {
  const workflow = client.workflow.getHandle(workflowId);
  const messages: TranscriptMessage[] = [];
  for (;;) {
    const page = await workflow.query(transcriptQuery, messages.length);
    messages.push(...page.messages);
    if (page.messages.length === 0 || messages.length >= page.total) return messages;
  }
}
