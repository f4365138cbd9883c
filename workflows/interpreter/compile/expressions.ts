import type {ESTree} from 'meriyah';
import {compileAssignment, compileUpdate} from './assignments.ts';
import {compileBinary} from './binary.ts';
import {compileCall, compileChain, compileNew} from './calls.ts';
import type {Compiler, Expression} from './code.ts';
import {compileFunction} from './functions.ts';
import {compileArray, compileLiteral, compileObject, compileTemplate} from './literals.ts';
import {compileConditional, compileLogical, compileSequence} from './logic.ts';
import {compileMember} from './members.ts';
import {compileUnary} from './operators.ts';
import {readVariable} from './variables.ts';

type NodeOf<Type extends ESTree.Node['type']> = Extract<ESTree.Node, {type: Type}>;

/** The expressions of the language. */
const compilers: {
  readonly [Type in ESTree.Node['type']]?: (node: NodeOf<Type>, compiler: Compiler) => Expression;
} = {
  Literal: compileLiteral,
  Identifier: compileIdentifier,
  TemplateLiteral: compileTemplate,
  ArrayExpression: compileArray,
  ObjectExpression: compileObject,
  ArrowFunctionExpression: compileFunction,
  FunctionExpression: compileFunction,
  UnaryExpression: compileUnary,
  UpdateExpression: compileUpdate,
  BinaryExpression: compileBinary,
  LogicalExpression: compileLogical,
  ConditionalExpression: compileConditional,
  SequenceExpression: compileSequence,
  AssignmentExpression: compileAssignment,
  MemberExpression: compileMember,
  CallExpression: compileCall,
  NewExpression: compileNew,
  ChainExpression: compileChain,
};

/** Compiles an expression that doesn't wait; those that do are lifted first. */
export function compileExpression(node: ESTree.Node, compiler: Compiler): Expression {
  const compile = compilers[node.type] as ((node: ESTree.Node, compiler: Compiler) => Expression) | undefined;
  if (!compile) throw new Error(`${node.type} is not an expression of the language`);
  return compile(node, compiler);
}

function compileIdentifier(node: ESTree.Identifier, compiler: Compiler): Expression {
  const temporary = compiler.temporaries.get(node);
  if (temporary !== undefined) return (frame) => frame[temporary] as never;
  const {name, start = 0} = node;
  const binding = compiler.scopes.bindings.get(node);
  if (binding) return readVariable(binding, start, compiler);
  // Every other name was refused before.
  const value = compiler.globals.get(name);
  return () => value;
}
