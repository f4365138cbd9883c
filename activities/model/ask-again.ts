import type {ModelStepResult} from '../../workflows/protocol/model-step.ts';
import {addUsage} from '../../workflows/protocol/usage.ts';
import {emptyAnswer, toApplicationFailure} from './model-failure.ts';

/**
 * Asks a model, and once more where it answers with neither text nor calls: nobody could do anything with that.
 *
 * @param ask asks for one step
 * @param model its name, for the failure
 * @returns the answer; its usage counts both steps
 * @throws a `ModelEmptyAnswer` failure that no other attempt follows
 */
export async function askAgainIfEmpty(
  ask: () => Promise<ModelStepResult>,
  model: string,
): Promise<ModelStepResult> {
  const first = await ask();
  if (!isEmpty(first)) return first;
  const second = await ask();
  if (isEmpty(second)) throw toApplicationFailure(emptyAnswer(model));
  const usage = addUsage(first.usage, second.usage);
  return {...second, ...(usage && {usage})};
}

function isEmpty({message}: ModelStepResult): boolean {
  return message.toolCalls.length === 0 && message.content.trim() === '';
}
