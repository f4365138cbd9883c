import type {ESTree} from 'meriyah';
import {toKey, toText} from '../values/convert.ts';
import {listItems} from '../values/iterate.ts';
import {copyProperties} from '../values/own-properties.ts';
import {isIndexKey, setProperty} from '../values/property.ts';
import {GuestObject, type Value} from '../values/value.ts';
import type {Compiler, Expression, Frame} from './code.ts';
import {propertyKey} from './patterns.ts';
import {compileRegularExpression} from './regular-expressions.ts';

// A global looked up in Temporal's sandbox costs 250 ns, a constant of the module 4 ns.
const HostArray = Array;

export function compileLiteral(node: ESTree.Literal): Expression {
  if ('regex' in node) return compileRegularExpression(node);
  const value = node.value as string | number | boolean | null;
  return () => value;
}

export function compileTemplate(node: ESTree.TemplateLiteral, compiler: Compiler): Expression {
  const {realm} = compiler;
  const texts = node.quasis.map((quasi) => quasi.value.cooked ?? '');
  const parts = node.expressions.map((expression) => compiler.expression(expression));
  return (frame) => {
    let text = texts[0] as string;
    let longest = 0;
    for (let index = 0; index < parts.length; index++) {
      const part = toText(realm, (parts[index] as Expression)(frame));
      if (part.length > longest) longest = part.length;
      text += part + texts[index + 1];
    }
    if (text.length > 64) realm.meter.chargeJoin(text.length, longest);
    return text;
  };
}

export function compileArray(node: ESTree.ArrayExpression, compiler: Compiler): Expression {
  if (node.elements.some((element) => element === null || element.type === 'SpreadElement')) {
    return compileSpreadArray(node, compiler);
  }
  const parts = node.elements.map((element) => compiler.expression(element as ESTree.Expression));
  return (frame) => {
    // One that grows while it is filled takes three times the memory.
    const array: Value[] = new HostArray(parts.length);
    for (let index = 0; index < parts.length; index++) array[index] = (parts[index] as Expression)(frame);
    return array;
  };
}

function compileSpreadArray(node: ESTree.ArrayExpression, compiler: Compiler): Expression {
  const {realm} = compiler;
  const adders = node.elements.map((element) => compileElement(element, compiler));
  return (frame) => {
    const array: Value[] = [];
    for (const add of adders) add(array, frame);
    realm.meter.checkLength(array.length);
    return array;
  };
}

function compileElement(
  node: ESTree.ArrayExpression['elements'][number],
  compiler: Compiler,
): (array: Value[], frame: Frame) => void {
  const {realm} = compiler;
  if (node === null) {
    return (array) => {
      array.length += 1;
    };
  }
  if (node.type !== 'SpreadElement') {
    const value = compiler.expression(node);
    return (array, frame) => array.push(value(frame));
  }
  const spread = compiler.expression(node.argument);
  const start = node.argument.start;
  return (array, frame) => {
    const items = listItems(realm, spread(frame), start);
    for (let index = 0; index < items.length; index++) array.push(items[index]);
  };
}

type PropertyAdder = (object: GuestObject, frame: Frame) => void;

export function compileObject(node: ESTree.ObjectExpression, compiler: Compiler): Expression {
  const adders = node.properties.map((property) => compileProperty(property, compiler));
  return (frame) => {
    const object = new GuestObject();
    for (let index = 0; index < adders.length; index++) (adders[index] as PropertyAdder)(object, frame);
    return object;
  };
}

function compileProperty(
  node: ESTree.ObjectExpression['properties'][number],
  compiler: Compiler,
): PropertyAdder {
  const {realm} = compiler;
  if (node.type === ('SpreadElement' as string)) {
    const spread = compiler.expression((node as unknown as ESTree.SpreadElement).argument);
    return (object, frame) => copyProperties(realm, spread(frame), object);
  }
  const property = node as ESTree.Property;
  const key = propertyKey(property, compiler);
  const value = compiler.named(property.value, typeof key === 'string' ? key : '');
  if (typeof key !== 'string') {
    return (object, frame) => {
      const name = toKey(realm, key(frame));
      setProperty(realm, object, name, value(frame), realm.position);
    };
  }
  const isIndex = isIndexKey(key);
  return (object, frame) => {
    object.properties.set(key, value(frame));
    if (isIndex) object.hasIndexKeys = true;
  };
}
