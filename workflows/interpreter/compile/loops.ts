import type {ESTree} from 'meriyah';
import {type Meter, stepsOf} from '../budgets.ts';
import {
  breaks,
  type Compiler,
  continues,
  type Expression,
  type Frame,
  hostYield,
  type Statement,
  type Suspended,
} from './code.ts';
import {liftAwaits} from './lift.ts';
import {sequence} from './sequence.ts';
import {enterScope} from './statements.ts';
import {freshBoxes} from './variables.ts';

/** The parts of a loop. `update` runs before each round but the first. */
interface Loop {
  meter: Meter;
  /** Steps that a round costs. */
  steps: number;
  test: Expression | undefined;
  update: ((frame: Frame) => void) | undefined;
  body: Statement;
  labels: readonly number[];
}

export function compileWhile(node: ESTree.WhileStatement, compiler: Compiler): Statement {
  const body = bodyOf(node.body, compiler);
  if (!compiler.facts.awaiting.has(node.test)) {
    return runLoop({...loopOf(node, compiler), test: compiler.expression(node.test), body});
  }
  return runLoop({...loopOf(node, compiler), body: sequence([leaveUnless(node.test, compiler), body])});
}

export function compileDoWhile(node: ESTree.DoWhileStatement, compiler: Compiler): Statement {
  const loop = loopOf(node, compiler);
  const body = absorbContinue(bodyOf(node.body, compiler), loop.labels);
  return runLoop({...loop, body: sequence([body, leaveUnless(node.test, compiler)])});
}

export function compileFor(node: ESTree.ForStatement, compiler: Compiler): Statement {
  const {awaiting} = compiler.facts;
  const init = initOf(node, compiler);
  const renew = freshBoxes(compiler.scopes.scopes.get(node));
  const first = renew ? [renewal(renew)] : [];
  const body = bodyOf(node.body, compiler);
  const loop = loopOf(node, compiler);
  if ((node.test && awaiting.has(node.test)) || (node.update && awaiting.has(node.update))) {
    return sequence([...init, ...first, awaitingFor(node, compiler, loop, body, renew)]);
  }
  const test = node.test ? compiler.expression(node.test) : undefined;
  const step = node.update ? compiler.expression(node.update) : undefined;
  const update = renew ? renewing(renew, step) : step;
  return sequence([...init, ...first, runLoop({...loop, test, update, body})]);
}

function initOf(node: ESTree.ForStatement, compiler: Compiler): Statement[] {
  const enter = enterScope(node, compiler);
  if (!node.init) return enter;
  if (node.init.type === 'VariableDeclaration') return [...enter, compiler.statement(node.init)];
  return [...enter, compiler.statement(statementOf(node.init))];
}

function statementOf(expression: ESTree.Expression): ESTree.ExpressionStatement {
  return {type: 'ExpressionStatement', expression, start: expression.start ?? 0, end: expression.end ?? 0};
}

function renewal(renew: (frame: Frame) => void): Statement {
  return (frame) => {
    renew(frame);
    return 0;
  };
}

// Each round, the first included, has its own copy of the variables that an inner function may have taken with it.
function renewing(renew: (frame: Frame) => void, step: Expression | undefined): (frame: Frame) => void {
  return (frame) => {
    renew(frame);
    step?.(frame);
  };
}

function awaitingFor(
  node: ESTree.ForStatement,
  compiler: Compiler,
  loop: Loop,
  body: Statement,
  renew: ((frame: Frame) => void) | undefined,
): Statement {
  const before = node.test ? [leaveUnless(node.test, compiler)] : [];
  const after = node.update ? [compiler.statement(statementOf(node.update))] : [];
  const between = renew ? [renewal(renew)] : [];
  return runLoop({
    ...loop,
    body: sequence([...before, absorbContinue(body, loop.labels), ...between, ...after]),
  });
}

/** A statement that breaks the loop around it unless a condition, which may wait, holds. */
function leaveUnless(condition: ESTree.Expression, compiler: Compiler): Statement {
  return liftAwaits(condition, compiler, (lifted) => {
    const test = compiler.expression(lifted);
    return (frame) => (test(frame) ? 0 : breaks);
  });
}

/** Makes `continue` end a loop's body normally, so that what follows the body in a round still runs. */
function absorbContinue(body: Statement, labels: readonly number[]): Statement {
  const absorb = (code: number) => (code === continues || isContinue(code, labels) ? 0 : code);
  return (frame) => {
    const completion = body(frame);
    if (typeof completion === 'number') return absorb(completion);
    return (function* () {
      return absorb(yield* completion);
    })();
  };
}

/** What all kinds of loops have in common. */
export function loopOf(node: ESTree.Node, compiler: Compiler): Loop {
  return {
    meter: compiler.realm.meter,
    steps: stepsOf(compiler.facts.sizes.get(node) ?? 0),
    test: undefined,
    update: undefined,
    body: () => 0,
    labels: compiler.loopLabels,
  };
}

/** A loop's body. Labels in front of the loop belong to the loop only. */
export function bodyOf(node: ESTree.Statement, compiler: Compiler): Statement {
  return compiler.statement(node, {...compiler, loopLabels: []});
}

/** Runs a loop as plain calls until a round waits, or until it is time to give way to the host. */
export function runLoop(loop: Loop): Statement {
  const {meter, steps, labels, body} = loop;
  const test = loop.test ?? (() => true);
  const update = loop.update ?? (() => {});
  return (frame) => {
    for (; test(frame); update(frame)) {
      meter.charge(steps);
      const completion = body(frame);
      if (typeof completion === 'object') return resume(loop, frame, completion);
      if (completion !== 0) {
        const end = afterRound(completion, labels);
        if (end !== goOn) return end;
      }
      if (meter.steps > meter.yieldAt && meter.calls === 0) return resume(loop, frame, undefined);
    }
    return 0;
  };
}

function* resume(loop: Loop, frame: Frame, suspended: Suspended | undefined): Suspended {
  const {meter, steps, test, update, body} = loop;
  let round: number | Suspended = suspended ?? 0;
  for (;;) {
    const completion = typeof round === 'number' ? round : yield* round;
    if (completion !== 0) {
      const end = afterRound(completion, loop.labels);
      if (end !== goOn) return end;
    }
    if (meter.steps > meter.yieldAt && meter.calls === 0) yield hostYield;
    update?.(frame);
    if (test !== undefined && !test(frame)) return 0;
    meter.charge(steps);
    round = body(frame);
  }
}

const goOn = -1;

function afterRound(completion: number, labels: readonly number[]): number {
  if (completion === breaks) return 0;
  return completion === continues || isContinue(completion, labels) ? goOn : completion;
}

function isContinue(completion: number, labels: readonly number[]): boolean {
  return labels.some((label) => completion === label + 1);
}
