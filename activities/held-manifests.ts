import {ApplicationFailure, type Context} from '@temporalio/activity';
import {QueryNotRegisteredError, WorkflowNotFoundError} from '@temporalio/client';
import {failureTypes} from '../workflows/protocol/failures.ts';
import {firstLine} from '../workflows/protocol/first-line.ts';
import {type HeldManifest, manifestDigest} from '../workflows/protocol/held-manifest.ts';
import type {AgentManifest} from '../workflows/protocol/manifest.ts';
import {manifestQuery} from '../workflows/protocol/messages.ts';

/** Gives the manifest that another run holds. Throws a failure that names the run and why it cannot be had. */
export type ManifestOf = (context: Context, held: HeldManifest) => Promise<AgentManifest>;

/**
 * The manifests that a worker knows. One that it doesn't is asked for once, however many subagents want it at the
 * same time.
 *
 * @param capacity manifests to keep; what was used least recently is forgotten
 */
export function createHeldManifests(capacity: number): ManifestOf {
  const known = new Map<string, Promise<AgentManifest>>();
  return (context, held) => {
    const {digest} = held;
    const manifest = known.get(digest) ?? askHolder(context, held);
    known.delete(digest);
    known.set(digest, manifest);
    manifest.catch(() => known.delete(digest));
    if (known.size > capacity) known.delete(known.keys().next().value as string);
    return manifest;
  };
}

/** A run that is over answers, too, as long as its server keeps it. */
async function askHolder({client}: Context, {holder, digest}: HeldManifest): Promise<AgentManifest> {
  const {workflowId, runId} = holder;
  const manifest = await client.workflow
    .getHandle(workflowId, runId)
    .query(manifestQuery)
    .catch((error: unknown) => {
      throw unavailable(workflowId, reasonOf(error), isFinal(error));
    });
  if (manifestDigest(manifest) === digest) return manifest;
  throw unavailable(workflowId, 'it has others', true);
}

/** What another attempt would not mend. */
function isFinal(error: unknown): boolean {
  return error instanceof QueryNotRegisteredError || error instanceof WorkflowNotFoundError;
}

function reasonOf(error: unknown): string {
  if (error instanceof QueryNotRegisteredError)
    return 'the worker that answered for it is of an older release';
  if (error instanceof WorkflowNotFoundError) return 'the server does not know it any more';
  const {cause} = error as Error;
  return firstLine(cause instanceof Error ? cause : error);
}

function unavailable(workflowId: string, reason: string, nonRetryable: boolean): ApplicationFailure {
  const message = `The agent's definitions are held by ${workflowId}, which does not give them: ${reason}.`;
  return ApplicationFailure.create({message, type: failureTypes.definitions, nonRetryable});
}
