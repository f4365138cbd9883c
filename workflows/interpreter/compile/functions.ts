import type {ESTree} from 'meriyah';
import {stepsOf} from '../budgets.ts';
import type {Binding, FunctionScope} from '../scope/binding.ts';
import type {FunctionNode} from '../syntax/children.ts';
import {Closure, type FunctionCode} from './closure.ts';
import {Box, type Compiler, type Completion, type Frame} from './code.ts';
import {bindPattern} from './patterns.ts';
import {sequence} from './sequence.ts';
import {boxOf, enterVariable, initializeVariable} from './variables.ts';

// A global looked up in Temporal's sandbox costs 250 ns, a constant of the module 4 ns.
const HostArray = Array;

/** Steps for a variable that a closure keeps. */
const stepsPerCapture = 2;

/** Compiles a function; the result makes a closure of it. `name` is for functions without a name of their own. */
export function compileFunction(
  node: FunctionNode,
  compiler: Compiler,
  name = '',
): (frame: Frame) => Closure {
  const scope = compiler.scopes.functions.get(node) as FunctionScope;
  const code = compileCode(
    node,
    scope,
    {...compiler, function: scope, labels: new Map(), loopLabels: []},
    name,
  );
  const boxes = [...scope.captures.keys()].map((binding) => boxOf(binding, compiler));
  const {meter} = compiler.realm;
  return (frame) => {
    meter.charge(stepsPerCapture * boxes.length);
    const captures = new HostArray<Box>(boxes.length);
    for (let index = 0; index < boxes.length; index++)
      captures[index] = (boxes[index] as (f: Frame) => Box)(frame);
    return new Closure(code, captures);
  };
}

function compileCode(node: FunctionNode, scope: FunctionScope, inner: Compiler, name: string): FunctionCode {
  const {facts} = inner;
  const returned = returnedBy(node.body as ESTree.BlockStatement | ESTree.Expression);
  const plain = returned && !scope.async ? returned : undefined;
  const expression = plain && inner.expression(plain);
  const bindParameters = compileParameters(node, scope, inner);
  const body = plain
    ? neverRuns
    : inner.statement(returned ? returnOf(returned) : (node.body as ESTree.Node));
  return {
    name: ('id' in node && node.id?.name) || name,
    length: countRequired(node.params),
    slots: scope.slots,
    levels: 4 + (facts.depths.get(node) ?? 0),
    steps: stepsOf(facts.sizes.get(node) ?? 0),
    waitLevels: facts.waitLevels.get(node) ?? 0,
    async: node.async,
    plainParameters: countPlain(node, scope, inner),
    bindParameters,
    body,
    expression,
  };
}

/** What a function gives if all it does is to return it. */
function returnedBy(body: ESTree.BlockStatement | ESTree.Expression): ESTree.Expression | undefined {
  if (body.type !== 'BlockStatement') return body;
  const [only, second] = body.body;
  return only?.type === 'ReturnStatement' && !second ? (only.argument ?? undefined) : undefined;
}

/** How many parameters it has if each is a slot of the frame, and nothing has to be prepared; -1 otherwise. */
function countPlain(node: FunctionNode, scope: FunctionScope, {scopes}: Compiler): number {
  const variables = [...(scopes.scopes.get(node)?.bindings.values() ?? [])];
  const isPlain = variables.every((binding) => enterVariable(binding) === undefined && !binding.captured);
  const areNames = node.params.every((parameter) => parameter.type === 'Identifier');
  return isPlain && areNames && !scope.self && !node.async ? node.params.length : -1;
}

function neverRuns(): Completion {
  throw new Error('The body of this function is an expression');
}

function returnOf(argument: ESTree.Expression): ESTree.ReturnStatement {
  return {type: 'ReturnStatement', argument, start: argument.start ?? 0, end: argument.end ?? 0};
}

function countRequired(params: readonly ESTree.Parameter[]): number {
  const optional = params.findIndex(
    (node) => node.type === 'AssignmentPattern' || node.type === 'RestElement',
  );
  return optional === -1 ? params.length : optional;
}

function compileParameters(
  node: FunctionNode,
  scope: FunctionScope,
  compiler: Compiler,
): FunctionCode['bindParameters'] {
  const bindings = [...(compiler.scopes.scopes.get(node)?.bindings.values() ?? [])];
  const enter = bindings.map(enterVariable).filter((step) => step !== undefined);
  const binders = node.params.map((parameter, index) => compileParameter(parameter, index, compiler));
  if (scope.self) binders.unshift(bindSelf(scope.self));
  const [first, second] = binders;
  if (enter.length === 0 && binders.length === 0) return () => {};
  if (enter.length === 0 && first && binders.length === 1) return first;
  if (enter.length === 0 && first && second && binders.length === 2) {
    return (frame, args, self) => {
      first(frame, args, self);
      second(frame, args, self);
    };
  }
  return (frame, args, self) => {
    for (const step of enter) step(frame);
    for (const bind of binders) bind(frame, args, self);
  };
}

function compileParameter(
  node: ESTree.Parameter,
  index: number,
  compiler: Compiler,
): FunctionCode['bindParameters'] {
  const binding = compiler.scopes.bindings.get(node);
  if (binding && !binding.captured) {
    const {slot} = binding;
    return (frame, args) => {
      frame[slot] = args[index];
    };
  }
  if (node.type === 'RestElement') {
    const bindRest = bindPattern(node.argument, compiler, 'declare');
    const {meter} = compiler.realm;
    return (frame, args) => {
      meter.chargeElements(args.length);
      bindRest(frame, args.slice(index));
    };
  }
  const bind = bindPattern(node, compiler, 'declare');
  return (frame, args) => bind(frame, args[index]);
}

function bindSelf(binding: Binding): FunctionCode['bindParameters'] {
  const {slot, captured} = binding;
  return (frame, _args, self) => {
    frame[slot] = captured ? new Box(self) : self;
  };
}

/** A compiled program, ready to run as the body of an asynchronous function. */
export interface ProgramCode {
  body: (frame: Frame) => Completion;
  slots: () => number;
  steps: number;
  waitLevels: number;
}

/** The program itself: a function without parameters whose last expression is its value. */
export function compileProgram(
  node: ESTree.ArrowFunctionExpression & {body: ESTree.BlockStatement},
  compiler: Compiler,
): ProgramCode {
  const enter = [...(compiler.scopes.scopes.get(node)?.bindings.values() ?? [])]
    .map(enterVariable)
    .filter((step) => step !== undefined);
  const statement = compiler.statement(node.body);
  const prepare = (frame: Frame) => {
    for (const step of enter) step(frame);
    return 0;
  };
  return {
    body: enter.length === 0 ? statement : sequence([prepare, statement]),
    slots: () => compiler.function.slots,
    steps: stepsOf(compiler.facts.sizes.get(node) ?? 0),
    waitLevels: compiler.facts.waitLevels.get(node) ?? 0,
  };
}

/** Code that makes the functions declared in a scope, as it is entered. */
export function declareFunction(
  node: ESTree.FunctionDeclaration,
  compiler: Compiler,
): (frame: Frame) => void {
  const binding = compiler.scopes.bindings.get(node.id as ESTree.Identifier) as Binding;
  const store = initializeVariable(binding, compiler);
  const make = compileFunction(node, compiler);
  return (frame) => store(frame, make(frame));
}
