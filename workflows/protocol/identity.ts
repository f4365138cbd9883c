/** Workflow type of every agent, root or subagent. */
export const agentWorkflowType = 'durableAgent';

/** Activity type of a model step. */
export const modelActivityType = 'model.request';

/** Activity type that fetches what a run needs of definitions that another run holds. */
export const definitionsActivityType = 'agent.definitions';

/** Activity type of a tool that runs as an activity, e.g. `sandbox.write_file`. */
export function toolActivityType(tool: {capability: string; name: string}): string {
  return `${tool.capability}.${tool.name}`;
}

/** Activity id of a turn's model step, e.g. `t1.model`. Turns count from 1. */
export function modelCallId(turn: number): string {
  return `t${turn}.model`;
}

/** Id of a tool call that the model made directly, e.g. `t1.c2`. Calls count from 1. */
export function directCallId(turn: number, call: number): string {
  return `t${turn}.c${call}`;
}

/** Id of a call that a program made, e.g. `t1.c2.3` for the third call of the program that is call `t1.c2`. */
export function programCallId(program: string, index: number): string {
  return `${program}.${index}`;
}

/** Workflow id of the subagent that a call started: the parent's id, a slash, the call's id. */
export function subagentWorkflowId(parentWorkflowId: string, callId: string): string {
  return `${parentWorkflowId}/${callId}`;
}

/** Where a call stands in its run; `inner` is the number of a program's call. */
export interface CallPosition {
  turn: number;
  /** Absent for the model step. */
  call?: number;
  inner?: number;
}

/** Reads an id made by this module; undefined for anything else, as ids in a foreign history may be. */
export function parseCallId(id: string): CallPosition | undefined {
  const match = /^t(\d+)\.(?:model|c(\d+)(?:\.(\d+))?)$/.exec(id);
  if (!match) return undefined;
  const [, turn, call, inner] = match;
  return {
    turn: Number(turn),
    ...(call !== undefined && {call: Number(call)}),
    ...(inner !== undefined && {inner: Number(inner)}),
  };
}

/**
 * The parent's workflow id and the call that started a subagent; undefined for a root agent's id, which may have slashes
 * as well (`team/agent-1`).
 */
export function parseSubagentWorkflowId(
  workflowId: string,
): {parentWorkflowId: string; callId: string} | undefined {
  const slash = workflowId.lastIndexOf('/');
  const callId = workflowId.slice(slash + 1);
  const isCall = slash > 0 && parseCallId(callId)?.call !== undefined;
  return isCall ? {parentWorkflowId: workflowId.slice(0, slash), callId} : undefined;
}

/** A workflow's id and those of its ancestors, the root's first. */
export function workflowPath(workflowId: string): string[] {
  const origin = parseSubagentWorkflowId(workflowId);
  return origin ? [...workflowPath(origin.parentWorkflowId), workflowId] : [workflowId];
}

/** The id of the root agent that a workflow descends from; its own where it is one. */
export function rootWorkflowId(workflowId: string): string {
  return workflowPath(workflowId)[0] as string;
}
