import {describe, expect, it} from 'vitest';
import {callOf, describeEvent, shortWorkflowId} from '../../source/history/describe-event.ts';
import type {HistoryEvent} from '../../source/history/event.ts';
import {emptyForest, foldEvents} from '../../source/history/fold.ts';
import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import {rootId} from './families.ts';
import {applicationFailure, Recorder} from './recorder.ts';

/** The last event as it is shown: each piece with what it means. */
function shown({events}: Recorder): string {
  const forest = foldEvents(emptyForest, events);
  return describeEvent(events.at(-1) as HistoryEvent, forest)
    .segments.map(({text, tone}) => (tone === 'plain' ? text : `${text} (${tone})`))
    .join(' ');
}

const failure = applicationFailure('Broken', 'it is broken');

describe('an event of the run itself', () => {
  it.each<[string, JsonObject, string]>([
    ['WorkflowExecutionCompleted', {result: [{answer: 'done'}]}, '✓ (good) completed “done”'],
    ['WorkflowExecutionCompleted', {result: [{answer: 'done', value: 42}]}, '✓ (good) completed → 42'],
    ['WorkflowExecutionFailed', {failure}, '✗ (bad) failed Broken: it is broken (bad)'],
    ['WorkflowExecutionCanceled', {}, '⊘ (canceled) canceled'],
    ['WorkflowExecutionTerminated', {reason: 'why'}, '✗ (bad) terminated'],
    ['WorkflowExecutionTimedOut', {}, '✗ (bad) timed out'],
    ['WorkflowExecutionCancelRequested', {}, '⊘ (busy) cancel requested'],
    ['WorkflowTaskFailed', {failure}, '✗ (bad) workflow task failed Broken: it is broken (bad)'],
    ['MarkerRecorded', {}, 'marker recorded (quiet)'],
    ['constructor', {}, 'constructor (quiet)'],
  ])('%s %j is shown as %s', (eventType, attributes, words) => {
    const run = new Recorder(rootId);
    run.start();
    run.add(eventType, attributes);
    expect(shown(run)).toBe(words);
  });

  it.each<[JsonValue[], string]>([
    [[{agent: 'writer', prompt: 'write'}], 'started writer (name) “write”'],
    [[{prompt: 'write'}], 'started type (name) “write”'],
    [[{agent: 'writer', program: '1 + 1', prompt: 'write'}], 'started writer (name) a program'],
    [
      [{undecodable: 'binary/encrypted', bytes: 12}],
      'started type (name) with 12 bytes that cannot be decoded (binary/encrypted)',
    ],
    [[], 'started type (name)'],
  ])('a start with %j is shown as %s', (input, words) => {
    const run = new Recorder(rootId);
    run.add('WorkflowExecutionStarted', {workflowType: {name: 'type'}, input});
    expect(shown(run)).toBe(words);
  });
});

describe('an event of an activity', () => {
  const subject = 'sandbox.write_file (name) a.txt';

  it.each<[string, JsonObject, number, string]>([
    ['ActivityTaskCompleted', {result: ['wrote']}, 1, `✓ (good) ${subject} 8ms (quiet) → wrote`],
    [
      'ActivityTaskCompleted',
      {result: ['wrote']},
      3,
      `✓ (good) ${subject} attempt 3 (busy) 8ms (quiet) → wrote`,
    ],
    ['ActivityTaskFailed', {failure}, 1, `✗ (bad) ${subject} 8ms (quiet) Broken: it is broken (bad)`],
    ['ActivityTaskTimedOut', {}, 1, `✗ (bad) ${subject} 8ms (quiet) timed out`],
    ['ActivityTaskCanceled', {}, 1, `⊘ (canceled) ${subject} 8ms (quiet) canceled`],
    ['ActivityTaskCancelRequested', {}, 1, `⊘ (busy) ${subject} 8ms (quiet) cancel requested`],
  ])('%s %j at attempt %i is shown as %s', (eventType, attributes, attempt, words) => {
    const run = new Recorder(rootId);
    run.start();
    const scheduled = run.schedule('t1.c1', 'sandbox.write_file', [{path: 'a.txt'}]);
    expect(shown(run)).toBe(subject);
    run.finish(scheduled, eventType, attributes, {attempt});
    expect(shown(run)).toBe(words);
  });

  it('that nobody knows of is shown by its type', () => {
    const run = new Recorder(rootId);
    run.schedule('t1.c1', 'sandbox.write_file', []);
    const event = run.events.at(-1) as HistoryEvent;
    expect(describeEvent(event, emptyForest).segments).toEqual([{text: 'sandbox.write_file', tone: 'name'}]);
    expect(callOf(event, emptyForest)).toBeUndefined();
  });

  it('that is a model step shows what it asks for, or says', () => {
    const run = new Recorder(rootId);
    run.start();
    const step = run.scheduleModel(1);
    expect(shown(run)).toBe('model.request (name)');
    const toolCalls = [
      {id: 't1.c1', name: 'write_file', input: {}},
      {id: 't1.c2', name: 'spawn', input: {}},
    ];
    run.finish(step, 'ActivityTaskCompleted', {result: [{message: {content: 'words', toolCalls}}]});
    expect(shown(run)).toBe('✓ (good) model.request (name) 8ms (quiet) → write_file, spawn');
    const last = run.scheduleModel(2);
    run.finish(last, 'ActivityTaskCompleted', {result: [{message: {content: 'words', toolCalls: []}}]});
    expect(shown(run)).toBe('✓ (good) model.request (name) 8ms (quiet) → “words”');
  });
});

describe('an event of a subagent', () => {
  const subject = 'spawn (name) generic “Do it”';

  it.each<[string, JsonObject, string, JsonObject]>([
    [
      'ChildWorkflowExecutionCompleted',
      {result: [{answer: 'did it'}]},
      `✓ (good) ${subject} 5ms (quiet) → did it`,
      {state: 'completed', result: 'did it'},
    ],
    [
      'ChildWorkflowExecutionCompleted',
      {result: ['bare']},
      `✓ (good) ${subject} 5ms (quiet) → bare`,
      {state: 'completed', result: 'bare'},
    ],
    [
      'ChildWorkflowExecutionFailed',
      {failure},
      `✗ (bad) ${subject} 5ms (quiet) Broken: it is broken (bad)`,
      {state: 'failed', failure: {type: 'Broken', message: 'it is broken'}},
    ],
    [
      'ChildWorkflowExecutionCanceled',
      {},
      `⊘ (canceled) ${subject} 5ms (quiet) canceled`,
      {state: 'canceled'},
    ],
    ['ChildWorkflowExecutionTimedOut', {}, `✗ (bad) ${subject} 5ms (quiet) timed out`, {state: 'timedOut'}],
    [
      'ChildWorkflowExecutionTerminated',
      {},
      `✗ (bad) ${subject} 5ms (quiet) terminated`,
      {state: 'failed', failure: {type: 'Terminated', message: 'the subagent was terminated'}},
    ],
    [
      'StartChildWorkflowExecutionFailed',
      {cause: 'WORKFLOW_ALREADY_EXISTS'},
      `✗ (bad) ${subject} 5ms (quiet) did not start`,
      {state: 'failed', failure: {type: 'ChildWorkflowStartFailure', message: 'WORKFLOW_ALREADY_EXISTS'}},
    ],
    [
      'StartChildWorkflowExecutionFailed',
      {},
      `✗ (bad) ${subject} 5ms (quiet) did not start`,
      {failure: {type: 'ChildWorkflowStartFailure', message: 'unknown cause'}},
    ],
  ])('%s %j is shown as %s', (eventType, attributes, words, call) => {
    const run = new Recorder(rootId);
    run.start();
    const {initiatedEventId} = run.spawn('t1.c1', 'Do it');
    expect(shown(run)).toBe(`${subject} started`);
    const endedAt = run.clock.now;
    run.add(eventType, {initiatedEventId, ...attributes}, 0);
    const forest = foldEvents(emptyForest, run.events);
    expect(shown(run)).toBe(words);
    const found = callOf(run.events.at(-1) as HistoryEvent, forest);
    expect(found).toMatchObject({...call, endTime: endedAt, startTime: endedAt, eventIds: {length: 3}});
  });

  it.each([
    ['its subagent', `${rootId}/t1.c1`, 'cancelRequested', 3],
    ['another workflow', 'somebody', 'running', 2],
  ])('that asks for the cancellation of %s moves no other', (_whom, workflowId, state, events) => {
    const run = new Recorder(rootId);
    run.start();
    const {initiatedEventId} = run.spawn('t1.c1', 'Do it');
    run.add('RequestCancelExternalWorkflowExecutionInitiated', {workflowExecution: {workflowId}});
    const cancel = run.events.at(-1) as HistoryEvent;
    const child = {...cancel, eventId: initiatedEventId, attributes: {}};
    const forest = foldEvents(emptyForest, run.events);
    expect(callOf(child, forest)).toMatchObject({state, eventIds: {length: events}});
  });

  it('that is over is not canceled any more', () => {
    const run = new Recorder(rootId);
    run.start();
    const {initiatedEventId} = run.spawn('t1.c1', 'Do it');
    run.add('ChildWorkflowExecutionCompleted', {initiatedEventId, result: []});
    const ended = run.events.at(-1) as HistoryEvent;
    const workflowExecution = {workflowId: `${rootId}/t1.c1`};
    run.add('RequestCancelExternalWorkflowExecutionInitiated', {workflowExecution});
    expect(callOf(ended, foldEvents(emptyForest, run.events))?.state).toBe('completed');
  });
});

it.each([
  ['agent-7f3a91c0', '7f3a'],
  ['agent-7f3a91c0/t1.c2', '7f3a/t1.c2'],
  ['a-workflow-of-somebody', 'a-workflow-o'],
  ['short', 'short'],
])('%s is called %s', (workflowId, short) => {
  expect(shortWorkflowId(workflowId)).toBe(short);
});
