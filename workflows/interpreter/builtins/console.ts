import type {Realm} from '../runtime/realm.ts';
import {functionTable} from '../values/function.ts';
import {Namespace, type Value} from '../values/value.ts';
import {inspect} from './inspect.ts';

/** What is written once the program has used up its output. */
const cutNote = '… (output limit reached)';

function log(realm: Realm, args: Value[]): undefined {
  const {output} = realm.meter.budgets;
  if (realm.consoleSize > output) return;
  const text = args.map((value) => (typeof value === 'string' ? value : inspect(realm, value))).join(' ');
  realm.meter.chargeText(text.length);
  const room = output - realm.consoleSize;
  realm.consoleSize += text.length + 1;
  realm.console.push(text.length > room ? text.slice(0, room) + cutNote : text);
}

/** `console`: its lines are returned with the program's outcome. */
export const consoleNamespace = new Namespace(
  'console',
  functionTable([
    ['log', 0, log],
    ['info', 0, log],
    ['warn', 0, log],
    ['error', 0, log],
    ['debug', 0, log],
  ]),
);
