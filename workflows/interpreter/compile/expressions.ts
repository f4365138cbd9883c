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

/** Compiles an expression that doesn't wait; those that do are lifted first. */
export function compileExpression(node: ESTree.Node, compiler: Compiler): Expression {
  switch (node.type) {
    case 'Literal':
      return compileLiteral(node);
    case 'Identifier':
      return compileIdentifier(node, compiler);
    case 'TemplateLiteral':
      return compileTemplate(node, compiler);
    case 'ArrayExpression':
      return compileArray(node, compiler);
    case 'ObjectExpression':
      return compileObject(node, compiler);
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return compileFunction(node, compiler);
    case 'UnaryExpression':
      return compileUnary(node, compiler);
    case 'UpdateExpression':
      return compileUpdate(node, compiler);
    case 'BinaryExpression':
      return compileBinary(node, compiler);
    case 'LogicalExpression':
      return compileLogical(node, compiler);
    case 'ConditionalExpression':
      return compileConditional(node, compiler);
    case 'SequenceExpression':
      return compileSequence(node, compiler);
    case 'AssignmentExpression':
      return compileAssignment(node, compiler);
    case 'MemberExpression':
      return compileMember(node, compiler);
    case 'CallExpression':
      return compileCall(node, compiler);
    case 'NewExpression':
      return compileNew(node, compiler);
    case 'ChainExpression':
      return compileChain(node, compiler);
    default:
      throw new Error(`${node.type} is not an expression of the language`);
  }
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
