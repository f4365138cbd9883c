import type {HistoryEvent} from '../../source/history/event.ts';
import {activityFailure, applicationFailure, merged, Recorder} from './recorder.ts';

export const rootId = 'agent-7f3a91c0';

/** One program that writes a file and spawns a subagent, which writes another one; then the answer. */
export function programWithSubagent(): HistoryEvent[] {
  const run = new Recorder(rootId);
  run.start({prompt: 'write a note and delegate'});
  const code = "const note = write_file({path: 'notes/a.txt'});\nspawn({agent_name: 'generic'});";
  run.model(1, [{name: 'run_ptc', input: {code}}]);
  run.tool('t1.c1.1', 'sandbox.write_file', {path: 'notes/a.txt', content: 'a'}, 'wrote 1 byte', 2);
  const {initiatedEventId, child} = run.spawn('t1.c1.2', 'Write b', 3);
  child.model(1, [{name: 'write_file', input: {path: 'notes/b.txt'}}]);
  child.tool('t1.c1', 'sandbox.write_file', {path: 'notes/b.txt'}, 'wrote 1 byte');
  child.model(2, 'b is written');
  child.complete('b is written');
  run.add('ChildWorkflowExecutionCompleted', {initiatedEventId, result: [{answer: 'b is written'}]});
  run.workflowTask();
  run.model(2, 'Both are written.', [{role: 'tool', callId: 't1.c1', name: 'run_ptc', result: 'ok'}]);
  run.complete('Both are written.');
  return merged(run, child);
}

/** Four calls at once: a retried one, a rejected one, one that was never scheduled, and one that works. */
export function failures(): HistoryEvent[] {
  const run = new Recorder(rootId);
  run.start();
  run.model(1, [
    {name: 'flaky', input: {times: 2}},
    {name: 'read_file', input: {path: '../secret'}},
    {name: 'no_such_tool', input: {x: 1}},
    {name: 'write_file', input: {path: 'a.txt'}},
  ]);
  const flaky = run.schedule('t1.c1', 'faults.flaky', [{times: 2}]);
  const read = run.schedule('t1.c2', 'sandbox.read_file', [{path: '../secret'}]);
  run.tool('t1.c4', 'sandbox.write_file', {path: 'a.txt'}, 'wrote');
  run.finish(read, 'ActivityTaskFailed', {
    failure: applicationFailure('ToolValidationError', 'path leads out of the sandbox'),
  });
  run.finish(flaky, 'ActivityTaskCompleted', {result: ['third time lucky']}, {attempt: 3, after: 2000});
  const unknown = {name: 'ToolValidationError', message: 'no tool named no_such_tool'};
  run.scheduleModel(2, [{role: 'tool', callId: 't1.c3', name: 'no_such_tool', failure: unknown}]);
  return run.events;
}

/** A subagent fails, and with it the parent. */
export function childFailure(): HistoryEvent[] {
  const run = new Recorder(rootId);
  run.start();
  run.model(1, [{name: 'spawn', input: {agent_name: 'generic', task: 'Break'}}]);
  const {initiatedEventId, child} = run.spawn('t1.c1', 'Break');
  const failure = activityFailure(applicationFailure('ToolExecutionError', 'disk is full'));
  const model = child.scheduleModel(1);
  child.finish(model, 'ActivityTaskFailed', {failure: failure.cause ?? null});
  child.add('WorkflowExecutionFailed', {failure});
  const wrapped = {message: 'Child failed', childWorkflowExecutionFailureInfo: {}, cause: failure};
  run.add('ChildWorkflowExecutionFailed', {initiatedEventId, failure: wrapped});
  run.add('WorkflowExecutionFailed', {failure: wrapped});
  return merged(run, child);
}

/** A run with a slow tool that is asked to cancel; `upTo` leaves out the end. */
export function canceled(): HistoryEvent[] {
  const run = new Recorder(rootId);
  run.start();
  run.model(1, [{name: 'slow', input: {seconds: 60}}]);
  const slow = run.schedule('t1.c1', 'faults.slow', [{seconds: 60}]);
  run.add('WorkflowExecutionCancelRequested', {}, 1500);
  run.add('ActivityTaskCancelRequested', {scheduledEventId: String(slow)});
  run.finish(slow, 'ActivityTaskCanceled');
  run.add('WorkflowExecutionCanceled');
  return run.events;
}
