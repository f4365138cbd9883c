import {
  CancellationScope,
  CancelledFailure,
  continueAsNew,
  setHandler,
  setWorkflowOptions,
  workflowInfo,
} from '@temporalio/workflow';
import {type AgentRun, checkVersion, limitExceeded, openRun} from './agent/agent-run.ts';
import {callTool} from './agent/call-tool.ts';
import {fetchOutline} from './agent/definitions.ts';
import {runGivenProgram} from './agent/given-program.ts';
import {requestModelStep} from './agent/model-step.ts';
import {runTogether} from './agent/run-together.ts';
import {nativeTools} from './capabilities/index.ts';
import type {AgentInput, AgentResult} from './protocol/agent.ts';
import {clipResults} from './protocol/clip-results.ts';
import {isHeld} from './protocol/held-manifest.ts';
import {directCallId} from './protocol/identity.ts';
import {maximumHistoryLength} from './protocol/limits.ts';
import {manifestQuery, programsQuery, transcriptQuery} from './protocol/messages.ts';
import type {TokenUsage} from './protocol/model-step.ts';
import type {ToolOutcome} from './protocol/tool-call.ts';
import type {ToolCallRequest, ToolMessage} from './protocol/transcript.ts';
import {dropOldestAround} from './protocol/transcript-size.ts';
import {addUsage} from './protocol/usage.ts';

/**
 * A durable agent: asks the model, runs all its tool calls at once, appends the results in call order, and repeats
 * until the model answers or a limit ends the run.
 *
 * @throws an `ApplicationFailure` of type `AgentLimitExceeded`, `ModelFailed`, `MissingCapability`,
 * `UnsupportedManifest`, `DefinitionsUnavailable` or `ProgramError`
 */
export async function durableAgent(input: AgentInput): Promise<AgentResult> {
  const {manifest} = input;
  checkVersion(manifest);
  if (!isHeld(manifest)) setHandler(manifestQuery, () => manifest);
  const run = openRun(input, isHeld(manifest) ? await fetchOutline(manifest) : manifest, nativeTools);
  setHandler(transcriptQuery, (from) => run.conversation.page(from));
  setHandler(programsQuery, () => run.programs);
  if (input.program !== undefined) return runGivenProgram(run, input.program);
  return converse(run, input);
}

// A bug of ours fails the run with its message instead of retrying the workflow task for ever.
setWorkflowOptions({failureExceptionTypes: [Error]}, durableAgent);

async function converse(run: AgentRun, input: AgentInput): Promise<AgentResult> {
  const {turns} = run.manifest.limits;
  let usage: TokenUsage | undefined = input.resume?.usage;
  for (let turn = (input.resume?.turn ?? 0) + 1; turn <= turns; turn += 1) {
    const step = await requestModelStep(run, turn);
    usage = addUsage(usage, step.usage);
    const {content, toolCalls} = step.message;
    if (toolCalls.length === 0) return {answer: content, ...(usage && {usage})};
    run.conversation.append(...(await runToolCalls(run, turn, toolCalls)));
    if (isHistoryLong(run)) await startAfresh(run, input, turn, usage);
  }
  throw limitExceeded(`The agent "${run.agent}" has no answer after ${turns} turns.`);
}

async function runToolCalls(
  run: AgentRun,
  turn: number,
  requests: ToolCallRequest[],
): Promise<ToolMessage[]> {
  // Ids come from the position, never from the model: one that repeats would wedge the run.
  const calls = requests.map((request, index) => ({...request, id: directCallId(turn, index + 1)}));
  const outcomes = await runTogether(calls.map((call) => () => callTool(run, call)));
  return clipResults(calls.map((call, index) => toMessage(call, outcomes[index] as ToolOutcome)));
}

function toMessage({id, name}: {id: string; name: string}, outcome: ToolOutcome): ToolMessage {
  const message = {role: 'tool', callId: id, name} as const;
  if (outcome.status === 'failed') return {...message, failure: outcome.failure};
  return {...message, result: outcome.value};
}

function isHistoryLong({manifest}: AgentRun): boolean {
  const {continueAsNewSuggested, historyLength} = workflowInfo();
  return continueAsNewSuggested || historyLength >= (manifest.limits.events ?? maximumHistoryLength);
}

async function startAfresh(
  run: AgentRun,
  input: AgentInput,
  turn: number,
  usage?: TokenUsage,
): Promise<never> {
  // A cancellation that came while the last calls ended well: a new run would know nothing of it.
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('The agent was cancelled');
  const before = input.earlier?.length ?? 0;
  const {messages} = run.conversation;
  // The prompt stays in the input: whatever is dropped, the agent knows its task.
  const {earlier, turns} = dropOldestAround({
    earlier: messages.slice(0, before),
    turns: messages.slice(before + 1),
  });
  return continueAsNew<typeof durableAgent>({
    ...input,
    earlier,
    resume: {
      turn,
      ...run.used,
      programSteps: run.programSteps.taken,
      ...(usage && {usage}),
      transcript: turns,
    },
  });
}
