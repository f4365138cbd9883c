import type {ESTree} from 'meriyah';
import {GuestThrow} from '../runtime/signals.ts';
import {GuestError} from '../values/value.ts';
import {bindSlot} from './awaiting-patterns.ts';
import {type Compiler, type Frame, firstLabelCode, resultSlot, returns, type Statement} from './code.ts';
import {declareFunction} from './functions.ts';
import {liftAwaits} from './lift.ts';
import {bindPattern} from './patterns.ts';
import {sequence} from './sequence.ts';
import {enterVariable} from './variables.ts';

/** `{ … }` and the statement list of a function: enters its scope, then runs the statements in order. */
export function compileBlock(node: ESTree.BlockStatement, compiler: Compiler): Statement {
  return sequence([
    ...enterScope(node, compiler),
    ...node.body
      .filter((statement) => statement.type !== 'FunctionDeclaration' && statement.type !== 'EmptyStatement')
      .map((statement) => compiler.statement(statement)),
  ]);
}

/** The code that makes a scope's variables ready and its functions, as statements. */
export function enterScope(node: ESTree.Node, compiler: Compiler): Statement[] {
  const scope = compiler.scopes.scopes.get(node);
  if (!scope) return [];
  const steps: ((frame: Frame) => void)[] = [
    ...[...scope.bindings.values()].map(enterVariable).filter((step) => step !== undefined),
    ...scope.functions.map((declared) => declareFunction(declared, compiler)),
  ];
  if (steps.length === 0) return [];
  return [
    (frame) => {
      for (const step of steps) step(frame);
      return 0;
    },
  ];
}

export function compileExpressionStatement(node: ESTree.ExpressionStatement, compiler: Compiler): Statement {
  return liftAwaits(node.expression, compiler, (lifted) => {
    const run = compiler.expression(lifted);
    return (frame) => {
      run(frame);
      return 0;
    };
  });
}

export function compileDeclaration(node: ESTree.VariableDeclaration, compiler: Compiler): Statement {
  return sequence(node.declarations.map((declarator) => compileDeclarator(declarator, node.kind, compiler)));
}

function compileDeclarator(node: ESTree.VariableDeclarator, kind: string, compiler: Compiler): Statement {
  if (node.init && compiler.facts.awaiting.has(node.id)) return declareAwaiting(node.id, node.init, compiler);
  const bind = bindPattern(node.id, compiler, 'declare');
  if (!node.init) {
    if (kind === 'var') return () => 0;
    return (frame) => {
      bind(frame, undefined);
      return 0;
    };
  }
  const name = node.id.type === 'Identifier' ? node.id.name : '';
  return liftAwaits(node.init, compiler, (lifted) => {
    const value = compiler.named(lifted, name);
    return (frame) => {
      bind(frame, value(frame));
      return 0;
    };
  });
}

function declareAwaiting(pattern: ESTree.Node, init: ESTree.Expression, compiler: Compiler): Statement {
  const slot = compiler.function.slots++;
  const keep = liftAwaits(init, compiler, (lifted) => {
    const value = compiler.expression(lifted);
    return (frame) => {
      frame[slot] = value(frame);
      return 0;
    };
  });
  return sequence([keep, bindSlot(pattern, slot, compiler, 'declare')]);
}

export function compileReturn(node: ESTree.ReturnStatement, compiler: Compiler): Statement {
  if (!node.argument) {
    return (frame) => {
      frame[resultSlot] = undefined;
      return returns;
    };
  }
  return liftAwaits(node.argument, compiler, (lifted) => {
    const value = compiler.expression(lifted);
    return (frame) => {
      frame[resultSlot] = value(frame);
      return returns;
    };
  });
}

export function compileIf(node: ESTree.IfStatement, compiler: Compiler): Statement {
  const consequent = compiler.statement(node.consequent);
  const alternate = node.alternate ? compiler.statement(node.alternate) : undefined;
  return liftAwaits(node.test, compiler, (lifted) => {
    const test = compiler.expression(lifted);
    if (alternate) return (frame) => (test(frame) ? consequent(frame) : alternate(frame));
    return (frame) => (test(frame) ? consequent(frame) : 0);
  });
}

export function compileThrow(node: ESTree.ThrowStatement, compiler: Compiler): Statement {
  return liftAwaits(node.argument, compiler, (lifted) => {
    const value = compiler.expression(lifted);
    return (frame) => {
      const thrown = value(frame);
      compiler.realm.meter.chargeThrow();
      throw new GuestThrow(thrown, thrown instanceof GuestError ? thrown.start : node.start);
    };
  });
}

/** A label in front of a loop is known to the loop too, so that `continue label` can go on with it. */
export function compileLabeled(node: ESTree.LabeledStatement, compiler: Compiler): Statement {
  const code = firstLabelCode + 2 * compiler.labels.size;
  const body = compiler.statement(node.body, {
    ...compiler,
    labels: new Map(compiler.labels).set(node.label.name, code),
    loopLabels: [...compiler.loopLabels, code],
  });
  const end = (completion: number) => (completion === code ? 0 : completion);
  return (frame) => {
    const completion = body(frame);
    if (typeof completion === 'number') return end(completion);
    return (function* () {
      return end(yield* completion);
    })();
  };
}
