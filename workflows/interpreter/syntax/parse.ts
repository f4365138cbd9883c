import {type ESTree, isParseError, parse} from 'meriyah';
import {Refused} from '../failure.ts';
import type {ProgramBudgets} from '../program.ts';
import {checkTree, type TreeFacts, tooDeep} from './check-tree.ts';
import {withoutParentheses} from './children.ts';
import {syntaxHint} from './hints.ts';
import {returnLastExpression} from './last-expression.ts';
import type {Source} from './source.ts';
import {objectInDisguise, possibleObjects} from './trailing-object.ts';
import {callWholeFunction} from './whole-function.ts';

/** A program that may run: the body of an async function. */
export type ProgramTree = ESTree.ArrowFunctionExpression & {body: ESTree.BlockStatement};

/**
 * Parses a program and checks that the language has all of its syntax.
 *
 * @throws Refused with kind `SyntaxError`, `UnsupportedSyntax` or `BudgetExceeded`
 */
export function parseProgram(source: Source, budgets: ProgramBudgets): {tree: ProgramTree; facts: TreeFacts} {
  if (source.text.length > budgets.source) {
    throw new Refused(
      'BudgetExceeded',
      `budget source: the program has ${source.text.length} characters, the limit is ${budgets.source}`,
    );
  }
  const tree = parseObjectInDisguise(source, budgets);
  callWholeFunction(tree.body.body);
  const facts = checkTree(tree, budgets.syntaxDepth, (offset) => source.position(offset).line);
  returnLastExpression(tree.body.body);
  return {tree, facts};
}

/** Parses the program, taking a block at its end for the object that it is meant as. */
function parseObjectInDisguise(source: Source, budgets: ProgramBudgets): ProgramTree {
  const outcome = tryToParse(source, budgets);
  const extents =
    outcome instanceof Refused
      ? possibleObjects(source.wrapped, source.begin, source.end, outcome.start ?? 0)
      : [objectInDisguise(outcome.body.body, source.wrapped)].filter((extent) => extent !== undefined);
  for (const {start, end} of extents) {
    source.parenthesize(start, end);
    const other = tryToParse(source, budgets);
    if (!(other instanceof Refused) && endsInObject(other.body.body, start)) return other;
    source.unparenthesize();
  }
  if (outcome instanceof Refused) throw outcome;
  return outcome;
}

function endsInObject(body: readonly ESTree.Statement[], start: number): boolean {
  const last = body.findLast(({type}) => type !== 'EmptyStatement');
  if (last?.type !== 'ExpressionStatement' || last.start !== start) return false;
  const inner: ESTree.Node = last.expression;
  return withoutParentheses(inner).type === 'ObjectExpression';
}

function tryToParse(source: Source, budgets: ProgramBudgets): ProgramTree | Refused {
  try {
    return theOnlyArrow(parseText(source, budgets), source);
  } catch (error) {
    if (error instanceof Refused && error.kind === 'SyntaxError') return error;
    throw error;
  }
}

function parseText(source: Source, budgets: ProgramBudgets): ESTree.Program {
  try {
    return parse(source.wrapped, {
      module: true,
      next: true,
      ranges: {start: true, end: true, range: false},
      lexical: true,
      preserveParens: true,
      validateRegex: false,
    });
  } catch (error) {
    if (isParseError(error)) throw syntaxError(source, descriptionOf(error, source), error.start);
    // The parser overflows the stack only far beyond `syntaxDepth`, so on every machine the outcome is this one.
    if (error instanceof Error && error.name === 'RangeError') throw tooDeep(budgets.syntaxDepth);
    throw error;
  }
}

// What closes the function around the program is no part of it.
function descriptionOf({description, start}: {description: string; start: number}, source: Source): string {
  return start >= source.end ? 'Unexpected end of the program: something is not closed' : description;
}

function syntaxError(source: Source, description: string, start: number): Refused {
  return new Refused('SyntaxError', description, start, syntaxHint(source, start));
}

// A program like `} foo(); async () => {` must not leave the function it is wrapped in.
function theOnlyArrow(program: ESTree.Program, source: Source): ProgramTree {
  const [statement] = program.body;
  const expression = statement?.type === 'ExpressionStatement' ? statement.expression : undefined;
  const whole = program.body.length === 1 && expression?.end === source.wrapped.length;
  if (whole && expression.type === 'ArrowFunctionExpression' && expression.body.type === 'BlockStatement') {
    return expression as ProgramTree;
  }
  throw syntaxError(source, "Unexpected token: '}'", expression?.end ?? 0);
}
