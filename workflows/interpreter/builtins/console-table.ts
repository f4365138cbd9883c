import type {Realm} from '../runtime/realm.ts';
import {isReference, toText} from '../values/convert.ts';
import {ownEntries} from '../values/own-properties.ts';
import {GuestMap, GuestObject, GuestSet, type Value} from '../values/value.ts';
import {inspectQuoted} from './inspect.ts';

/** A row: what stands in front of it, its cells by column, and its value where it has no cells. */
interface Row {
  index: string;
  cells: ReadonlyMap<string, string>;
  value: string | undefined;
}

/** `console.table` as Node draws it; undefined for what is no table. */
export function formatTable(realm: Realm, data: Value, columns: Value): string | undefined {
  if (data instanceof GuestMap) return drawMap(realm, data);
  if (data instanceof GuestSet) {
    return draw(
      realm,
      ['(iteration index)', 'Values'],
      numbered([...data.members].map((each) => [cell(realm, each)])),
    );
  }
  if (!Array.isArray(data) && !(data instanceof GuestObject)) return undefined;
  const rows = ownEntries(realm, data).map(([index, value]) => rowOf(realm, index, value));
  const keys = Array.isArray(columns) ? columns.map((name) => toText(realm, name)) : columnsOf(rows);
  const hasValues = rows.some(({value}) => value !== undefined);
  const lines = rows.map(({index, cells, value}) => [
    index,
    ...keys.map((key) => cells.get(key) ?? ''),
    ...(hasValues ? [value ?? ''] : []),
  ]);
  return draw(realm, ['(index)', ...keys, ...(hasValues ? ['Values'] : [])], lines);
}

function drawMap(realm: Realm, {entries}: GuestMap): string {
  realm.meter.charge(8 * entries.size);
  const rows = [...entries].map(([key, value]) => [cell(realm, key), cell(realm, value)]);
  return draw(realm, ['(iteration index)', 'Key', 'Values'], numbered(rows));
}

function numbered(rows: string[][]): string[][] {
  return rows.map((row, index) => [String(index), ...row]);
}

function rowOf(realm: Realm, index: string, value: Value): Row {
  if (!Array.isArray(value) && !(value instanceof GuestObject)) {
    return {index, cells: new Map(), value: cell(realm, value)};
  }
  const cells = ownEntries(realm, value).map(([key, item]) => [key, cell(realm, item)] as const);
  return {index, cells: new Map(cells), value: undefined};
}

function cell(realm: Realm, value: Value): string {
  realm.meter.charge(8);
  return isReference(value) || typeof value === 'string' ? inspectQuoted(realm, value) : String(value);
}

function columnsOf(rows: Row[]): string[] {
  return [...new Set(rows.flatMap(({cells}) => [...cells.keys()]))];
}

function draw(realm: Realm, head: string[], rows: string[][]): string {
  realm.meter.charge(8 * head.length * (rows.length + 1));
  const widths = head.map((title, column) => {
    return rows.reduce((width, row) => Math.max(width, lengthOf(row[column] ?? '')), lengthOf(title)) + 2;
  });
  realm.meter.chargeText(widths.reduce((sum, width) => sum + width + 1, 1) * (rows.length + 4));
  const rule = (left: string, middle: string, right: string) => {
    return `${left}${widths.map((width) => '─'.repeat(width)).join(middle)}${right}`;
  };
  const line = (cells: string[]) => {
    const padded = widths.map((width, column) => {
      const text = cells[column] ?? '';
      return ` ${text}${' '.repeat(width - lengthOf(text) - 1)}`;
    });
    return `│${padded.join('│')}│`;
  };
  return [rule('┌', '┬', '┐'), line(head), rule('├', '┼', '┤'), ...rows.map(line), rule('└', '┴', '┘')].join(
    '\n',
  );
}

function lengthOf(text: string): number {
  return [...text].length;
}
