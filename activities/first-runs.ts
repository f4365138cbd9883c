import type {Context} from '@temporalio/activity';
import type {CallOrigin} from '../workflows/protocol/tool-call.ts';

/** Tells the first run of the chain of the workflow that called an activity. */
export type FirstRunOf = (context: Context, origin?: CallOrigin) => Promise<string>;

/**
 * What a worker knows of the chains that its activities work for.
 *
 * A workflow says its first run where that is another one than the caller. A call that says nothing may still stand in
 * the history of a run that was reset, and be made for the new run: that the server alone knows, so it is asked once
 * a run.
 *
 * @param capacity runs to remember
 */
export function createFirstRuns(capacity: number): FirstRunOf {
  const known = new Map<string, Promise<string>>();
  return async (context, origin) => {
    const {runId = ''} = context.info.workflowExecution ?? {};
    if (origin?.firstRunId !== undefined) return origin.firstRunId;
    const found = known.get(runId) ?? askServer(context);
    known.set(runId, found);
    found.catch(() => known.delete(runId));
    if (known.size > capacity) known.delete(known.keys().next().value as string);
    return found;
  };
}

/** A server of an older release doesn't tell it; then it is the run that the activity is for. */
async function askServer({info, client}: Context): Promise<string> {
  const {workflowId = '', runId = ''} = info.workflowExecution ?? {};
  const {raw} = await client.workflow.getHandle(workflowId, runId).describe();
  return raw.workflowExecutionInfo?.firstRunId || runId;
}
