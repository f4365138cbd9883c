import type {ESTree} from 'meriyah';
import {strictlyEqual} from '../values/equality.ts';
import type {Value} from '../values/value.ts';
import {breaks, type Compiler, type Expression, type Frame, type Statement} from './code.ts';
import {liftAwaits} from './lift.ts';
import {refuseAwait} from './refuse.ts';
import {sequence} from './sequence.ts';
import {enterScope} from './statements.ts';

/** `switch`: runs the statements from the first case that matches on, or from `default`. */
export function compileSwitch(node: ESTree.SwitchStatement, compiler: Compiler): Statement {
  const {realm} = compiler;
  const tests = node.cases.map((branch) => compileTest(branch, compiler));
  const bodies = node.cases.map((branch) => {
    return sequence(
      branch.consequent
        .filter((statement) => statement.type !== 'FunctionDeclaration')
        .map((statement) => compiler.statement(statement, {...compiler, loopLabels: []})),
    );
  });
  const entries = bodies.map((_body, index) => sequence(bodies.slice(index)));
  const otherwise = node.cases.findIndex((branch) => branch.test === null);
  const enter = sequence(enterScope(node, compiler));
  const find = (frame: Frame, value: Value): number => {
    const found = tests.findIndex((test) => test && strictlyEqual(realm, value, test(frame)));
    return found === -1 ? otherwise : found;
  };
  return liftAwaits(node.discriminant, compiler, (lifted) => {
    const discriminant = compiler.expression(lifted);
    return absorbBreak((frame) => {
      const value = discriminant(frame);
      enter(frame);
      const entry = entries[find(frame, value)];
      return entry ? entry(frame) : 0;
    });
  });
}

function compileTest(node: ESTree.SwitchCase, compiler: Compiler): Expression | undefined {
  if (!node.test) return undefined;
  if (compiler.facts.awaiting.has(node.test)) refuseAwait(node.test, 'a `case`');
  return compiler.expression(node.test);
}

function absorbBreak(statement: Statement): Statement {
  return (frame) => {
    const completion = statement(frame);
    if (typeof completion === 'number') return completion === breaks ? 0 : completion;
    return (function* () {
      const end = yield* completion;
      return end === breaks ? 0 : end;
    })();
  };
}
