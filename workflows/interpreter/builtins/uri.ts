import {toText} from '../values/convert.ts';
import {NativeFunction} from '../values/function.ts';

function uriFunction(name: string, code: (text: string) => string): [string, NativeFunction] {
  return [
    name,
    new NativeFunction(name, 1, (realm, [value]) => {
      const text = toText(realm, value);
      realm.meter.chargeText(8 * text.length);
      try {
        return code(text);
      } catch {
        return realm.raise('URIError', 'URI malformed');
      }
    }),
  ];
}

export const uriFunctions: ReadonlyMap<string, NativeFunction> = new Map([
  uriFunction('encodeURIComponent', encodeURIComponent),
  uriFunction('decodeURIComponent', decodeURIComponent),
  uriFunction('encodeURI', encodeURI),
  uriFunction('decodeURI', decodeURI),
]);
