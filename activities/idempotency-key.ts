import {createHash} from 'node:crypto';

/** What makes a tool call the only one of its kind: no two calls agree in all of it, and all attempts of one do. */
export interface CallIdentity {
  namespace: string;
  workflowId: string;
  /** Of the workflow's chain: continue-as-new and reset begin other runs of it. */
  firstRunId: string;
  callId: string;
}

const digits = 32;

/** The key by which a service outside can tell a repetition of a call: 32 hexadecimal digits. */
export function idempotencyKey({namespace, workflowId, firstRunId, callId}: CallIdentity): string {
  const identity = JSON.stringify([namespace, workflowId, firstRunId, callId]);
  return createHash('sha256').update(identity).digest('hex').slice(0, digits);
}
