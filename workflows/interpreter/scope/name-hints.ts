import type {ESTree} from 'meriyah';
import {nearest} from '../nearest.ts';
import {staticName} from '../syntax/static-name.ts';
import type {ToolParameters} from '../tool-parameters.ts';
import type {Place} from './place.ts';

/** What to do about a name that nothing declares. */
export function unknownNameHint(place: Place, names: readonly string[], tools: ToolParameters): string {
  const {name} = place.node as ESTree.Identifier;
  const called = calledTool(place, tools);
  if (called !== undefined) return `Tools are global functions: await ${tools.call(called)}`;
  if (isAssigned(place)) return `Declare it first: let ${name} = …`;
  const near = nearest(name, names);
  if (near !== undefined) return `Did you mean ${near}?`;
  if (isNamespace(place)) return `Tools are global functions, without \`${name}.\` in front of them.`;
  return 'Declare it, or use one of the tools that the description lists.';
}

/** The tool that `tools.read_file(…)`, `mcp.server.read_file(…)`, `tools['read_file']` or `callTool('read_file')` means. */
function calledTool(place: Place, tools: ToolParameters): string | undefined {
  const names = [...membersOn(place), ...firstText(place)];
  for (const name of names.reverse()) {
    const tool = tools.has(name) ? name : nearest(name, tools.names);
    if (tool !== undefined) return tool;
  }
  return undefined;
}

/** The members that are read one from the other, starting at a name: `['server', 'read_file']`. */
function membersOn(place: Place): string[] {
  const names: string[] = [];
  let {node, outer} = place;
  while (outer?.node.type === 'MemberExpression' && outer.node.object === node) {
    names.push(staticName(outer.node) ?? '');
    ({node, outer} = outer);
  }
  return names;
}

/** The first argument of a call of the name itself, where it is written out. */
function firstText({node, outer}: Place): string[] {
  if (outer?.node.type !== 'CallExpression' || outer.node.callee !== node) return [];
  const [first] = outer.node.arguments;
  return first?.type === 'Literal' && typeof first.value === 'string' ? [first.value] : [];
}

function isNamespace({node, outer}: Place): boolean {
  return (
    outer?.node.type === 'MemberExpression' &&
    outer.node.object === node &&
    outer.outer?.node.type !== 'AssignmentExpression'
  );
}

function isAssigned({node, outer}: Place): boolean {
  const user = outer?.node;
  if (user?.type === 'AssignmentExpression') return user.left === node;
  return user?.type === 'UpdateExpression';
}
