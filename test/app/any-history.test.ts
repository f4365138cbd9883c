import {expect, it} from 'vitest';
import {overlayRows} from '../../source/app/detail/overlay-rows.ts';
import {timelineOf, timelineSegments} from '../../source/app/detail/timeline.ts';
import {farewell} from '../../source/app/shell/farewell.ts';
import {historyRows} from '../../source/app/state/select.ts';
import type {HistoryEvent} from '../../source/history/event.ts';
import {segmentsText} from '../../source/history/segment.ts';
import {usageByRun} from '../../source/history/token-words.ts';
import {treeLine} from '../../source/history/tree-line.ts';
import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import {canceled, childFailure, failures, programWithSubagent} from '../history/families.ts';
import {beginning, go, running} from './journey.ts';

const families = [programWithSubagent, failures, childFailure, canceled];

const junk: JsonValue[] = [
  ...[null, 5, -1, 1e300, true, '', 'x', '__proto__', [], {}, [null], [[]]],
  {undecodable: 'binary/encrypted', bytes: 3},
  [{undecodable: '\u001b[2J', bytes: 'many'}],
];

/** Reproducible numbers from 0 to 1 (a linear congruential generator). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function spoiled(value: JsonValue, random: () => number, share: number): JsonValue {
  if (random() < share) return junk[Math.floor(random() * junk.length)] ?? null;
  if (Array.isArray(value)) return value.map((item) => spoiled(item, random, share));
  if (value === null || typeof value !== 'object') return value;
  return spoiledAttributes(value, random, share);
}

function spoiledAttributes(attributes: JsonObject, random: () => number, share: number): JsonObject {
  const entries = Object.entries(attributes);
  return Object.fromEntries(entries.map(([name, value]) => [name, spoiled(value, random, share)]));
}

/** Everything that the app can show of a history, as text. */
function shown(events: readonly HistoryEvent[]): string {
  const {state} = go(running(events), 'tab n r t + g');
  const rows = historyRows(state);
  const scale = timelineOf(rows, beginning, 60);
  const nodes = rows.map(({key}) => ({type: 'node' as const, key}));
  const opened = state.events.shown.map((_, index) => ({type: 'event' as const, index}));
  const details = [...nodes, ...opened].map((subject) =>
    overlayRows(state, {type: 'detail', subject, top: 0}),
  );
  const lines = rows.flatMap((row) => [
    treeLine(row, {now: beginning, usage: usageByRun(state.forest), workers: true}),
    timelineSegments(row, scale, beginning),
  ]);
  return [...[...lines, ...details.flat()].map(segmentsText), ...farewell(state)].join('\n');
}

it.each([0.02, 0.1, 0.4])('shows a history of which %d is spoiled', (share) => {
  for (let seed = 1; seed <= 100; seed++) {
    const random = numbers(seed);
    const events = (families[seed % families.length] ?? canceled)();
    const evil = events.map((event) => ({
      ...event,
      attributes: spoiledAttributes(event.attributes, random, share),
    }));
    expect(shown(evil), `seed ${seed}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  }
});
