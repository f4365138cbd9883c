import type {HistoryEvent} from '../../source/history/event.ts';
import type {AgentInput} from '../../workflows/protocol/agent.ts';
import {
  agentWorkflowType,
  modelCallId,
  parseSubagentWorkflowId,
  subagentWorkflowId,
} from '../../workflows/protocol/identity.ts';
import type {JsonObject, JsonValue} from '../../workflows/protocol/json.ts';
import type {AgentManifest, ToolEntry} from '../../workflows/protocol/manifest.ts';
import type {TranscriptMessage} from '../../workflows/protocol/transcript.ts';

const activityTools = ['sandbox.write_file', 'sandbox.read_file', 'faults.flaky', 'faults.slow'];

const tools: ToolEntry[] = [
  ...activityTools.map((type) => tool(type, 'activity')),
  tool('subagents.spawn', 'workflow'),
  tool('ptc.run_ptc', 'workflow'),
];

function tool(type: string, transport: ToolEntry['transport']): ToolEntry {
  const [capability = '', name = ''] = type.split('.');
  return {name, capability, description: name, input: {type: 'object'}, transport};
}

const manifest: AgentManifest = {
  version: 1,
  name: 'assistant',
  instructions: 'Do it.',
  model: 'scripted',
  tools,
  agents: {generic: {instructions: 'Do the task.'}},
  limits: {turns: 20, depth: 8, calls: 1000},
  modelActivity: {},
};

/** A clock that the recorders of one family share, so that their events have one order in time. */
export interface Clock {
  now: number;
}

/** Writes down events of one workflow as a server would, for tests that need no server. */
export class Recorder {
  readonly events: HistoryEvent[] = [];
  readonly workflowId: string;
  readonly clock: Clock;
  runId: string;
  #eventId = 0;

  constructor(workflowId: string, clock: Clock = {now: Date.UTC(2026, 0, 2, 12, 4, 1, 200)}) {
    this.workflowId = workflowId;
    this.clock = clock;
    this.runId = `run-of-${workflowId}`;
  }

  /** Appends an event a millisecond after the one before, and returns its id. */
  add(eventType: string, attributes: JsonObject = {}, after = 1): number {
    this.clock.now += after;
    this.#eventId += 1;
    const {workflowId, runId, clock} = this;
    this.events.push({workflowId, runId, eventId: this.#eventId, eventType, time: clock.now, attributes});
    return this.#eventId;
  }

  start(input: Partial<AgentInput> = {}): void {
    const agentInput = {manifest, agent: 'assistant', prompt: 'write a note', depth: 0, ...input};
    const parent = parseSubagentWorkflowId(this.workflowId)?.parentWorkflowId;
    this.add('WorkflowExecutionStarted', {
      workflowType: {name: agentWorkflowType},
      ...(parent !== undefined && {parentWorkflowExecution: {workflowId: parent}}),
      input: [agentInput as unknown as JsonValue],
    });
    this.workflowTask();
  }

  workflowTask(): void {
    const scheduledEventId = this.add('WorkflowTaskScheduled');
    this.add('WorkflowTaskStarted', {scheduledEventId});
    this.add('WorkflowTaskCompleted', {scheduledEventId, identity: 'worker-1'});
  }

  /** Continues as new: the same workflow id, another run id, event ids from 1. */
  continueAsNew(): void {
    this.add('WorkflowExecutionContinuedAsNew');
    this.runId += '+';
    this.#eventId = 0;
  }

  schedule(activityId: string, type: string, input: JsonValue[]): number {
    return this.add('ActivityTaskScheduled', {activityId, activityType: {name: type}, input});
  }

  /** Closes an activity as the server does: its start is written together with its end. */
  finish(
    scheduledEventId: number,
    closing: string,
    attributes: JsonObject = {},
    {attempt = 1, after = 7} = {},
  ): void {
    this.add(
      'ActivityTaskStarted',
      {scheduledEventId: String(scheduledEventId), attempt, identity: 'worker-1'},
      after,
    );
    this.add(closing, {scheduledEventId: String(scheduledEventId), ...attributes});
  }

  /** A finished model step that asks for these calls, or answers with this text. */
  model(
    turn: number,
    outcome: string | {name: string; input: JsonObject}[],
    told: TranscriptMessage[] = [],
  ): void {
    const scheduled = this.scheduleModel(turn, told);
    const requests = typeof outcome === 'string' ? [] : outcome;
    const toolCalls = requests.map((request, index) => ({id: `t${turn}.c${index + 1}`, ...request}));
    const message = {role: 'assistant', content: typeof outcome === 'string' ? outcome : '', toolCalls};
    const usage = {input: 100, cached: 50, output: 10};
    this.finish(scheduled, 'ActivityTaskCompleted', {result: [{message, usage}]});
    this.workflowTask();
  }

  scheduleModel(turn: number, told: TranscriptMessage[] = []): number {
    const step = {
      model: 'scripted',
      turn,
      agent: 'assistant',
      prefix: {digest: '', count: 0},
      messages: told,
    };
    return this.schedule(modelCallId(turn), 'model.request', [step as unknown as JsonValue]);
  }

  /** A tool call that returned. */
  tool(callId: string, type: string, input: JsonObject, result: JsonValue, line?: number): void {
    const scheduled = this.schedule(callId, type, line === undefined ? [input] : [input, {line}]);
    this.finish(scheduled, 'ActivityTaskCompleted', {result: [result]});
  }

  /** Starts a subagent and returns the event's id and a recorder for the child. */
  spawn(callId: string, task: string, line?: number): {initiatedEventId: number; child: Recorder} {
    const workflowId = subagentWorkflowId(this.workflowId, callId);
    const origin = line === undefined ? {} : {origin: {line}};
    const input = {manifest, agent: 'generic', prompt: task, depth: 1, ...origin};
    const initiatedEventId = this.add('StartChildWorkflowExecutionInitiated', {
      workflowId,
      workflowType: {name: agentWorkflowType},
      input: [input as unknown as JsonValue],
    });
    const child = new Recorder(workflowId, this.clock);
    child.start(input);
    this.add('ChildWorkflowExecutionStarted', {initiatedEventId, workflowExecution: {workflowId}});
    return {initiatedEventId, child};
  }

  complete(answer: string, value?: JsonValue): void {
    this.add('WorkflowExecutionCompleted', {result: [{answer, ...(value !== undefined && {value})}]});
  }
}

/** A failure as Temporal's JSON has it. */
export function applicationFailure(type: string, message: string): JsonObject {
  return {message, applicationFailureInfo: {type, nonRetryable: true}};
}

/** What the server wraps a tool's failure in when it ends the run. */
export function activityFailure(cause: JsonObject): JsonObject {
  return {message: 'Activity task failed', activityFailureInfo: {activityId: 'x'}, cause};
}

/** Events of several recorders in the order in which they happened. */
export function merged(...recorders: Recorder[]): HistoryEvent[] {
  return recorders.flatMap(({events}) => events).sort((a, b) => a.time - b.time);
}
