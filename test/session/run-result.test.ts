import {describe, expect, it} from 'vitest';
import type {HistoryEvent} from '../../source/history/event.ts';
import {runResult} from '../../source/session/run-result.ts';
import type {JsonObject} from '../../workflows/protocol/json.ts';

const resultOf = (eventType: string, attributes: JsonObject = {}) =>
  runResult({eventType, attributes} as unknown as HistoryEvent);

const failure = (details: unknown[]) =>
  ({message: 'outer', cause: {message: 'inner', applicationFailureInfo: {details}}}) as unknown as JsonObject;

const encrypted = 'it is encoded as binary/encrypted, by a codec that is not known here.';

describe('a run that', () => {
  it.each<[string, string, JsonObject, object]>([
    ['answers', 'Completed', {result: [{answer: 'done'}]}, {status: 'completed', answer: 'done'}],
    ['yields', 'Completed', {result: [{answer: '', value: 0}]}, {status: 'completed', answer: '', value: 0}],
    ['says nothing', 'Completed', {}, {status: 'completed'}],
    ['answers no text', 'Completed', {result: [{answer: 7}]}, {status: 'completed'}],
    ['is of another kind', 'Completed', {result: [null]}, {status: 'completed'}],
    ['fails', 'Failed', {failure: {message: 'broken'}}, {status: 'failed', error: 'broken'}],
    ['fails by a cause', 'Failed', {failure: failure([])}, {status: 'failed', error: 'inner'}],
    ['fails without a word', 'Failed', {failure: {message: ''}}, {status: 'failed'}],
    ['fails for no reason', 'Failed', {failure: null}, {status: 'failed'}],
    [
      'answers in a code of its own',
      'Completed',
      {result: [{undecodable: 'binary/encrypted', bytes: 5}]},
      {status: 'completed', error: `The answer cannot be decoded: ${encrypted}`},
    ],
    [
      'fails in a code of its own',
      'Failed',
      {failure: {message: 'Encoded failure', encodedAttributes: {undecodable: 'binary/encrypted', bytes: 5}}},
      {status: 'failed', error: `The failure cannot be decoded: ${encrypted}`},
    ],
    [
      'fails with words beside it',
      'Failed',
      {failure: {message: 'Encoded failure', encodedAttributes: {message: 'the words'}}},
      {status: 'failed', error: 'the words'},
    ],
    ['is canceled', 'Canceled', {}, {status: 'canceled'}],
    ['is terminated', 'Terminated', {reason: 'enough'}, {status: 'terminated', error: 'enough'}],
    ['times out', 'TimedOut', {newExecutionRunId: ''}, {status: 'timedOut'}],
  ])('%s', (_what, outcome, attributes, result) => {
    expect(resultOf(`WorkflowExecution${outcome}`, attributes)).toEqual(result);
  });

  it.each(['Failed', 'TimedOut', 'Completed'])(
    'is %s and goes on as another run has no result yet',
    (outcome) => {
      expect(resultOf(`WorkflowExecution${outcome}`, {newExecutionRunId: 'next'})).toBeUndefined();
    },
  );

  it.each(['WorkflowExecutionStarted', 'WorkflowExecutionContinuedAsNew', 'ActivityTaskCompleted'])(
    'has come to %s goes on',
    (eventType) => expect(resultOf(eventType)).toBeUndefined(),
  );
});

describe('the failure of a program', () => {
  it.each<[string, unknown[], string | undefined]>([
    ['with all', [{frame: '> 1 | x', cause: 'E: no', hint: 'Do y.'}], '> 1 | x\nCause: E: no\nDo y.'],
    ['with a hint', [{hint: 'Do y.'}], 'Do y.'],
    ['with nothing of use', [{frame: 7, cause: {}}], undefined],
    ['without details', [], undefined],
    ['with details of another kind', [['frame']], undefined],
    ['with details that are a text', ['frame'], undefined],
  ])('%s is explained', (_what, details, explanation) => {
    const result = resultOf('WorkflowExecutionFailed', {failure: failure(details)});
    expect(result).toEqual({status: 'failed', error: 'inner', ...(explanation && {explanation})});
  });
});
