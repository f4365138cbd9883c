import type {ESTree} from 'meriyah';
import type {Realm} from '../runtime/realm.ts';
import type {FunctionScope, ScopeTable} from '../scope/binding.ts';
import type {TreeFacts} from '../syntax/check-tree.ts';
import type {ProgramTree} from '../syntax/parse.ts';
import type {Source} from '../syntax/source.ts';
import type {Value} from '../values/value.ts';
import {bindSlot} from './awaiting-patterns.ts';
import {breaks, type Compiler, continues, type Expression, type Statement} from './code.ts';
import {compileExpression} from './expressions.ts';
import {compileFunction, compileProgram, type ProgramCode} from './functions.ts';
import {compileForIn, compileForOf} from './iteration.ts';
import {compileDoWhile, compileFor, compileWhile} from './loops.ts';
import {
  compileBlock,
  compileDeclaration,
  compileExpressionStatement,
  compileIf,
  compileLabeled,
  compileReturn,
  compileThrow,
} from './statements.ts';
import {compileSwitch} from './switch.ts';
import {compileTry} from './try.ts';

/** What a program is compiled from. */
export interface CompileInput {
  realm: Realm;
  source: Source;
  tree: ProgramTree;
  facts: TreeFacts;
  scopes: ScopeTable;
  globals: ReadonlyMap<string, Value>;
}

/** @throws Refused for an `await` or a regular expression that the language doesn't support */
export function compile({tree, ...input}: CompileInput): ProgramCode {
  const compiler: Compiler = {
    ...input,
    function: input.scopes.functions.get(tree) as FunctionScope,
    labels: new Map(),
    loopLabels: [],
    temporaries: new Map(),
    expression(node) {
      return compileExpression(node, this);
    },
    named(node, name) {
      return compileNamed(node, name, this);
    },
    statement(node, inner) {
      return compileStatement(node, inner ?? this);
    },
    bindSlot(node, slot, mode) {
      return bindSlot(node, slot, this, mode);
    },
  };
  return compileProgram(tree, compiler);
}

function compileNamed(node: ESTree.Node, name: string, compiler: Compiler): Expression {
  const isFunction = node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression';
  return isFunction ? compileFunction(node, compiler, name) : compiler.expression(node);
}

function compileStatement(node: ESTree.Node, compiler: Compiler): Statement {
  switch (node.type) {
    case 'ExpressionStatement':
      return compileExpressionStatement(node, compiler);
    case 'VariableDeclaration':
      return compileDeclaration(node, compiler);
    case 'FunctionDeclaration':
    case 'EmptyStatement':
      return () => 0;
    case 'ReturnStatement':
      return compileReturn(node, compiler);
    case 'IfStatement':
      return compileIf(node, compiler);
    case 'BlockStatement':
      return compileBlock(node, compiler);
    case 'ForStatement':
      return compileFor(node, compiler);
    case 'ForOfStatement':
      return compileForOf(node, compiler);
    case 'ForInStatement':
      return compileForIn(node, compiler);
    case 'WhileStatement':
      return compileWhile(node, compiler);
    case 'DoWhileStatement':
      return compileDoWhile(node, compiler);
    case 'BreakStatement':
      return ends(node.label ? (compiler.labels.get(node.label.name) as number) : breaks);
    case 'ContinueStatement':
      return ends(node.label ? (compiler.labels.get(node.label.name) as number) + 1 : continues);
    case 'SwitchStatement':
      return compileSwitch(node, compiler);
    case 'TryStatement':
      return compileTry(node, compiler);
    case 'ThrowStatement':
      return compileThrow(node, compiler);
    case 'LabeledStatement':
      return compileLabeled(node, compiler);
    default:
      throw new Error(`${node.type} is not a statement of the language`);
  }
}

function ends(code: number): Statement {
  return () => code;
}
