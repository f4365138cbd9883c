import type {ESTree} from 'meriyah';

/**
 * Makes a program return its last expression where it doesn't end in a `return` of its own: turns the last statement, or
 * the last one of each branch of a final `if`, block or `try`, into a `return`.
 */
export function returnLastExpression(body: ESTree.Statement[]): void {
  const index = body.findLastIndex(({type}) => type !== 'FunctionDeclaration' && type !== 'EmptyStatement');
  const last = body[index];
  if (last) body[index] = returning(last);
}

function returning(node: ESTree.Statement): ESTree.Statement {
  switch (node.type) {
    case 'ExpressionStatement':
      return {type: 'ReturnStatement', argument: node.expression, start: node.start ?? 0, end: node.end ?? 0};
    case 'BlockStatement':
      returnLastExpression(node.body);
      return node;
    case 'IfStatement':
      node.consequent = returning(node.consequent);
      if (node.alternate) node.alternate = returning(node.alternate);
      return node;
    case 'TryStatement':
      returnLastExpression(node.block.body);
      if (node.handler) returnLastExpression(node.handler.body.body);
      return node;
    default:
      return node;
  }
}
