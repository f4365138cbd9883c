import {Metadata, Server, ServerCredentials, type ServiceDefinition, type status} from '@grpc/grpc-js';
import proto from '@temporalio/proto';
import {onTestFinished} from 'vitest';

const messages = proto.temporal.api.workflowservice.v1;

const methods = [
  'DescribeTaskQueue',
  'DescribeWorkflowExecution',
  'GetSystemInfo',
  'GetWorkflowExecutionHistory',
  'ListWorkflowExecutions',
  'QueryWorkflow',
  'RequestCancelWorkflowExecution',
  'StartWorkflowExecution',
] as const;

type Method = (typeof methods)[number];
type Requests = {[M in Method]: (typeof messages)[`${M}Request`]['prototype']};

/** A response as a plain object, an error, or nothing for as long as the server lives. */
export type Answer = object | {code: status; details: string} | 'nothing';

/** A gRPC server that says what a test tells it: what no real server can be brought to say, or only after minutes. */
export interface ToldServer {
  readonly address: string;
  /** By method: what is answered to a request; an empty response where nothing is told. */
  readonly tell: {[M in Method]?: (request: Requests[M]) => Answer | Promise<Answer>};
  /** What was asked for, in order. */
  readonly requests: readonly {readonly method: Method; readonly request: object}[];
  /** The requests of one method. */
  requestsOf<M extends Method>(method: M): Requests[M][];
}

type Reply = (error: object | null, bytes?: Uint8Array) => void;

const definition: ServiceDefinition = Object.fromEntries(
  methods.map((name) => [
    name,
    {
      path: `/temporal.api.workflowservice.v1.WorkflowService/${name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: Buffer.from,
      requestDeserialize: (bytes: Buffer) => messages[`${name}Request`].decode(bytes),
      responseSerialize: (bytes: Uint8Array) => Buffer.from(bytes),
      responseDeserialize: (bytes: Buffer) => bytes,
    },
  ]),
);

/** Starts a server for one test. */
export async function startTold(): Promise<ToldServer> {
  const grpc = new Server();
  const tell: ToldServer['tell'] = {};
  const requests: {method: Method; request: object}[] = [];
  const answer = (method: Method) => async (call: unknown, reply: Reply) => {
    const {request} = call as {request: never};
    requests.push({method, request});
    const said = (await tell[method]?.(request)) ?? {};
    if (said === 'nothing') return;
    if ('code' in said) return reply({...said, metadata: new Metadata()});
    const type = messages[`${method}Response`];
    reply(null, type.encode(type.fromObject(said) as never).finish());
  };
  grpc.addService(definition, Object.fromEntries(methods.map((method) => [method, answer(method)])));
  const port = await new Promise<number>((resolve, reject) => {
    const credentials = ServerCredentials.createInsecure();
    grpc.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  onTestFinished(() => grpc.forceShutdown());
  return {
    address: `127.0.0.1:${port}`,
    tell,
    requests,
    requestsOf: (method) =>
      requests.filter((each) => each.method === method).map(({request}) => request as never),
  };
}
