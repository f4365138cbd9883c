import type {ServerUnderTest} from '../environment.ts';

/** Requests whose answer both servers shall agree on, errors included. */
export interface RequestCase {
  readonly name: string;
  /** @returns plain data; what it throws is compared by gRPC code and message */
  ask(server: ServerUnderTest, workflowId: string): Promise<unknown>;
}

/** The namespace of all requests. */
export const namespace = 'default';
