import type {ESTree} from 'meriyah';
import {forEachChild, isFunction} from '../syntax/children.ts';

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

/** The `var` declarations inside a node, inner functions excluded. */
export function hoistedNames(node: ESTree.Node): ESTree.Identifier[] {
  const names: ESTree.Identifier[] = [];
  if (node.type === 'VariableDeclaration' && node.kind === 'var') {
    names.push(...node.declarations.flatMap((declarator) => boundNames(declarator.id)));
  }
  forEachChild(node, (child) => {
    if (!isFunction(child)) names.push(...hoistedNames(child));
  });
  return names;
}
