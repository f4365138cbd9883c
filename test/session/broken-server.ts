import {Metadata, Server, ServerCredentials, type ServiceDefinition, type status} from '@grpc/grpc-js';
import proto from '@temporalio/proto';

const {DescribeWorkflowExecutionResponse, GetSystemInfoResponse} = proto.temporal.api.workflowservice.v1;

/** What the server says when it is asked for a history: bytes, an error, or nothing for as long as it lives. */
type HistoryAnswer = Uint8Array | {code: status; details: string} | 'nothing';

/** A gRPC server that knows one workflow and is no good at telling its history. */
export interface BrokenServer {
  readonly address: string;
  /** What the next calls for a history get; the last one again and again. */
  answers: HistoryAnswer[];
  /** Ends it at once; it can be started again on its port. */
  stop(): void;
  start(): Promise<void>;
}

export async function startBroken(): Promise<BrokenServer> {
  let grpc: Server | undefined;
  let port = 0;
  const broken: BrokenServer = {
    answers: [],
    get address() {
      return `127.0.0.1:${port}`;
    },
    stop: () => grpc?.forceShutdown(),
    async start() {
      grpc = serverOf(() => (broken.answers.length > 1 ? broken.answers.shift() : broken.answers[0]));
      port = await bind(grpc, port);
    },
  };
  await broken.start();
  return broken;
}

function serverOf(nextAnswer: () => HistoryAnswer | undefined): Server {
  const server = new Server();
  const info = GetSystemInfoResponse.encode({}).finish();
  const description = DescribeWorkflowExecutionResponse.encode({
    executionConfig: {taskQueue: {name: 'q'}},
    workflowExecutionInfo: {
      execution: {workflowId: 'w', runId: 'r'},
      type: {name: 'durableAgent'},
      startTime: {},
      status: 1,
      taskQueue: 'q',
    },
  }).finish();
  server.addService(definition, {
    GetSystemInfo: (_call: unknown, reply: Reply) => reply(null, info),
    DescribeWorkflowExecution: (_call: unknown, reply: Reply) => reply(null, description),
    GetWorkflowExecutionHistory(_call: unknown, reply: Reply) {
      const answer = nextAnswer();
      if (answer instanceof Uint8Array) reply(null, answer);
      else if (answer && answer !== 'nothing') reply({...answer, metadata: new Metadata()});
    },
  });
  return server;
}

type Reply = (error: object | null, bytes?: Uint8Array) => void;

const definition: ServiceDefinition = Object.fromEntries(
  ['GetSystemInfo', 'DescribeWorkflowExecution', 'GetWorkflowExecutionHistory'].map((name) => [
    name,
    {
      path: `/temporal.api.workflowservice.v1.WorkflowService/${name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: Buffer.from,
      requestDeserialize: (bytes: Buffer) => bytes,
      responseSerialize: (bytes: Uint8Array) => Buffer.from(bytes),
      responseDeserialize: (bytes: Buffer) => bytes,
    },
  ]),
);

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
}
