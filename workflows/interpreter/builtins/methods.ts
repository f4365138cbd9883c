import {GuestRegExp} from '../regexp/guest-regexp.ts';
import {GuestPromise} from '../runtime/promise.ts';
import {GuestDate} from '../values/date.ts';
import {GuestFunction, GuestMethod} from '../values/function.ts';
import {GuestSearchParams, GuestUrl} from '../values/url.ts';
import {GuestError, GuestIterator, GuestMap, GuestSet, type Value} from '../values/value.ts';
import {arrayMethods} from './array.ts';
import {arrayCallbackMethods} from './array-callbacks.ts';
import {dateMethods} from './date.ts';
import {functionMethods} from './function.ts';
import {iteratorMethods} from './iterator.ts';
import {mapMethods, setMethods} from './map-set.ts';
import {booleanMethods, numberMethods} from './number.ts';
import {objectMethods} from './object.ts';
import {promiseMethods} from './promise.ts';
import {regExpMethods, regExpProperty} from './regexp.ts';
import {searchParamsMethods} from './search-params.ts';
import {stringMethods} from './string.ts';
import {stringPatternMethods} from './string-patterns.ts';
import {urlMethods, urlProperty} from './url.ts';

type Table = ReadonlyMap<string, GuestMethod>;

const {isArray} = Array;
const ofFunctions: Table = new Map([
  ...[...objectMethods].filter(([name]) => name === 'toString'),
  ...functionMethods,
]);
const ofArrays: Table = new Map([...objectMethods, ...arrayMethods, ...arrayCallbackMethods]);
const ofStrings: Table = new Map([
  ...objectMethods,
  ...readingTexts(stringMethods),
  ...readingTexts(stringPatternMethods),
]);
const ofNumbers: Table = new Map([...objectMethods, ...numberMethods]);
const ofBooleans: Table = new Map([...objectMethods, ...booleanMethods]);
const ofPromises: Table = new Map([...objectMethods, ...promiseMethods]);
const ofMaps: Table = new Map([...objectMethods, ...mapMethods]);
const ofSets: Table = new Map([...objectMethods, ...setMethods]);
const ofIterators: Table = new Map([...objectMethods, ...iteratorMethods]);
const ofUrls: Table = new Map([...objectMethods, ...urlMethods]);
const ofSearchParams: Table = new Map([...objectMethods, ...searchParamsMethods]);
const ofDates: Table = new Map([...objectMethods, ...dateMethods]);
const ofRegExps: Table = new Map([...objectMethods, ...readingTexts(regExpMethods)]);

/** The same methods, paying for the texts that they read. */
function readingTexts(methods: Table): Table {
  const paying = ({name, length, code}: GuestMethod) => {
    return new GuestMethod(name, length, (realm, receiver: Value, args) => {
      if (typeof receiver === 'string') realm.meter.chargeReading(receiver);
      for (const argument of args) if (typeof argument === 'string') realm.meter.chargeReading(argument);
      return code(realm, receiver as never, args);
    });
  };
  return new Map([...methods].map(([name, method]) => [name, paying(method)]));
}

/** What a value of a built-in type has under a name besides its own properties: mostly methods. */
export function memberOf(receiver: Value, name: string): Value {
  const method = tableOf(receiver).get(name);
  if (method) return method;
  if (receiver instanceof GuestMap) return name === 'size' ? receiver.entries.size : undefined;
  if (receiver instanceof GuestSet) return name === 'size' ? receiver.members.size : undefined;
  if (receiver instanceof GuestRegExp) return regExpProperty(receiver, name);
  if (receiver instanceof GuestUrl) return urlProperty(receiver, name);
  if (receiver instanceof GuestSearchParams) return name === 'size' ? receiver.params.size : undefined;
  if (receiver instanceof GuestError && name === 'stack') return stackOf(receiver);
  return undefined;
}

// The host's stack is none of a program's business, and wouldn't be the same on every machine.
function stackOf(error: GuestError): Value {
  const name = error.hidden.get('name');
  const message = error.hidden.get('message');
  return typeof name === 'string' && typeof message === 'string' ? `${name}: ${message}` : undefined;
}

function tableOf(receiver: Value): Table {
  if (typeof receiver === 'string') return ofStrings;
  if (isArray(receiver)) return ofArrays;
  if (typeof receiver === 'number') return ofNumbers;
  if (typeof receiver === 'boolean') return ofBooleans;
  if (receiver instanceof GuestPromise) return ofPromises;
  if (receiver instanceof GuestMap) return ofMaps;
  if (receiver instanceof GuestSet) return ofSets;
  if (receiver instanceof GuestIterator) return ofIterators;
  if (receiver instanceof GuestRegExp) return ofRegExps;
  if (receiver instanceof GuestDate) return ofDates;
  if (receiver instanceof GuestUrl) return ofUrls;
  if (receiver instanceof GuestSearchParams) return ofSearchParams;
  return receiver instanceof GuestFunction ? ofFunctions : objectMethods;
}
