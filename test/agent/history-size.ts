import {transcriptQuery} from '../../workflows/protocol/messages.ts';
import type {AgentEnvironment, AgentHandle} from './environment.ts';

/** Bytes of a run's history, as the server's describe reports them, and of the messages that it is about. */
export async function historyAndMessages(
  {client}: AgentEnvironment,
  handle: AgentHandle,
): Promise<{size: number; messages: number}> {
  const {raw} = await client.workflow.getHandle(handle.workflowId).describe();
  let messages = 0;
  for (let from = 0; ; ) {
    const page = await handle.query(transcriptQuery, from);
    messages += Buffer.byteLength(JSON.stringify(page.messages));
    from += page.messages.length;
    if (from >= page.total) return {size: Number(raw.workflowExecutionInfo?.historySizeBytes), messages};
  }
}
