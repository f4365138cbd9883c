import {expect, it} from 'vitest';
import {emptyForest, foldEvents} from '../../source/history/fold.ts';
import {rootId} from './families.ts';
import {Recorder} from './recorder.ts';

const callsOf = ({events}: Recorder) =>
  foldEvents(emptyForest, events).runs.get(rootId)?.turns[0]?.calls[0]?.calls ?? [];

it('a program that waits shows its wait until it is over', () => {
  const run = new Recorder(rootId);
  run.start({program: 'await sleep(2000)'});
  expect(foldEvents(emptyForest, run.events).runs.get(rootId)?.program).toBe('await sleep(2000)');
  const startedEventId = run.add('TimerStarted', {timerId: '1', startToFireTimeout: 2000});
  expect(callsOf(run)).toMatchObject([
    {
      id: `sleep.${startedEventId}`,
      kind: 'sleep',
      name: 'sleep',
      state: 'running',
      input: {milliseconds: 2000},
      attempt: 1,
      calls: [],
      eventIds: [startedEventId],
    },
  ]);
  const waiting = callsOf(run)[0]?.state;
  run.add('TimerFired', {timerId: '1', startedEventId});
  expect(callsOf(run)).toMatchObject([{kind: 'sleep', state: 'completed'}]);
  expect(waiting).not.toBe('completed');
});

it('a timer of a run without a program is no wait of one', () => {
  const run = new Recorder(rootId);
  run.start();
  run.add('TimerStarted', {timerId: '1', startToFireTimeout: 2000});
  expect(foldEvents(emptyForest, run.events).runs.get(rootId)?.turns).toEqual([]);
});

it('a timer that only lets others go on is no wait, and neither is one of which nothing is known', () => {
  const run = new Recorder(rootId);
  run.start({program: 'await sleep(1)'});
  const startedEventId = run.add('TimerStarted', {timerId: '1', startToFireTimeout: 1});
  run.add('TimerFired', {timerId: '1', startedEventId});
  run.add('TimerCanceled', {timerId: '9', startedEventId: 99});
  expect(callsOf(run)).toEqual([]);
  run.add('TimerStarted', {timerId: '2', startToFireTimeout: 2});
  expect(callsOf(run)).toHaveLength(1);
});
