import {toInteger} from '../values/convert.ts';
import {methodTable} from '../values/function.ts';

/** The methods of texts. */
export const stringMethods = methodTable<string>([
  [
    'toUpperCase',
    0,
    (realm, text) => {
      realm.meter.chargeText(text.length);
      return text.toUpperCase();
    },
  ],
  ['charCodeAt', 1, (realm, text, [position]) => text.charCodeAt(toInteger(realm, position))],
]);
