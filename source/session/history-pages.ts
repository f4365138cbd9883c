import type {Connection} from '@temporalio/client';
import type {temporal} from '@temporalio/proto';

type ProtoEvent = temporal.api.history.v1.IHistoryEvent;

/** One run of a workflow. */
export interface Execution {
  workflowId: string;
  runId: string;
}

/**
 * The events of one run as they happen, page by page, until its last event.
 *
 * @throws the gRPC error of the call that failed; a caller may go on with the token that it got last
 */
export async function* historyPages(
  connection: Connection,
  namespace: string,
  execution: Execution,
  signal: AbortSignal,
): AsyncGenerator<ProtoEvent[]> {
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const request = {namespace, execution, nextPageToken, waitNewEvent: true, skipArchival: true};
    const response = await connection.withAbortSignal(signal, () =>
      connection.workflowService.getWorkflowExecutionHistory(request),
    );
    nextPageToken = response.nextPageToken;
    yield response.history?.events ?? [];
  } while (nextPageToken.length > 0);
}
