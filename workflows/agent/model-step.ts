import {ActivityFailure, ApplicationFailure, proxyActivities} from '@temporalio/workflow';
import {classifyCallFailure, failureTypes, isCancelled} from '../protocol/failures.ts';
import {modelActivityType, modelCallId} from '../protocol/identity.ts';
import type {ModelStepInput, ModelStepResult} from '../protocol/model-step.ts';
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
  const {prefix, news} = run.conversation;
  try {
    const step = await request({model: run.model, turn, agent: run.agent, prefix, messages: news});
    run.conversation.answer(step.message);
    return step;
  } catch (error) {
    throw modelFailure(error, turn);
  }
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
