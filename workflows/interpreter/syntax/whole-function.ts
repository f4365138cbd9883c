import type {ESTree} from 'meriyah';
import {Refused} from '../failure.ts';
import {type FunctionNode, isFunction, withoutParentheses} from './children.ts';

/**
 * Calls the function that a program consists of: `async () => {…}` as its last statement, or a function `main` (or the only
 * one) where there are functions and nothing else.
 *
 * @throws Refused where that function needs arguments
 */
export function callWholeFunction(body: ESTree.Statement[]): void {
  const statements = body.filter(({type}) => type !== 'EmptyStatement');
  const last = statements.at(-1);
  if (!last) return;
  const given = functionExpression(last);
  if (given) body[body.indexOf(last)] = callOf(given, given);
  else callMain(body, statements);
}

function callMain(body: ESTree.Statement[], statements: readonly ESTree.Statement[]): void {
  const named = statements.filter((statement) => !isDirective(statement)).map(namedFunction);
  if (!named.every((entry) => entry !== undefined)) return;
  const entry = named.find(({id}) => id.name === 'main') ?? (named.length === 1 ? named[0] : undefined);
  if (entry) body.push(callOf({...entry.id}, entry.code));
}

function callOf(callee: ESTree.Expression, code: FunctionNode): ESTree.ExpressionStatement {
  const {start = 0, end = 0} = callee;
  if (code.params.some(({type}) => type !== 'AssignmentPattern' && type !== 'RestElement')) {
    throw new Refused(
      'UnsupportedSyntax',
      'The function that the program consists of takes arguments',
      code.params[0]?.start,
      'Nothing calls it with arguments: tools and built-ins are global. Leave its parameters out.',
    );
  }
  const call: ESTree.CallExpression = {
    type: 'CallExpression',
    callee,
    arguments: [],
    optional: false,
    start,
    end,
  };
  return {type: 'ExpressionStatement', expression: call, start, end};
}

function functionExpression(statement: ESTree.Statement): (FunctionNode & ESTree.Expression) | undefined {
  return statement.type === 'ExpressionStatement' ? asFunction(statement.expression) : undefined;
}

function asFunction(node: ESTree.Node): (FunctionNode & ESTree.Expression) | undefined {
  const inner = withoutParentheses(node);
  return isFunction(inner) ? (inner as FunctionNode & ESTree.Expression) : undefined;
}

/** A function that a statement gives a name, whether it declares it or stores it in a constant. */
function namedFunction(statement: ESTree.Statement): {id: ESTree.Identifier; code: FunctionNode} | undefined {
  if (statement.type === 'FunctionDeclaration')
    return statement.id ? {id: statement.id, code: statement} : undefined;
  if (statement.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return undefined;
  const [{id, init}] = statement.declarations as [ESTree.VariableDeclarator];
  const code = init ? asFunction(init) : undefined;
  return id.type === 'Identifier' && code ? {id, code} : undefined;
}

function isDirective(statement: ESTree.Statement): boolean {
  return statement.type === 'ExpressionStatement' && statement.expression.type === 'Literal';
}
