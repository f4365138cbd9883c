import {ToolExecutionError} from '../../../activities/errors.ts';
import type {RunningCalls} from '../../../activities/running-calls.ts';
import {firstLine} from '../../../workflows/protocol/first-line.ts';

/**
 * Spares the process what a tool does outside of its call: an exception or a rejection that nothing catches, or an end of
 * the process. It fails the call that it came from; where that is over, or nobody's, it is said.
 */
export function catchStrays(calls: RunningCalls, say: (words: string) => void): void {
  const blame = (what: string, error: unknown) => {
    const call = calls.current();
    const words = `${what} that nothing caught: ${firstLine(error)}`;
    if (call && !call.hasEnded) call.fail(new Error(words));
    else say(call ? `After its call, ${call.name} left ${words}` : `In the worker’s process, ${words}`);
  };
  process.on('uncaughtException', (error) => blame('an exception', error));
  process.on('unhandledRejection', (reason) => blame('a rejection', reason));
  const refuse = (name: string) => (code?: unknown) => {
    const call = calls.current();
    const given = code === undefined ? '' : String(code);
    const error = new ToolExecutionError(
      `${call?.name ?? 'A module'} called process.${name}(${given}), which would end the worker and whatever else runs in it.`,
    );
    call?.fail(error);
    // It never returns.
    throw error;
  };
  process.exit = refuse('exit');
  process.abort = refuse('abort');
}
