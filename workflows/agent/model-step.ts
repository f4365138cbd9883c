import {ActivityFailure, ApplicationFailure, proxyActivities} from '@temporalio/workflow';
import {classifyCallFailure, failureTypes, isCancelled} from '../protocol/failures.ts';
import {modelActivityType, modelCallId} from '../protocol/identity.ts';
import {encodedBytes, maximumRepeatedResultBytes} from '../protocol/limits.ts';
import {isReference, type ModelStepInput, type ModelStepResult} from '../protocol/model-step.ts';
import {nativeToolFacts} from '../protocol/native-tools.ts';
import {modelActivityOptions} from './activity-policy.ts';
import type {AgentRun} from './agent-run.ts';

/**
 * Asks the model for the next step and appends its answer to the conversation.
 *
 * @throws cancellation, and a `ModelFailed` failure once the step's attempts are spent
 */
export async function requestModelStep(run: AgentRun, turn: number): Promise<ModelStepResult> {
  const {[modelActivityType]: request} = proxyActivities<{
    [modelActivityType](input: ModelStepInput): Promise<ModelStepResult>;
  }>({...modelActivityOptions(run.manifest.modelActivity), activityId: modelCallId(turn)});
  const {conversation} = run;
  const messages = newMessages(run);
  const digest = messages.some(isReference) ? {digest: conversation.digest} : {};
  const input = {model: run.model, turn, agent: run.agent, prefix: conversation.prefix, messages, ...digest};
  try {
    const step = await run.slots.run(encodedBytes(input), () => request(input));
    conversation.answer(step.message);
    return step;
  } catch (error) {
    throw modelFailure(error, turn);
  }
}

/** What is new since the last step. What the history tells by an event of its own is not told again if it is long. */
function newMessages(run: AgentRun): ModelStepInput['messages'] {
  return run.conversation.news.map((message) => {
    if (message.role !== 'tool' || message.result === undefined || !hasEvent(run, message.name))
      return message;
    const resultBytes = encodedBytes(message.result);
    if (resultBytes <= maximumRepeatedResultBytes) return message;
    return {role: 'tool', callId: message.callId, name: message.name, resultBytes};
  });
}

function hasEvent(run: AgentRun, tool: string): boolean {
  const entry = run.tools.get(tool);
  return entry !== undefined && (entry.transport === 'activity' || nativeToolFacts(tool)?.hasEvent === true);
}

function modelFailure(error: unknown, turn: number): unknown {
  if (isCancelled(error) || !(error instanceof ActivityFailure)) return error;
  const known = classifyCallFailure(error);
  if (!known) return error;
  const missing = known.kind === 'missingCapability';
  return ApplicationFailure.create({
    message: missing ? known.message : `The model step of turn ${turn} failed: ${known.failure.message}`,
    type: missing ? failureTypes.missingCapability : failureTypes.model,
    nonRetryable: true,
  });
}
