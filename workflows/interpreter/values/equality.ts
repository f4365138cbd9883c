import type {Realm} from '../runtime/realm.ts';
import {isReference, toNumber, toPrimitive} from './convert.ts';
import type {Value} from './value.ts';

/** Texts shorter than this are compared for free. */
const freeLength = 256;

/** `===`, charged where long texts have to be compared. */
export function strictlyEqual(realm: Realm, left: Value, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string') chargeComparison(realm, left, right);
  return left === right;
}

/** Pays for comparing two texts. */
export function chargeComparison(realm: Realm, left: string, right: string): void {
  const length = Math.min(left.length, right.length);
  if (length > freeLength) realm.meter.chargeText(length);
  realm.meter.chargeReading(left);
  realm.meter.chargeReading(right);
}

/** `==`: null and undefined are alike, other types meet as primitives. */
export function looselyEqual(realm: Realm, left: Value, right: Value): boolean {
  if (left === null || left === undefined) return right === null || right === undefined;
  if (right === null || right === undefined) return false;
  if (isReference(left) && isReference(right)) return left === right;
  if (isReference(left)) return looselyEqual(realm, toPrimitive(realm, left, 'default'), right);
  if (isReference(right)) return looselyEqual(realm, left, toPrimitive(realm, right, 'default'));
  if (typeof left === typeof right) return strictlyEqual(realm, left, right);
  return toNumber(realm, left) === toNumber(realm, right);
}
