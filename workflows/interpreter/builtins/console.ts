import type {Realm} from '../runtime/realm.ts';
import {functionTable} from '../values/function.ts';
import {Namespace, type Value} from '../values/value.ts';
import {textArgument} from './arguments.ts';
import {formatMessage} from './console-format.ts';
import {formatTable} from './console-table.ts';
import {inspect, inspectQuoted} from './inspect.ts';

/** What is written once the program has used up its output. */
const cutNote = '… (output limit reached)';
/** How deep groups are indented at most. */
const deepest = 20;

function write(realm: Realm, text: string): undefined {
  const {output} = realm.meter.budgets;
  if (realm.consoleSize > output) return;
  realm.meter.chargeText(text.length);
  const room = output - realm.consoleSize;
  const indented = indent(text.slice(0, room + 1), realm.consoleDepth);
  realm.consoleSize += indented.length + 1;
  realm.console.push(indented.length > room ? indented.slice(0, room) + cutNote : indented);
}

function indent(text: string, depth: number): string {
  if (depth === 0) return text;
  const spaces = '  '.repeat(depth);
  return spaces + text.replaceAll('\n', `\n${spaces}`);
}

function log(realm: Realm, args: Value[]): undefined {
  if (realm.consoleSize > realm.meter.budgets.output) return;
  write(realm, formatMessage(realm, args));
}

function dir(realm: Realm, [value]: Value[]): undefined {
  write(realm, inspectQuoted(realm, value));
}

function table(realm: Realm, [data, columns]: Value[]): undefined {
  write(realm, formatTable(realm, data, columns) ?? inspect(realm, data));
}

function assert(realm: Realm, [condition, ...message]: Value[]): undefined {
  if (condition) return;
  const text = formatMessage(realm, message);
  write(realm, text === '' ? 'Assertion failed' : `Assertion failed: ${text}`);
}

function group(realm: Realm, label: Value[]): undefined {
  if (label.length > 0) log(realm, label);
  realm.consoleDepth = Math.min(realm.consoleDepth + 1, deepest);
}

function groupEnd(realm: Realm): undefined {
  realm.consoleDepth = Math.max(realm.consoleDepth - 1, 0);
}

function count(realm: Realm, [label]: Value[]): undefined {
  const name = textArgument(realm, label, 'default');
  realm.meter.checkLength(realm.counters.size + 1);
  realm.meter.chargeText(name.length);
  realm.meter.charge(20);
  const times = (realm.counters.get(name) ?? 0) + 1;
  realm.counters.set(name, times);
  write(realm, `${name}: ${times}`);
}

function countReset(realm: Realm, [label]: Value[]): undefined {
  const name = textArgument(realm, label, 'default');
  realm.meter.chargeText(name.length);
  realm.counters.delete(name);
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
    ['trace', 0, log],
    ['dir', 0, dir],
    ['table', 1, table],
    ['assert', 0, assert],
    ['group', 0, group],
    ['groupCollapsed', 0, group],
    ['groupEnd', 0, groupEnd],
    ['count', 0, count],
    ['countReset', 0, countReset],
  ]),
);
