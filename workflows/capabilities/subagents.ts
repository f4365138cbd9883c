import {
  ChildWorkflowCancellationType,
  executeChild,
  ParentClosePolicy,
  workflowInfo,
} from '@temporalio/workflow';
import {type AgentRun, checkHistory, limitExceeded, type NativeTool} from '../agent/agent-run.ts';
import {summarize} from '../agent/summarize.ts';
import type {AgentInput, AgentResult} from '../protocol/agent.ts';
import {failureTypes} from '../protocol/failures.ts';
import {agentWorkflowType, subagentWorkflowId} from '../protocol/identity.ts';
import type {JsonObject} from '../protocol/json.ts';
import {encodedBytes, maximumStartBytes} from '../protocol/limits.ts';
import type {ToolCall, ToolOutcome} from '../protocol/tool-call.ts';

/** `spawn({agent_name, task})`: a child workflow that runs another agent; its value is that agent's answer. */
export const spawn: NativeTool = async ({run, call}) => {
  const {agent_name: name, task} = call.input;
  const problem = problemWith(run, name, task);
  if (problem) return {status: 'failed', failure: {name: failureTypes.validation, message: problem}};
  if (run.depth >= run.manifest.limits.depth) {
    throw limitExceeded(
      `Subagents may nest ${run.manifest.limits.depth} deep; "${run.agent}" is there already.`,
    );
  }
  return startSubagent(run, call, {name: name as string, task: task as string});
};

/** All that is wrong with the arguments at once, so that a model repairs them in one turn. */
function problemWith({manifest}: AgentRun, name: unknown, task: unknown): string | undefined {
  const known = Object.keys(manifest.agents);
  const problems: string[] = [];
  if (typeof name !== 'string' || !known.includes(name)) {
    const given = name === undefined ? 'none is given' : `there is no agent ${JSON.stringify(name)}`;
    problems.push(`agent_name: ${given}, the known agents are: ${known.join(', ')}`);
  }
  if (typeof task !== 'string' || task.trim() === '') {
    problems.push('task: it must be a text that says what to do');
  }
  return problems.length === 0 ? undefined : `spawn cannot take these arguments. ${problems.join('; ')}.`;
}

async function startSubagent(
  run: AgentRun,
  call: ToolCall & {input: JsonObject},
  subagent: {name: string; task: string},
): Promise<ToolOutcome> {
  const input: AgentInput = {
    manifest: run.definitions.forSubagent(subagent.name),
    agent: subagent.name,
    prompt: subagent.task,
    depth: run.depth + 1,
    ...(call.origin && {origin: call.origin}),
  };
  const bytes = encodedBytes(input);
  if (bytes > maximumStartBytes) {
    const message = `The task and what every agent starts with have ${bytes} bytes; at most ${maximumStartBytes} are possible. Write it to a file and name that.`;
    return {status: 'failed', failure: {name: failureTypes.validation, message}};
  }
  const {answer} = await run.slots.run(bytes, () => {
    checkHistory(run);
    return executeChild<(input: AgentInput) => Promise<AgentResult>>(agentWorkflowType, {
      workflowId: subagentWorkflowId(workflowInfo().workflowId, call.id),
      args: [input],
      parentClosePolicy: ParentClosePolicy.TERMINATE,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      staticSummary: summarize(call.input),
    });
  });
  return {status: 'returned', value: answer};
}
