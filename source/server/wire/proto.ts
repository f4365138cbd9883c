import type {temporal as Temporal} from '@temporalio/proto';
// The package is CommonJS that builds its exports at run time, so names can only be taken from the default.
import proto from '@temporalio/proto';

/** The message types by package. */
export const {temporal, google, grpc} = proto;

type Api = typeof Temporal.api;
type Service = Api['workflowservice']['v1'];

/** The name of a method of `WorkflowService`. */
export type MethodName = keyof Service extends infer K
  ? K extends `${infer Name}Request`
    ? Name
    : never
  : never;

/** A method's decoded request: strings and numbers have their defaults, absent messages are null. */
export type Request<Name extends MethodName> = ReturnType<Service[`${Name}Request`]['decode']>;

/** What a method may answer: every field may be left out. */
export type Response<Name extends MethodName> = `${Name}Response` extends keyof Service
  ? Service[`${Name}Response`] extends {encode(message: infer Message, ...rest: never[]): unknown}
    ? Message
    : never
  : never;

// Messages by the names that the API gives them.
export type Command = Temporal.api.command.v1.ICommand;
export type Duration = import('@temporalio/proto').google.protobuf.IDuration;
export type Failure = Temporal.api.failure.v1.IFailure;
export type HistoryEvent = Temporal.api.history.v1.IHistoryEvent;
export type Message = Temporal.api.protocol.v1.IMessage;
export type Payload = Temporal.api.common.v1.IPayload;
export type Payloads = Temporal.api.common.v1.IPayloads;
export type RetryPolicy = Temporal.api.common.v1.IRetryPolicy;
export type TaskQueueInfo = Temporal.api.taskqueue.v1.ITaskQueue;
export type Timestamp = import('@temporalio/proto').google.protobuf.ITimestamp;
export type UserMetadata = Temporal.api.sdk.v1.IUserMetadata;
export type WorkflowExecution = Temporal.api.common.v1.IWorkflowExecution;

type NameBefore<Suffix extends string, Field> = Field extends `${infer Name}${Suffix}` ? Name : never;

/** An event's name as its attributes' field spells it, e.g. `activityTaskScheduled`. */
export type EventName = NameBefore<'EventAttributes', keyof HistoryEvent>;

/** The attributes of one kind of event. */
export type EventAttributes<Name extends EventName> = NonNullable<HistoryEvent[`${Name}EventAttributes`]>;

/** A command's name as its attributes' field spells it, e.g. `scheduleActivityTask`. */
export type CommandName = NameBefore<'CommandAttributes', keyof Command>;

/** The attributes of one kind of command. */
export type CommandAttributes<Name extends CommandName> = NonNullable<Command[`${Name}CommandAttributes`]>;
