import {type ESTree, isParseError, parse} from 'meriyah';
import {Refused} from '../failure.ts';
import type {ProgramBudgets} from '../program.ts';
import {checkTree, type TreeFacts, tooDeep} from './check-tree.ts';
import {syntaxHint} from './hints.ts';
import {returnLastExpression} from './last-expression.ts';
import type {Source} from './source.ts';

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
  const tree = theOnlyArrow(parseText(source, budgets), source);
  const facts = checkTree(tree, budgets.syntaxDepth, (offset) => source.position(offset).line);
  returnLastExpression(tree.body.body);
  return {tree, facts};
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
