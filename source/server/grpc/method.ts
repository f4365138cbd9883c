import type {Engine} from '../engine/engine.ts';
import type {MethodName, Request, Response} from '../wire/proto.ts';

/** One call of a method, as far as a handler needs to know of it. */
export interface Call {
  /** When the caller stops waiting, milliseconds since the epoch. */
  readonly deadline: number;
  /** Calls back when the caller goes away before it has its answer. */
  onDropped(callback: () => void): void;
}

/** How a method is answered. Errors that it throws as `ServiceError` reach the caller with their status. */
export type Handler<Name extends MethodName> = (
  engine: Engine,
  request: Request<Name>,
  call: Call,
) => Response<Name> | Promise<Response<Name>>;

/** A method of `WorkflowService` that this server has. */
export interface Method {
  readonly name: MethodName;
  readonly handle: (engine: Engine, request: never, call: Call) => object | Promise<object>;
}

/** Pairs a handler with its method's name, which types its request and response. */
export function method<Name extends MethodName>(name: Name, handle: Handler<Name>): Method {
  return {name, handle: handle as Method['handle']};
}
