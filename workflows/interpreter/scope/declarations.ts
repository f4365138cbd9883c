import type {ESTree} from 'meriyah';
import {forEachChild} from '../syntax/children.ts';

/** The identifiers that a pattern binds, in source order. */
export function boundNames(pattern: ESTree.Node | null): ESTree.Identifier[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern];
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames);
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'RestElement' ? property : property.value),
      );
    default:
      return [];
  }
}

/** Nodes that hold statements. A `var` is nowhere else, inner functions excluded. */
const holdsStatements: ReadonlySet<string> = new Set([
  'BlockStatement',
  'IfStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'LabeledStatement',
  'SwitchStatement',
  'SwitchCase',
  'TryStatement',
  'CatchClause',
]);

/** The names that `var` declares inside a node, inner functions excluded. */
export function hoistedNames(node: ESTree.Node): ESTree.Identifier[] {
  if (node.type === 'VariableDeclaration') {
    return node.kind === 'var' ? node.declarations.flatMap((declarator) => boundNames(declarator.id)) : [];
  }
  const names: ESTree.Identifier[] = [];
  if (!holdsStatements.has(node.type)) return names;
  forEachChild(node, (child) => names.push(...hoistedNames(child)));
  return names;
}
