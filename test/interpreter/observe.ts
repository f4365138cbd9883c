import type {ProgramOutcome} from '../../workflows/interpreter/index.ts';
import type {Observation} from './reference.ts';

/** What a program came to in the interpreter, in the words of the reference. */
export function observe(outcome: ProgramOutcome): Observation {
  if (outcome.status === 'aborted') throw new Error('The program was aborted');
  const {logs} = outcome;
  return outcome.status === 'completed' ? {value: outcome.value, logs} : {throws: outcome.failure.name, logs};
}
