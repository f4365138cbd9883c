import type {ESTree} from 'meriyah';
import type {Refusal} from './refusals.ts';

const plainData = 'Use plain objects and functions instead.';
const noModules = 'Tools and built-ins are global; there is nothing to import or export.';

const leftOut: {readonly [type in ESTree.Node['type']]?: Refusal} = {
  ClassDeclaration: {message: 'Classes are not supported', hint: plainData},
  ClassExpression: {message: 'Classes are not supported', hint: plainData},
  ThisExpression: {message: '`this` is not supported', hint: 'Use a variable that closures share instead.'},
  Super: {message: '`super` is not supported', hint: plainData},
  MetaProperty: {message: '`new.target` and `import.meta` are not supported', hint: plainData},
  ImportDeclaration: {message: '`import` is not supported', hint: noModules},
  ImportExpression: {message: '`import()` is not supported', hint: noModules},
  ExportAllDeclaration: {message: '`export` is not supported', hint: noModules},
  ExportDefaultDeclaration: {message: '`export` is not supported', hint: 'Use `return` to give the result.'},
  ExportNamedDeclaration: {message: '`export` is not supported', hint: 'Use `return` to give the result.'},
  YieldExpression: {message: 'Generators are not supported', hint: 'Collect the items in an array instead.'},
  TaggedTemplateExpression: {
    message: 'Tagged templates are not supported',
    hint: 'Call a function with a plain template string instead.',
  },
  WithStatement: {message: '`with` is not supported', hint: 'Name the object in front of each property.'},
  DebuggerStatement: {message: '`debugger` is not supported', hint: 'Use console.log instead.'},
  PrivateIdentifier: {message: 'Private names are not supported', hint: plainData},
};

/** Says why a node may not be in a program; undefined when it may. */
export function unsupported(node: ESTree.Node, parent: ESTree.Node | undefined): Refusal | undefined {
  return leftOut[node.type] ?? unsupportedForm(node, parent);
}

function unsupportedForm(node: ESTree.Node, parent: ESTree.Node | undefined): Refusal | undefined {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return node.generator ? leftOut.YieldExpression : undefined;
    case 'Property':
      return node.kind === 'init'
        ? undefined
        : {message: 'Getters and setters are not supported', hint: 'Use a function instead.'};
    case 'VariableDeclaration':
      return node.kind === 'using' || node.kind === 'await using'
        ? {message: '`using` is not supported', hint: 'Use `const` and `try`/`finally`.'}
        : undefined;
    case 'Literal':
      return 'bigint' in node
        ? {message: 'BigInt is not supported', hint: 'Use a number, or a string of digits.'}
        : undefined;
    case 'Identifier':
      return node.name === 'arguments' && !isPropertyName(node, parent)
        ? {message: '`arguments` is not supported', hint: 'Use a rest parameter: (...items) => …'}
        : undefined;
    default:
      return undefined;
  }
}

function isPropertyName(node: ESTree.Node, parent: ESTree.Node | undefined): boolean {
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed;
  return parent?.type === 'Property' && parent.key === node && !parent.computed && !parent.shorthand;
}
