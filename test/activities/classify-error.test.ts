import {type ApplicationFailure, CancelledFailure} from '@temporalio/common';
import {describe, expect, it} from 'vitest';
import {classifyToolError} from '../../activities/classify-error.ts';
import {ToolExecutionError, ToolRetryableError, ToolValidationError} from '../../activities/errors.ts';

const sandbox = '/home/someone/.demo-sandbox';
const classify = (error: unknown) => classifyToolError(error, 'save_note', sandbox) as ApplicationFailure;

describe('classifyToolError', () => {
  it.each([
    [new ToolValidationError('bad'), 'ToolValidationError', true],
    [new ToolExecutionError('no'), 'ToolExecutionError', true],
    [new ToolRetryableError('later'), 'ToolRetryableError', false],
    [new TypeError('a bug'), 'ToolError', false],
    ['a text', 'ToolError', false],
  ])('%s', (error, type, nonRetryable) => {
    expect(classify(error)).toMatchObject({type, nonRetryable});
  });

  it('knows an error of another copy of the package by its name', () => {
    const foreign = Object.assign(new Error('bad'), {name: 'ToolValidationError'});
    expect(classify(foreign)).toMatchObject({type: 'ToolValidationError', nonRetryable: true});
  });

  it('keeps cancellation', () => {
    const cancelled = new CancelledFailure('cancelled');
    expect(classify(cancelled)).toBe(cancelled);
    expect(classify(new DOMException('aborted', 'AbortError'))).toBeInstanceOf(CancelledFailure);
  });

  it('tells nothing of the host', () => {
    const error = new Error(
      `ENOENT: no such file, open '${sandbox}/a.txt' from /home/someone/project/file.js`,
    );
    const failure = classify(error);
    expect(failure.message).toBe("save_note failed: ENOENT: no such file, open 'a.txt' from <path>");
    expect(failure.stack).toBe('');
  });

  it('leaves addresses on the web alone', () => {
    expect(classify(new ToolExecutionError('see https://example.org/a/b')).message).toBe(
      'see https://example.org/a/b',
    );
  });
});
