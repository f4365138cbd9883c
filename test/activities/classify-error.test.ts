import {ApplicationFailure, CancelledFailure} from '@temporalio/common';
import {describe, expect, it} from 'vitest';
import {classifyToolError} from '../../activities/classify-error.ts';
import {ToolExecutionError, ToolRetryableError, ToolValidationError} from '../../activities/errors.ts';
import {encodedBytes} from '../../workflows/protocol/limits.ts';

const sandbox = '/home/someone/.demo-sandbox';
const running = new AbortController().signal;
const cancelled = AbortSignal.abort();
const classify = (error: unknown, signal = running) =>
  classifyToolError(error, {tool: 'save_note', sandbox, signal}) as ApplicationFailure;

describe('classifyToolError', () => {
  it.each([
    [new ToolValidationError('bad'), 'ToolValidationError', true],
    [new ToolExecutionError('no'), 'ToolExecutionError', true],
    [new ToolRetryableError('later'), 'ToolRetryableError', false],
    [new TypeError('a bug'), 'ToolError', false],
    ['a text', 'ToolError', false],
    [undefined, 'ToolError', false],
    [Object.assign(new Error('x'), {message: {odd: true}}), 'ToolError', false],
  ])('%s', (error, type, nonRetryable) => {
    expect(classify(error)).toMatchObject({type, nonRetryable});
  });

  it('knows an error of another copy of the package by its name', () => {
    const foreign = Object.assign(new Error('bad'), {name: 'ToolValidationError'});
    expect(classify(foreign)).toMatchObject({type: 'ToolValidationError', nonRetryable: true});
  });

  it('tells nothing of the host', () => {
    const error = new Error(
      `ENOENT: no such file, open '${sandbox}/a.txt' from /home/someone/project/file.js`,
    );
    const failure = classify(error);
    expect(failure.message).toBe("save_note failed: ENOENT: no such file, open 'a.txt' from <path>");
    expect(failure.stack).toBe('');
  });

  it('keeps a message short and well-formed', () => {
    const {message} = classify(new ToolExecutionError('\ud800'.repeat(1_000_000)));
    expect(encodedBytes(message)).toBeLessThanOrEqual(16_000);
    expect(message).toContain('[clipped: ');
    expect(message.isWellFormed()).toBe(true);
  });
});

describe('cancellation', () => {
  const aborted = new DOMException('aborted', 'AbortError');

  it.each([new CancelledFailure('cancelled'), aborted])('of the activity is kept: %s', (error) => {
    expect(classify(error, cancelled)).toBeInstanceOf(CancelledFailure);
  });

  it.each([new CancelledFailure('cancelled'), aborted])('of anything else is a failure: %s', (error) => {
    const failure = classify(error);
    expect(failure).toMatchObject({type: 'ToolError', nonRetryable: false, stack: ''});
    expect(failure.message).toMatch(/^save_note failed: (aborted|cancelled)$/);
  });
});

describe("an author's ApplicationFailure", () => {
  const cause = new Error('The cause of /home/someone/project/file.js');
  const options = {message: 'at /home/someone/x.js', type: 'NoPaper', nextRetryDelay: '5s', cause} as const;

  it('keeps its meaning, and tells nothing of the host', () => {
    const details = [{file: '/home/someone/x.js', tray: 2}];
    const failure = classify(ApplicationFailure.create({...options, details, nonRetryable: true}));
    expect(failure).toMatchObject({
      message: 'at <path>',
      type: 'NoPaper',
      nonRetryable: true,
      nextRetryDelay: '5s',
      details: [{file: '<path>', tray: 2}],
      stack: '',
    });
    expect(failure.cause).toBeUndefined();
  });

  it.each([
    ['are no JSON', [1n], []],
    ['are long', ['x'.repeat(50_000)], [expect.stringContaining('[clipped: ')]],
  ])('may have details that %s', (_, details, expected) => {
    expect(classify(ApplicationFailure.create({...options, details})).details).toEqual(expected);
  });

  it('cannot pass for an activity that no worker has, which would end the run', () => {
    const failure = classify(ApplicationFailure.create({...options, type: 'NotFoundError'}));
    expect(failure.type).toBe('ToolError');
  });
});
