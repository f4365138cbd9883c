import type {Frame, Statement, Suspended} from './code.ts';

/** Runs statements one after the other until one of them doesn't end normally. */
export function sequence(statements: readonly Statement[]): Statement {
  const [first, second] = statements;
  if (!first) return () => 0;
  if (!second) return first;
  const {length} = statements;
  return (frame) => {
    for (let index = 0; index < length; index++) {
      const completion = (statements[index] as Statement)(frame);
      if (completion === 0) continue;
      return typeof completion === 'number' ? completion : resume(statements, index + 1, completion, frame);
    }
    return 0;
  };
}

function* resume(
  statements: readonly Statement[],
  from: number,
  suspended: Suspended,
  frame: Frame,
): Suspended {
  let completion = yield* suspended;
  for (let index = from; completion === 0 && index < statements.length; index++) {
    const next = (statements[index] as Statement)(frame);
    completion = typeof next === 'number' ? next : yield* next;
  }
  return completion;
}
