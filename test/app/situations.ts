import {canceled, childFailure, failures, programWithSubagent, rootId} from '../history/families.ts';
import {Recorder} from '../history/recorder.ts';
import {beginning, connected, finished, go, type Journey, journey, running} from './journey.ts';

/** The app in an interesting state, on a screen of some size. */
export type Situation = (columns: number, rows: number) => Journey;

/** Every kind of thing that the screen shows. */
export const situations: Record<string, Situation> = {
  empty: connected,
  starting: (columns, rows) =>
    go(
      journey(columns, rows),
      {type: 'step', step: {name: 'server', state: 'started'}, now: beginning},
      {type: 'step', step: {name: 'server', state: 'done'}, now: beginning + 240},
      {type: 'step', step: {name: 'worker', state: 'started'}, now: beginning + 240},
      "'hello' enter",
      {type: 'ticked', now: beginning + 900},
    ),
  running: (columns, rows) => running(programWithSubagent().slice(0, 20), columns, rows),
  completed: (columns, rows) => finished(programWithSubagent(), 'completed', columns, rows),
  failed: (columns, rows) => go(finished(childFailure(), 'failed', columns, rows), 'tab tab n'),
  retrying,
  canceling: (columns, rows) => go(running(canceled().slice(0, -5), columns, rows), 'tab tab x'),
  long: (columns, rows) => go(running(longRun(), columns, rows), 'tab up up up'),
  detail: (columns, rows) => go(finished(failures(), 'completed', columns, rows), 'tab tab n enter'),
  program: (columns, rows) =>
    go(finished(programWithSubagent(), 'completed', columns, rows), 'tab tab down down enter'),
  event: (columns, rows) => go(finished(programWithSubagent(), 'completed', columns, rows), 'tab k k enter'),
  timeline: (columns, rows) => go(finished(failures(), 'completed', columns, rows), 'tab tab t'),
  picker: (columns, rows) => go(finished(failures(), 'completed', columns, rows), "ctrl+s 'fail'"),
  help: (columns, rows) => go(connected(columns, rows), '?'),
  filter: (columns, rows) =>
    go(finished(programWithSubagent(), 'completed', columns, rows), "tab / 'write !model'"),
  completion: (columns, rows) => go(connected(columns, rows), "'/sc'"),
  runs: (columns, rows) =>
    go(connected(columns, rows), "'/runs' enter", {
      type: 'listed',
      now: beginning,
      runs: [
        {
          workflowId: 'agent-aaaaaaaa',
          runId: 'a',
          status: 'running',
          startTime: beginning - 5000,
          taskQueue: 'q',
        },
        {
          workflowId: 'agent-bbbbbbbb',
          runId: 'b',
          status: 'failed',
          startTime: beginning - 7200_000,
          endTime: beginning - 7199_000,
          taskQueue: 'q',
        },
      ],
    }),
  wide: (columns, rows) => go(running(wideRun(), columns, rows), "'漢字 👩‍👩‍👧 é'"),
  lines: (columns, rows) => go(connected(columns, rows), "'one'", 'ctrl+j', `'${'two '.repeat(40)}'`),
  lost: (columns, rows) =>
    go(running(programWithSubagent().slice(0, 9), columns, rows), {
      type: 'lost',
      text: 'the worker process ended',
    }),
  outage: (columns, rows) =>
    go(running(programWithSubagent().slice(0, 9), columns, rows), {
      type: 'updates',
      updates: [{type: 'connection', state: 'lost', message: 'No answer from 127.0.0.1:7233; trying again'}],
      now: beginning + 900,
    }),
};

function retrying(columns: number, rows: number): Journey {
  const run = new Recorder(rootId);
  run.start();
  run.model(1, [{name: 'flaky', input: {times: 2}}]);
  run.schedule('t1.c1', 'faults.flaky', [{times: 2}]);
  const open = running(run.events, columns, rows);
  const waits = {
    activityId: 't1.c1',
    attempt: 2,
    state: 'scheduled' as const,
    lastFailure: 'ToolRetryableError: not yet',
    nextAttemptTime: open.state.now + 4000,
  };
  return go(open, {
    type: 'updates',
    updates: [{type: 'pending', workflowId: rootId, pending: [waits]}],
    now: open.state.now,
  });
}

function longRun() {
  const run = new Recorder(rootId);
  run.start();
  for (let turn = 1; turn <= 60; turn++) {
    run.model(turn, [{name: 'write_file', input: {path: `notes/${turn}.txt`}}]);
    run.tool(`t${turn}.c1`, 'sandbox.write_file', {path: `notes/${turn}.txt`}, 'wrote');
  }
  run.scheduleModel(61);
  return run.events;
}

function wideRun() {
  const run = new Recorder(rootId);
  run.start({prompt: '寫一個筆記'});
  const path = '筆記/👩‍👩‍👧/ééé/很長的名字很長的名字很長的名字很長的名字很長的名字.txt';
  run.model(1, [{name: 'write_file', input: {path}}]);
  run.tool('t1.c1', 'sandbox.write_file', {path}, '好');
  run.scheduleModel(2);
  return run.events;
}
