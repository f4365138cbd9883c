import {Metadata, status} from '@grpc/grpc-js';
import {google, temporal} from './proto.ts';

const {errordetails} = temporal.api;
type DetailsName = keyof typeof errordetails.v1 & string;

/** An error that the caller gets as a gRPC status, with Temporal's details where there are some. */
export class ServiceError extends Error {
  override name = 'ServiceError';
  readonly code: status;
  readonly details?: {name: DetailsName; value: object};

  /**
   * @param code the gRPC status code
   * @param message the status message, for people
   * @param details a message of `temporal.api.errordetails.v1`, by name
   */
  constructor(code: status, message: string, details?: {name: DetailsName; value: object}) {
    super(message);
    this.code = code;
    if (details) this.details = details;
  }

  /** @returns the details, ready to be carried in a `google.protobuf.Any` */
  encodedDetail(): {type_url: string; value: Uint8Array} | undefined {
    if (!this.details) return undefined;
    const {name, value} = this.details;
    const type = errordetails.v1[name] as unknown as {encode(message: object): {finish(): Uint8Array}};
    return {
      type_url: `type.googleapis.com/temporal.api.errordetails.v1.${name}`,
      value: type.encode(value).finish(),
    };
  }

  /** @returns the trailers that carry the details: a `google.rpc.Status` under `grpc-status-details-bin` */
  metadata(): Metadata {
    const metadata = new Metadata();
    const detail = this.encodedDetail();
    if (!detail) return metadata;
    const encoded = google.rpc.Status.encode({code: this.code, message: this.message, details: [detail]});
    metadata.set('grpc-status-details-bin', Buffer.from(encoded.finish()));
    return metadata;
  }
}

/** The request itself is wrong. */
export const invalidArgument = (message: string) => new ServiceError(status.INVALID_ARGUMENT, message);

/** What the request names is not there, or no longer. */
export const notFound = (message: string) =>
  new ServiceError(status.NOT_FOUND, message, {name: 'NotFoundFailure', value: {}});

/** The run is closed. */
export const workflowCompleted = () => notFound('workflow execution already completed');

/** The run goes on as another one: the caller should ask again. */
export const workflowClosing = () =>
  new ServiceError(status.UNAVAILABLE, 'workflow operation can not be applied because workflow is closing');

/** There is no such namespace. */
export const namespaceNotFound = (namespace: string) =>
  new ServiceError(status.NOT_FOUND, `Namespace ${namespace} is not found.`, {
    name: 'NamespaceNotFoundFailure',
    value: {namespace},
  });

/** The workflow id is taken by a run, which the details name. */
export const alreadyStarted = (runId: string, startRequestId: string, message: string) =>
  new ServiceError(status.ALREADY_EXISTS, message, {
    name: 'WorkflowExecutionAlreadyStartedFailure',
    value: {startRequestId, runId},
  });

/** The worker could not answer the query. */
export const queryFailed = (message: string, failure?: object | null) =>
  new ServiceError(status.INVALID_ARGUMENT, message, {
    name: 'QueryFailedFailure',
    value: failure ? {failure} : {},
  });

/** The workflow cannot answer yet. */
export const workflowNotReady = (message: string) =>
  new ServiceError(status.FAILED_PRECONDITION, message, {name: 'WorkflowNotReadyFailure', value: {}});

/** A real server has the method, this one has not. */
export const unimplemented = (method: string) =>
  new ServiceError(status.UNIMPLEMENTED, `The embedded server has no ${method}.`);

/**
 * @param errors what became of each operation, in order: its error, or undefined where another one's error stopped it
 */
export function multiOperationFailed(errors: readonly unknown[]): ServiceError {
  const first = errors.find((error) => error instanceof ServiceError);
  const statuses = errors.map((error) =>
    error instanceof ServiceError
      ? operationStatus(error)
      : {code: status.ABORTED, message: 'Operation was aborted.'},
  );
  const message = 'Update-with-Start could not be executed.';
  return new ServiceError(first?.code ?? status.INTERNAL, message, {
    name: 'MultiOperationExecutionFailure',
    value: {statuses},
  });
}

function operationStatus(error: ServiceError) {
  const detail = error.encodedDetail();
  return {code: error.code, message: error.message, details: detail ? [detail] : []};
}
