import type {Frame, Statement} from './code.ts';

/** A statement that runs only where a condition on the frame holds. */
export function when(condition: (frame: Frame) => boolean, statement: Statement): Statement {
  return (frame) => (condition(frame) ? statement(frame) : 0);
}
