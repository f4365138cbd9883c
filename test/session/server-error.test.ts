import {status} from '@grpc/grpc-js';
import {NamespaceNotFoundError, ServiceError, WorkflowNotFoundError} from '@temporalio/client';
import {describe, expect, it} from 'vitest';
import {followErrorWords, isPassing, serverErrorWords} from '../../source/session/server-error.ts';

/** An error as the client hands it on: it wraps what gRPC says. */
function grpcError(code: status, details = 'the details\nmore'): Error {
  const cause = Object.assign(new Error(`${code}: ${details}`), {code, details, metadata: {}});
  return new ServiceError('It failed', {cause});
}

const notFound = (message: string) => new WorkflowNotFoundError(message, 'w', undefined);
const gone = 'The server does not know this run any more: it was deleted';

describe('a failed call', () => {
  it.each<[string, unknown, string | RegExp]>([
    ['a run that is over', notFound('workflow execution already completed'), 'The run is over already'],
    ['a run that is not there', notFound('workflow not found'), gone],
    ['a row that is not there', grpcError(status.NOT_FOUND, 'no row'), gone],
    ['anything else that is not there', grpcError(status.NOT_FOUND, 'no queue'), 'no queue'],
    ['a namespace', new NamespaceNotFoundError('nowhere'), /nowhere/],
    ['a server that is away', grpcError(status.UNAVAILABLE), /h:1/],
    ['a server that is slow', grpcError(status.DEADLINE_EXCEEDED), /h:1/],
    ['a refusal', grpcError(status.PERMISSION_DENIED), /the details/],
    ['missing credentials', grpcError(status.UNAUTHENTICATED), /the details/],
    ['anything else', grpcError(status.UNIMPLEMENTED), 'the details'],
    ['no details', grpcError(status.UNKNOWN, ''), '2: '],
    ['an error of ours', new Error('first\nsecond'), 'first'],
    ['what is no error', 'words', 'words'],
    ['nothing', undefined, 'undefined'],
  ])('over %s is said in a line', (_what, error, words) => {
    const said = serverErrorWords(error, 'h:1');
    if (typeof words === 'string') expect(said).toBe(words);
    else expect(said).toMatch(words);
    expect(said).not.toContain('\n');
  });

  it.each([
    [status.UNAVAILABLE, true],
    [status.CANCELLED, true],
    [status.DEADLINE_EXCEEDED, true],
    [status.RESOURCE_EXHAUSTED, true],
    [status.ABORTED, true],
    [status.NOT_FOUND, false],
    [status.PERMISSION_DENIED, false],
    [status.INVALID_ARGUMENT, false],
    [status.UNIMPLEMENTED, false],
  ])('with code %i may work out later: %s', (code, passing) => {
    expect(isPassing(grpcError(code))).toBe(passing);
  });

  it('that came to no server does not pass', () => {
    expect(isPassing(new Error('no'))).toBe(false);
    expect(isPassing(undefined)).toBe(false);
  });
});

it('a history that cannot be read is told from a server that refuses it', () => {
  expect(followErrorWords(grpcError(status.UNIMPLEMENTED, 'unknown method'), 'h:1')).toBe('unknown method');
  expect(followErrorWords(new RangeError('index out of range'), 'h:1')).toBe(
    'The history cannot be decoded: index out of range',
  );
});
