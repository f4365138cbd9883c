import type {ProgramHost} from '../../../workflows/interpreter/index.ts';

/** Answers each call at once with its `value`: what is measured is the interpreter, not the tools. */
export const echoingHost: ProgramHost = {
  tools: ['echo'],
  startCall: ({input}) => ({
    outcome: Promise.resolve({status: 'returned', value: (input as {value: number}).value}),
    cancel: () => {},
  }),
  yieldToHost: async () => {},
};
