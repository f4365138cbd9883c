import {type handleUnaryCall, Server, ServerCredentials, type ServiceDefinition, status} from '@grpc/grpc-js';
import type {Engine} from '../engine/engine.ts';
import {StoreError} from '../store/store-error.ts';
import {grpc, temporal} from '../wire/proto.ts';
import {ServiceError, unimplemented} from '../wire/service-error.ts';
import type {Call, Method} from './method.ts';

/** What the reflection types of `@temporalio/proto` are at run time. */
interface Codec {
  encode(message: object): {finish(): Uint8Array};
  decode(bytes: Uint8Array): object;
}
interface ReflectedService {
  readonly fullName: string;
  readonly methods: Record<
    string,
    {
      resolve(): {resolvedRequestType: Codec; resolvedResponseType: Codec};
      requestStream?: boolean;
      responseStream?: boolean;
    }
  >;
}

const services = [
  temporal.api.workflowservice.v1.WorkflowService,
  temporal.api.operatorservice.v1.OperatorService,
  grpc.health.v1.Health,
] as unknown as ReflectedService[];

// Callers without a deadline wait for at most this long, as on a real server.
const longestCall = 60_000;

/** @returns a gRPC server that knows every method of Temporal's services and answers those given */
export function createServer(engine: Engine, methods: readonly Method[]): Server {
  const server = new Server({'grpc.max_receive_message_length': 4 * 1024 * 1024});
  const byName = new Map<string, Method>(methods.map((method) => [method.name, method]));
  for (const service of services) {
    const names = Object.keys(service.methods).filter((name) => !service.methods[name]?.responseStream);
    const isHealth = service.fullName.endsWith('.Health');
    const handlers = names.map((name) => [name, isHealth ? serving : answer(engine, name, byName.get(name))]);
    server.addService(definition(service, names), Object.fromEntries(handlers));
  }
  return server;
}

/**
 * Binds to the loopback interface, and to nothing else.
 *
 * @param port 0 for any free one
 * @returns the port
 */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
}

function definition(service: ReflectedService, names: readonly string[]): ServiceDefinition {
  const entries = names.map((name) => {
    const reflected = service.methods[name];
    if (!reflected) throw new TypeError(`${service.fullName} has no ${name}`);
    const {resolvedRequestType, resolvedResponseType} = reflected.resolve();
    const methodDefinition = {
      path: `/${service.fullName.replace(/^\./, '')}/${name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: serializeWith(resolvedRequestType),
      requestDeserialize: (bytes: Buffer) => resolvedRequestType.decode(bytes),
      responseSerialize: serializeWith(resolvedResponseType),
      responseDeserialize: (bytes: Buffer) => resolvedResponseType.decode(bytes),
    };
    return [name, methodDefinition] as const;
  });
  return Object.fromEntries(entries);
}

function serializeWith(type: Codec): (message: object) => Buffer {
  return (message) => {
    const bytes = type.encode(message).finish();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

const serving: handleUnaryCall<object, object> = (_call, callback) => callback(null, {status: 1});

function answer(engine: Engine, name: string, method: Method | undefined): handleUnaryCall<never, object> {
  return async (call, callback) => {
    try {
      if (!method) throw unimplemented(name);
      callback(null, await method.handle(engine, call.request, callOf(engine, call)));
    } catch (error) {
      if (error instanceof ServiceError) {
        callback({code: error.code, details: error.message, metadata: error.metadata()});
      } else if (error instanceof StoreError) {
        callback({code: status.UNAVAILABLE, details: error.message});
      } else
        callback({code: status.INTERNAL, details: error instanceof Error ? error.message : String(error)});
    }
  };
}

function callOf(engine: Engine, call: Parameters<handleUnaryCall<never, object>>[0]): Call {
  const deadline = call.getDeadline();
  const latest = engine.clock.now() + longestCall;
  const at = deadline instanceof Date ? deadline.getTime() : deadline;
  return {
    deadline: Number.isFinite(at) ? at : latest,
    onDropped(callback) {
      if (call.cancelled) callback();
      else call.once('cancelled', callback);
    },
  };
}
