import type {ModelStepResult} from '../../workflows/protocol/model-step.ts';
import {programTool} from '../../workflows/protocol/native-tools.ts';
import type {ToolCallRequest} from '../../workflows/protocol/transcript.ts';
import {stripTypes} from './strip-types.ts';

/**
 * Takes the type annotations out of the programs that an answer wants to run, before it enters a history: the
 * interpreter inside the workflow reads plain JavaScript.
 */
export async function withPlainPrograms(result: ModelStepResult): Promise<ModelStepResult> {
  const toolCalls = await Promise.all(result.message.toolCalls.map(withPlainProgram));
  return {...result, message: {...result.message, toolCalls}};
}

async function withPlainProgram(call: ToolCallRequest): Promise<ToolCallRequest> {
  const {name, input} = call;
  if (name !== programTool || typeof input === 'string' || typeof input.code !== 'string') return call;
  return {...call, input: {...input, code: await stripTypes(input.code)}};
}
