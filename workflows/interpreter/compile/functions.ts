import type {ESTree} from 'meriyah';
import {stepsOf} from '../budgets.ts';
import {startCoroutine} from '../runtime/coroutine.ts';
import type {Realm} from '../runtime/realm.ts';
import type {Binding, FunctionScope} from '../scope/binding.ts';
import type {FunctionNode} from '../syntax/children.ts';
import {GuestFunction} from '../values/function.ts';
import type {Value} from '../values/value.ts';
import {
  Box,
  type Compiler,
  type Completion,
  capturesSlot,
  type Expression,
  type Frame,
  resultSlot,
  returns,
} from './code.ts';
import {bindPattern} from './patterns.ts';
import {sequence} from './sequence.ts';
import {boxOf, enterVariable, initializeVariable} from './variables.ts';

// A global looked up in Temporal's sandbox costs 250 ns, a constant of the module 4 ns.
const HostArray = Array;

/** Steps for a variable that a closure keeps. */
const stepsPerCapture = 2;

/** What all closures of one function in the source share. */
interface FunctionCode {
  name: string;
  /** Parameters before the first one with a default or rest. */
  length: number;
  slots: () => number;
  /** Levels of the host's stack that a call may take, in units of syntax depth. */
  levels: number;
  steps: number;
  /** How deep in its body its waits are nested. */
  waitLevels: number;
  async: boolean;
  bindParameters: (frame: Frame, args: Value[], self: Closure) => void;
  body: (frame: Frame) => Completion;
  /** The body where it is an expression that can't wait. */
  expression: Expression | undefined;
}

/** A function that the program made. */
export class Closure extends GuestFunction {
  readonly code: FunctionCode;
  readonly captures: Box[];

  constructor(code: FunctionCode, captures: Box[]) {
    super();
    this.code = code;
    this.captures = captures;
  }

  get name(): string {
    return this.code.name;
  }

  get length(): number {
    return this.code.length;
  }

  call(realm: Realm, args: Value[]): Value {
    const {code} = this;
    const {meter} = realm;
    const frame: Frame = new HostArray(code.slots());
    frame[capturesSlot] = this.captures;
    meter.charge(code.steps);
    meter.enter(code.levels);
    const result = code.async ? this.#start(realm, frame, args) : this.#run(frame, args);
    meter.leave(code.levels);
    return result;
  }

  #run(frame: Frame, args: Value[]): Value {
    const {code} = this;
    code.bindParameters(frame, args, this);
    if (code.expression) return code.expression(frame);
    return code.body(frame) === returns ? (frame[resultSlot] as Value) : undefined;
  }

  // What a parameter's default throws rejects the promise too, so parameters are bound inside the coroutine.
  #start(realm: Realm, frame: Frame, args: Value[]): Value {
    const {code} = this;
    const body = (own: Frame): Completion => {
      code.bindParameters(own, args, this);
      return code.body(own);
    };
    return startCoroutine(realm, body, frame, code.waitLevels);
  }
}

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
  const body = node.body as ESTree.BlockStatement | ESTree.Expression;
  const isExpression = body.type !== 'BlockStatement';
  const plain = isExpression && !scope.async;
  const expression = plain ? inner.expression(body) : undefined;
  return {
    name: ('id' in node && node.id?.name) || name,
    length: countRequired(node.params),
    slots: () => scope.slots,
    levels: 4 + (facts.depths.get(node) ?? 0),
    steps: stepsOf(facts.sizes.get(node) ?? 0),
    waitLevels: facts.waitLevels.get(node) ?? 0,
    async: node.async,
    bindParameters: compileParameters(node, scope, inner),
    body: plain ? neverRuns : inner.statement(isExpression ? returnOf(body) : body),
    expression,
  };
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
