import {describe, expect, it} from 'vitest';
import {type FanOutRun, problemsOf, reportFamilies} from '../../source/drills/family-report.ts';
import {reportKill} from '../../source/drills/kill-report.ts';
import {placementOf} from '../../source/drills/placement.ts';
import {emptyForest, foldEvents} from '../../source/history/fold.ts';
import {fanOutOutcome} from '../../source/scenarios/fan-out.ts';
import {merged, Recorder} from '../history/recorder.ts';

/** A parent on worker-1 with two subagents, the second of them on worker-2. */
function family() {
  const parent = new Recorder('agent-1');
  parent.start();
  const first = parent.spawn('t1.c1', 'one');
  const second = parent.spawn('t1.c2', 'two');
  const events = merged(parent, first.child, second.child).map((event) =>
    event.workflowId === second.child.workflowId && event.eventType === 'WorkflowTaskCompleted'
      ? {...event, attributes: {...event.attributes, identity: 'worker-2'}}
      : event,
  );
  return foldEvents(emptyForest, events);
}

it('placementOf counts subagents that began on another worker than their parent', () => {
  expect(placementOf(family())).toEqual({
    workers: ['worker-1', 'worker-2'],
    children: 2,
    moved: [{workflowId: 'agent-1/t1.c2', from: 'worker-1', to: 'worker-2'}],
  });
});

const fanOut = {kind: 'ptc-mixed', folder: 'f', spawns: 1, writes: 1} as const;
const right: FanOutRun = {
  fanOut,
  status: 'completed',
  answer: '["f/parent-1.txt","child 1 is done"]',
  files: {'f/parent-1.txt': 'f/parent-1.txt\n', 'f/child-1.txt': 'child 1\n'},
  placement: {workers: [], children: 1, moved: []},
};

describe('problemsOf', () => {
  it.each<[string, Partial<FanOutRun>, string[]]>([
    ['nothing', {}, []],
    ['the status', {status: 'failed'}, ['the run is failed']],
    ['the value', {answer: '[]'}, [`the value is [], not ${fanOutOutcome(fanOut).answer}`]],
    [
      'files',
      {files: {'f/child-1.txt': 'child 2\n', 'f/more.txt': ''}},
      ['f/parent-1.txt is missing', 'f/child-1.txt is not as it must be', 'f/more.txt is not as it must be'],
    ],
  ])('names %s', (_, change, problems) => {
    expect(problemsOf({...right, ...change})).toEqual(problems);
  });

  it('counts a family', () => {
    const moved = [{workflowId: 'a/t1.c1', from: 'x', to: 'y'}];
    const runs = [
      right,
      {...right, placement: {workers: [], children: 2, moved}},
      {...right, status: 'failed'} as const,
    ];
    expect(reportFamilies(runs)).toEqual([
      {kind: 'ptc-mixed', runs: 3, children: 4, moved: 1, movedPercent: 25, right: 2},
    ]);
  });
});

describe('reportKill', () => {
  const kill = {at: 'tool', workflowId: 'agent-1', activityId: 't1.c1', before: 'worker-0'} as const;
  const lines = (...words: string[]) =>
    words.map((word) => `${word}  [0123456789abcdef0123456789abcdef]\n`).join('');

  it.each([
    [lines('first', 'second', 'third'), 'first, second, third', {doubled: [], lost: []}],
    [lines('first', 'second', 'second', 'third'), 'first, second, third', {doubled: ['second'], lost: []}],
    [lines('first'), undefined, {doubled: [], lost: ['line “second”', 'line “third”', 'answer: none']}],
  ])('reads the journal %j', (journal, answer, expected) => {
    const run = new Recorder('agent-1');
    run.start();
    const scheduled = run.schedule('t1.c1', 'drill.record', [{}]);
    run.finish(scheduled, 'ActivityTaskCompleted', {}, {attempt: 2});
    const report = reportKill(kill, foldEvents(emptyForest, run.events), journal, answer);
    expect(report).toMatchObject({
      ...expected,
      runAgain: ['t1.c1'],
      activityType: 'drill.record',
      after: 'worker-1',
    });
  });
});
