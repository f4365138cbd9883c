import type {ESTree} from 'meriyah';

/** How many braces are tried as the beginning of an object: each try parses the program once more. */
const mostTries = 3;

/** A part of the parsed text, as offsets. */
export interface Extent {
  start: number;
  end: number;
}

/**
 * The block at a program's end that is meant as an object: `{files, count}`, `{path: 'a'}`. To a parser it is a block with
 * a label or a name in it, which nobody writes there.
 */
export function objectInDisguise(body: readonly ESTree.Statement[], text: string): Extent | undefined {
  const last = body.findLast(({type}) => type !== 'EmptyStatement');
  if (last?.type !== 'BlockStatement' || !isLikeObject(last, text)) return undefined;
  return {start: last.start ?? 0, end: last.end ?? 0};
}

function isLikeObject(block: ESTree.BlockStatement, text: string): boolean {
  const [only, ...others] = block.body;
  if (!only) return true;
  if (others.length > 0 || /;\s*\}$/.test(text.slice(block.start, block.end))) return false;
  if (only.type === 'LabeledStatement') {
    return only.body.type === 'ExpressionStatement' || only.body.type === 'BlockStatement';
  }
  if (only.type !== 'ExpressionStatement') return false;
  const {expression} = only;
  const parts = expression.type === 'SequenceExpression' ? expression.expressions : [expression];
  return parts.every(({type}) => type === 'Identifier');
}

/**
 * Where an object at a program's end may begin that the parser took for a block and stumbled over: the braces in front of
 * that place that begin a statement, the nearest first.
 *
 * @param begin offset of the program in the text
 * @param end offset of its end
 */
export function possibleObjects(text: string, begin: number, end: number, stumbled: number): Extent[] {
  const program = text.slice(begin, end);
  const last = /\}[\s;]*$/.exec(program)?.index;
  if (last === undefined) return [];
  const found: Extent[] = [];
  for (const match of program
    .slice(0, Math.max(stumbled - begin, 0))
    .matchAll(/(?:^|[\n;}])[ \t\r]*(?=\{)/g)) {
    found.push({start: begin + match.index + match[0].length, end: begin + last + 1});
  }
  return found.reverse().slice(0, mostTries);
}
