import type {ESTree} from 'meriyah';
import type {Lifting} from './lifting.ts';

type Operand = ESTree.Expression | ESTree.SpreadElement;

/**
 * Lifts the operands of a node that evaluates all of them from left to right. Those in front of the last one that
 * awaits are computed before it.
 */
function liftOperands(
  operands: Operand[],
  lifting: Lifting,
  copySpread: CopySpread = copyAsArray,
): Operand[] {
  const last = operands.findLastIndex((operand) => lifting.awaits(operand));
  return operands.map((operand, index) => {
    if (index > last) return operand;
    const lifted = liftOperand(operand, lifting);
    return index === last ? lifted : keepOperand(lifted, lifting, copySpread);
  });
}

function liftOperand(operand: Operand, lifting: Lifting): Operand {
  if (operand.type !== 'SpreadElement') return lifting.lift(operand);
  return {...operand, argument: lifting.lift(operand.argument)};
}

// What is spread has to be read out now: it may change while the program waits.
function keepOperand(operand: Operand, lifting: Lifting, copySpread: CopySpread): Operand {
  if (operand.type !== 'SpreadElement') return lifting.keep(operand);
  return {...operand, argument: lifting.keep(copySpread(operand))};
}

type CopySpread = (spread: ESTree.SpreadElement) => ESTree.Expression;

function copyAsArray(spread: ESTree.SpreadElement): ESTree.Expression {
  return {type: 'ArrayExpression', elements: [spread], start: spread.start ?? 0, end: spread.end ?? 0};
}

function copyAsObject(spread: ESTree.SpreadElement): ESTree.Expression {
  const place = {start: spread.start ?? 0, end: spread.end ?? 0};
  return {type: 'ObjectExpression', properties: [spread as never], ...place};
}

/** Lifts a node whose operands are all evaluated: takes it apart, and puts it together again with the lifted ones. */
export function liftStrict(node: ESTree.Expression, lifting: Lifting): ESTree.Expression {
  switch (node.type) {
    case 'BinaryExpression': {
      const [left, right] = liftOperands([node.left as ESTree.Expression, node.right], lifting);
      return {...node, left, right} as ESTree.BinaryExpression;
    }
    case 'UnaryExpression':
    case 'UpdateExpression':
      return {...node, argument: lifting.lift(node.argument)};
    case 'MemberExpression':
      return liftMember(node, lifting);
    case 'CallExpression':
      return liftCall(node, lifting);
    case 'NewExpression':
      return {...node, arguments: liftOperands(node.arguments, lifting)};
    case 'TemplateLiteral':
      return {...node, expressions: liftOperands(node.expressions, lifting) as ESTree.Expression[]};
    case 'ArrayExpression':
      return liftArray(node, lifting);
    case 'ObjectExpression':
      return liftObject(node, lifting);
    default:
      throw new Error(`${node.type} can't hold an await`);
  }
}

function liftMember(node: ESTree.MemberExpression, lifting: Lifting): ESTree.MemberExpression {
  const object = node.object as ESTree.Expression;
  if (!node.computed) return {...node, object: lifting.lift(object)};
  const [lifted, property] = liftOperands([object, node.property as ESTree.Expression], lifting);
  return {...node, object: lifted, property} as ESTree.MemberExpression;
}

function liftCall(node: ESTree.CallExpression, lifting: Lifting): ESTree.CallExpression {
  const callee = node.callee as ESTree.Expression;
  if (!node.arguments.some((argument) => lifting.awaits(argument))) {
    return {
      ...node,
      callee: callee.type === 'MemberExpression' ? liftMember(callee, lifting) : lifting.lift(callee),
    };
  }
  const kept =
    callee.type === 'MemberExpression' ? keepMember(callee, lifting) : lifting.keep(lifting.lift(callee));
  return {...node, callee: kept, arguments: liftOperands(node.arguments, lifting)};
}

// Reading the method now lets `undefined.method(await …)` fail before it waits.
export function keepMember(node: ESTree.MemberExpression, lifting: Lifting): ESTree.MemberExpression {
  const {object, property, ...rest} = liftMember(node, lifting);
  const kept: ESTree.MemberExpression = {
    ...rest,
    object: lifting.keep(object as ESTree.Expression),
    property: node.computed ? lifting.keep(property as ESTree.Expression) : property,
  };
  lifting.run(kept);
  return kept;
}

function liftArray(node: ESTree.ArrayExpression, lifting: Lifting): ESTree.ArrayExpression {
  const present = node.elements.filter((element) => element !== null);
  const lifted = liftOperands(present, lifting).values();
  return {
    ...node,
    elements: node.elements.map((element) => (element ? (lifted.next().value ?? null) : null)),
  };
}

function liftObject(node: ESTree.ObjectExpression, lifting: Lifting): ESTree.ObjectExpression {
  const properties = node.properties as (ESTree.Property | ESTree.SpreadElement)[];
  const operands = properties.flatMap((property): Operand[] => {
    if (property.type === 'SpreadElement') return [property];
    const value = property.value as ESTree.Expression;
    return property.computed ? [property.key, value] : [value];
  });
  const lifted = liftOperands(operands, lifting, copyAsObject).values();
  const next = () => lifted.next().value as ESTree.Expression;
  const rebuilt = properties.map((property) => {
    if (property.type === 'SpreadElement') return next();
    const key = property.computed ? next() : property.key;
    return {...property, key, value: next(), shorthand: false};
  });
  return {...node, properties: rebuilt as ESTree.ObjectExpression['properties']};
}
