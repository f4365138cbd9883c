import {ApplicationFailure} from '@temporalio/workflow';
import type {AgentResult} from '../protocol/agent.ts';
import {clipFailure, clipText} from '../protocol/clip-results.ts';
import {failureTypes} from '../protocol/failures.ts';
import {directCallId} from '../protocol/identity.ts';
import {encodedBytes, maximumResultBytes} from '../protocol/limits.ts';
import {programTool} from '../protocol/native-tools.ts';
import type {AgentRun} from './agent-run.ts';
import {callTool} from './call-tool.ts';

/**
 * Runs a program that a person wrote as the agent's only `run_ptc` call, without a model.
 *
 * @throws an `ApplicationFailure` of type `ProgramError` whose details are the program's failure
 */
export async function runGivenProgram(run: AgentRun, program: string): Promise<AgentResult> {
  const outcome = await callTool(run, {id: directCallId(1, 1), name: programTool, input: {code: program}});
  if (outcome.status === 'failed') {
    const {message, details} = clipFailure(outcome.failure);
    throw ApplicationFailure.nonRetryable(message, failureTypes.program, details);
  }
  const {value} = outcome;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const isLong = encodedBytes(text) > maximumResultBytes;
  return {answer: isLong ? clipText(text, maximumResultBytes, '[clipped: the value is whole]') : text, value};
}
