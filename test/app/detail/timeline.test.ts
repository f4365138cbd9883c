import {describe, expect, it} from 'vitest';
import {timeScale} from '../../../source/app/detail/time-scale.ts';
import {timelineOf, timelineSegments} from '../../../source/app/detail/timeline.ts';
import {emptyForest, foldEvents} from '../../../source/history/fold.ts';
import {segmentsText} from '../../../source/history/segment.ts';
import {treeRows} from '../../../source/history/tree-rows.ts';
import {rootId} from '../../history/families.ts';
import {Recorder} from '../../history/recorder.ts';

const hour = 3_600_000;

/** The timeline of a run as lines of text. */
function timeline(run: Recorder, width: number): string[] {
  const rows = treeRows(foldEvents(emptyForest, run.events), rootId);
  const now = run.clock.now;
  const drawn = timelineOf(rows, now, width);
  const lines = [drawn.axis, ...rows.map((row) => timelineSegments(row, drawn, now))].map(segmentsText);
  return lines.map((line) => line.trimEnd());
}

/** Two steps that work for seconds, with a pause before the second one and before the answer. */
function interrupted(pause: number): Recorder {
  const run = new Recorder(rootId);
  run.start();
  const model = run.scheduleModel(1);
  const message = {content: '', toolCalls: [{id: 't1.c1', name: 'slow', input: {}}]};
  run.finish(model, 'ActivityTaskCompleted', {result: [{message}]}, {after: 1999});
  run.clock.now += pause;
  const tool = run.schedule('t1.c1', 'faults.slow', [{}]);
  run.finish(tool, 'ActivityTaskCompleted', {result: ['ok']}, {after: 5999});
  run.clock.now += 2 * pause;
  const answer = run.scheduleModel(2);
  run.finish(answer, 'ActivityTaskCompleted', {result: [{message: {content: 'Done.'}}]}, {after: 3999});
  run.complete('Done.');
  return run;
}

describe('the timeline', () => {
  it('cuts idle hours down to their labels, and dashes the bars across them', () => {
    expect(timeline(interrupted(hour), 78)).toEqual([
      '                                    ·····⋯1h 00m··············⋯2h 00m···3h 00m',
      '◆ agent-7f3a91c0 ✓ completed        ━━━━━╌╌╌╌╌╌╌━━━━━━━━━━━━━━╌╌╌╌╌╌╌━━━━━━━━━',
      '├─ turn 1  model.request ✓          ━━━━━ 2.0s',
      '│  └─ ✓ faults.slow                            ━━━━━━━━━━━━━━━ 6.0s',
      '└─ turn 2  model.request ✓                                          ━━━━━━━━━━',
    ]);
  });

  it('draws short pauses as they are', () => {
    expect(timeline(interrupted(300), 78)).toEqual([
      '                                    ·····································12.9s',
      '◆ agent-7f3a91c0 ✓ completed        ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━',
      '├─ turn 1  model.request ✓          ━━━━━━━ 2.0s',
      '│  └─ ✓ faults.slow                        ━━━━━━━━━━━━━━━━━━━━━ 6.0s',
      '└─ turn 2  model.request ✓                                      ━━━━━━━━━━━━━━',
    ]);
  });
});

describe('the time scale', () => {
  it.each([
    ['nothing', [], 40, [], 1],
    ['one stretch', [[0, 100]], 40, [], 100],
    [
      'stretches that meet',
      [
        [0, 100],
        [100, 200],
        [50, 120],
      ],
      40,
      [],
      200,
    ],
    [
      'a gap',
      [
        [0, 1000],
        [61_000, 62_000],
      ],
      40,
      ['⋯1m 00s@17'],
      62_000,
    ],
    [
      'a gap within a tenth of the work',
      [
        [0, 1000],
        [1100, 2000],
      ],
      40,
      [],
      2000,
    ],
    [
      'more gaps than fit: the longest',
      [
        [0, 10],
        [1000, 1010],
        [9000, 9010],
        [12_000, 12_010],
      ],
      12,
      ['⋯8.0s@2'],
      12_010,
    ],
    [
      'no room for any',
      [
        [0, 10],
        [1000, 1010],
      ],
      1,
      [],
      1010,
    ],
  ])('of %s', (_title, spans, columns, gaps, length) => {
    const scale = timeScale(
      spans.map(([from = 0, to = 0]) => ({from, to})),
      columns,
    );
    expect(scale.gaps.map(({label, column}) => `${label}@${column}`)).toEqual(gaps);
    expect(scale.length).toBe(length);
  });

  it('never goes back and stays in its columns', () => {
    const scale = timeScale(
      [
        {from: 0, to: 500},
        {from: 90_000, to: 91_000},
      ],
      30,
    );
    const columns = Array.from({length: 95}, (_, index) => scale.column(index * 1000 - 1000));
    expect(columns).toEqual(columns.toSorted((a, b) => a - b));
    expect([columns[0], columns.at(-1)]).toEqual([0, 30]);
  });
});
