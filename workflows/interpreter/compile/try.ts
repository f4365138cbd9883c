import type {ESTree} from 'meriyah';
import {GuestThrow} from '../runtime/signals.ts';
import type {Value} from '../values/value.ts';
import {bindSlot} from './awaiting-patterns.ts';
import {
  type Compiler,
  type Completion,
  type Frame,
  resultSlot,
  type Statement,
  type Suspended,
} from './code.ts';

import {sequence} from './sequence.ts';
import {enterScope} from './statements.ts';

/**
 * `try`. Only exceptions of the program are caught: what ends the program, a budget or a cancellation, passes through
 * without any `catch` or `finally` of it.
 */
export function compileTry(node: ESTree.TryStatement, compiler: Compiler): Statement {
  const block = compiler.statement(node.block);
  const guarded = node.handler ? withCatch(block, node.handler, compiler) : block;
  return node.finalizer ? withFinally(guarded, compiler.statement(node.finalizer), compiler) : guarded;
}

function withCatch(block: Statement, handler: ESTree.CatchClause, compiler: Compiler): Statement {
  const {meter} = compiler.realm;
  const handle = compileHandler(handler, compiler);
  return (frame) => {
    const {calls, levels} = meter;
    const recover = (error: unknown): Completion => {
      if (!(error instanceof GuestThrow)) throw error;
      meter.calls = calls;
      meter.levels = levels;
      return handle(frame, error.value);
    };
    try {
      const completion = block(frame);
      return typeof completion === 'number' ? completion : resumeCatch(completion, recover);
    } catch (error) {
      return recover(error);
    }
  };
}

function* resumeCatch(suspended: Suspended, recover: (error: unknown) => Completion): Suspended {
  let completion: Completion;
  try {
    return yield* suspended;
  } catch (error) {
    completion = recover(error);
  }
  return typeof completion === 'number' ? completion : yield* completion;
}

function compileHandler(
  node: ESTree.CatchClause,
  compiler: Compiler,
): (frame: Frame, thrown: Value) => Completion {
  const slot = compiler.function.slots++;
  const bind = node.param ? [bindSlot(node.param, slot, compiler, 'declare')] : [];
  const handle = sequence([...enterScope(node, compiler), ...bind, compiler.statement(node.body)]);
  return (frame, thrown) => {
    frame[slot] = thrown;
    return handle(frame);
  };
}

/** What the guarded statement came to, kept until the `finally` block has run. */
interface Pending {
  completion: number;
  thrown: GuestThrow | undefined;
  result: unknown;
}

function withFinally(guarded: Statement, finalizer: Statement, compiler: Compiler): Statement {
  const {meter} = compiler.realm;
  return (frame) => {
    const {calls, levels} = meter;
    const failed = (error: unknown): Pending => {
      if (!(error instanceof GuestThrow)) throw error;
      meter.calls = calls;
      meter.levels = levels;
      return {completion: 0, thrown: error, result: undefined};
    };
    let pending: Pending;
    try {
      const completion = guarded(frame);
      if (typeof completion === 'object') return resumeFinally(completion, finalizer, frame, failed);
      pending = {completion, thrown: undefined, result: frame[resultSlot]};
    } catch (error) {
      pending = failed(error);
    }
    const last = finalizer(frame);
    return typeof last === 'number' ? conclude(pending, last, frame) : concludeLater(pending, last, frame);
  };
}

function* resumeFinally(
  suspended: Suspended,
  finalizer: Statement,
  frame: Frame,
  failed: (error: unknown) => Pending,
): Suspended {
  let pending: Pending;
  try {
    const completion = yield* suspended;
    pending = {completion, thrown: undefined, result: frame[resultSlot]};
  } catch (error) {
    pending = failed(error);
  }
  const last = finalizer(frame);
  return conclude(pending, typeof last === 'number' ? last : yield* last, frame);
}

function* concludeLater(pending: Pending, last: Suspended, frame: Frame): Suspended {
  return conclude(pending, yield* last, frame);
}

// A `finally` that ends normally lets the guarded statement's end stand; else its own end counts.
function conclude(pending: Pending, last: number, frame: Frame): number {
  if (last !== 0) return last;
  if (pending.thrown) throw pending.thrown;
  frame[resultSlot] = pending.result;
  return pending.completion;
}
