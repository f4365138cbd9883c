import {Metadata, Server, ServerCredentials, type ServiceDefinition, type status} from '@grpc/grpc-js';
import proto from '@temporalio/proto';

const {GetSystemInfoResponse} = proto.temporal.api.workflowservice.v1;

/** A gRPC server that refuses every call of Temporal's. */
export interface RefusingServer {
  readonly address: string;
  stop(): void;
}

/**
 * Starts one.
 *
 * @param refusal what it says
 * @param welcomes whether it answers the first call of every connection, as a server that knows the credentials but not
 * what they allow
 */
export async function startRefusing(
  refusal: {code: status; details: string},
  welcomes: boolean,
): Promise<RefusingServer> {
  const server = new Server();
  const info = Buffer.from(GetSystemInfoResponse.encode({capabilities: {}}).finish());
  const refuse = (_call: unknown, reply: Reply) => reply({...refusal, metadata: new Metadata()});
  const welcome = (_call: unknown, reply: Reply) => reply(null, info);
  server.addService(
    definition,
    Object.fromEntries(
      methods.map((name) => [name, welcomes && name === 'GetSystemInfo' ? welcome : refuse]),
    ),
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {address: `127.0.0.1:${port}`, stop: () => server.forceShutdown()};
}

type Reply = (error: object | null, bytes?: Buffer) => void;

const methods = [
  'GetSystemInfo',
  'DescribeNamespace',
  'StartWorkflowExecution',
  'DescribeWorkflowExecution',
  'GetWorkflowExecutionHistory',
  'ListWorkflowExecutions',
  'PollWorkflowTaskQueue',
  'PollActivityTaskQueue',
];

const definition: ServiceDefinition = Object.fromEntries(
  methods.map((name) => {
    const path = `/temporal.api.workflowservice.v1.WorkflowService/${name}`;
    const bytes = {
      requestSerialize: Buffer.from,
      requestDeserialize: (buffer: Buffer) => buffer,
      responseSerialize: (buffer: Buffer) => buffer,
      responseDeserialize: (buffer: Buffer) => buffer,
    };
    return [name, {path, requestStream: false, responseStream: false, ...bytes}];
  }),
);
