import type {ESTree} from 'meriyah';
import type {Realm} from '../runtime/realm.ts';
import type {FunctionScope, ScopeTable} from '../scope/binding.ts';
import type {TreeFacts} from '../syntax/check-tree.ts';
import type {ProgramTree} from '../syntax/parse.ts';
import type {Source} from '../syntax/source.ts';
import type {Value} from '../values/value.ts';
import {bindSlot} from './awaiting-patterns.ts';
import {breaks, type Compiler, continues, type Expression, normal, type Statement} from './code.ts';
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

/** The statements of the language. */
const statements: {
  readonly [Type in ESTree.Node['type']]?: (
    node: Extract<ESTree.Node, {type: Type}>,
    compiler: Compiler,
  ) => Statement;
} = {
  ExpressionStatement: compileExpressionStatement,
  VariableDeclaration: compileDeclaration,
  // Its function is there before the block begins.
  FunctionDeclaration: () => ends(normal),
  EmptyStatement: () => ends(normal),
  ReturnStatement: compileReturn,
  IfStatement: compileIf,
  BlockStatement: compileBlock,
  ForStatement: compileFor,
  ForOfStatement: compileForOf,
  ForInStatement: compileForIn,
  WhileStatement: compileWhile,
  DoWhileStatement: compileDoWhile,
  BreakStatement: compileBreak,
  ContinueStatement: compileContinue,
  SwitchStatement: compileSwitch,
  TryStatement: compileTry,
  ThrowStatement: compileThrow,
  LabeledStatement: compileLabeled,
};

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
  const compile = statements[node.type] as ((node: ESTree.Node, compiler: Compiler) => Statement) | undefined;
  if (!compile) throw new Error(`${node.type} is not a statement of the language`);
  return compile(node, compiler);
}

function compileBreak({label}: ESTree.BreakStatement, {labels}: Compiler): Statement {
  return ends(label ? (labels.get(label.name) as number) : breaks);
}

function compileContinue({label}: ESTree.ContinueStatement, {labels}: Compiler): Statement {
  return ends(label ? (labels.get(label.name) as number) + 1 : continues);
}

function ends(code: number): Statement {
  return () => code;
}
