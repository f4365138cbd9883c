import type {ESTree} from 'meriyah';
import {strictlyEqual} from '../values/equality.ts';
import type {Value} from '../values/value.ts';
import {breaks, type Compiler, type Statement} from './code.ts';
import {liftAwaits} from './lift.ts';
import {sequence} from './sequence.ts';
import {enterScope} from './statements.ts';
import {when} from './when.ts';

/** `switch`: runs the statements from the first case that matches on, or from `default`. */
export function compileSwitch(node: ESTree.SwitchStatement, compiler: Compiler): Statement {
  const slots = {value: compiler.function.slots++, entry: compiler.function.slots++};
  const bodies = node.cases.map((branch) => {
    return sequence(
      branch.consequent
        .filter((statement) => statement.type !== 'FunctionDeclaration')
        .map((statement) => compiler.statement(statement, {...compiler, loopLabels: []})),
    );
  });
  const entries = bodies.map((_body, index) => sequence(bodies.slice(index)));
  const discriminant = liftAwaits(node.discriminant, compiler, (lifted) => {
    const value = compiler.expression(lifted);
    return (frame) => {
      frame[slots.value] = value(frame);
      return 0;
    };
  });
  const enter: Statement = (frame) => entries[frame[slots.entry] as number]?.(frame) ?? 0;
  const find = node.cases.some(({test}) => test && compiler.facts.awaiting.has(test)) ? findLater : findNow;
  return absorbBreak(
    sequence([discriminant, ...enterScope(node, compiler), find(node, slots, compiler), enter]),
  );
}

/** Where the value of a `switch` is, and where the index of the case to enter goes; -1 enters none. */
interface SwitchSlots {
  value: number;
  entry: number;
}

type FindEntry = (node: ESTree.SwitchStatement, slots: SwitchSlots, compiler: Compiler) => Statement;

const findNow: FindEntry = ({cases}, {value, entry}, compiler) => {
  const {realm} = compiler;
  const tests = cases.map(({test}) => test && compiler.expression(test));
  const otherwise = cases.findIndex(({test}) => test === null);
  return (frame) => {
    const wanted = frame[value] as Value;
    const found = tests.findIndex((test) => test && strictlyEqual(realm, wanted, test(frame)));
    frame[entry] = found === -1 ? otherwise : found;
    return 0;
  };
};

/** As `findNow`, where a test awaits: each test is a step of its own, until one has matched. */
const findLater: FindEntry = ({cases}, {value, entry}, compiler) => {
  const {realm} = compiler;
  const otherwise = cases.findIndex(({test}) => test === null);
  const steps = cases.flatMap(({test}, index) => {
    if (!test) return [];
    const compare = liftAwaits(test, compiler, (lifted) => {
      const candidate = compiler.expression(lifted);
      return (frame) => {
        if (strictlyEqual(realm, frame[value] as Value, candidate(frame))) frame[entry] = index;
        return 0;
      };
    });
    return [when((frame) => frame[entry] === otherwise, compare)];
  });
  const begin: Statement = (frame) => {
    frame[entry] = otherwise;
    return 0;
  };
  return sequence([begin, ...steps]);
};

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
