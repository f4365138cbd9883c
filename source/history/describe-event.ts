import {parseSubagentWorkflowId, rootWorkflowId} from '../../workflows/protocol/identity.ts';
import type {JsonObject} from '../../workflows/protocol/json.ts';
import {asArray, asNumber, asObject, asText, eventReference, payload} from './attributes.ts';
import {callOfEvent} from './calls.ts';
import {formatDuration} from './duration.ts';
import type {HistoryEvent} from './event.ts';
import {describeFailure, failureChain} from './failure.ts';
import {clip, printable} from './printable.ts';
import type {CallNode, RunForest} from './run-tree.ts';
import {nameSegment, type Segment, segment, type Tone} from './segment.ts';
import {quoted, shortInput, shortSpawn, shortValue} from './short-value.ts';

/** One event of the stream in words. */
export interface EventWords {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** The workflow's short id, see `shortWorkflowId`. */
  readonly workflow: string;
  /** What happened; printable. */
  readonly segments: readonly Segment[];
  /** True for what only a student of Temporal wants to see: workflow tasks, and starts written with the end. */
  readonly detail: boolean;
}

type Describe = (event: HistoryEvent, call: CallNode | undefined) => Segment[];

/** Events with something to say of their own. */
const descriptions: Readonly<Record<string, Describe>> = {
  WorkflowExecutionStarted: started,
  WorkflowExecutionCompleted: (event) => [segment('✓', 'good'), segment('completed'), segment(answer(event))],
  ActivityTaskScheduled: (event, call) => (call ? subject(call) : [nameSegment(activityType(event))]),
  ActivityTaskCompleted: (event, call) => completed(event, call, callResult(event, call)),
  StartChildWorkflowExecutionInitiated: (_event, call) => subject(call),
  ChildWorkflowExecutionStarted: (_event, call) => [...subject(call), segment('started')],
  ChildWorkflowExecutionCompleted: (event, call) => completed(event, call, shortValue(call?.result)),
};

/** Events that end something otherwise than well, or are about to: glyph, tone and words. */
const outcomes: Readonly<Record<string, readonly [glyph: string, tone: Tone, words: string]>> = {
  WorkflowExecutionFailed: ['✗', 'bad', 'failed'],
  WorkflowExecutionCanceled: ['⊘', 'canceled', 'canceled'],
  WorkflowExecutionTerminated: ['✗', 'bad', 'terminated'],
  WorkflowExecutionTimedOut: ['✗', 'bad', 'timed out'],
  WorkflowExecutionCancelRequested: ['⊘', 'busy', 'cancel requested'],
  WorkflowTaskFailed: ['✗', 'bad', 'workflow task failed'],
  ActivityTaskFailed: ['✗', 'bad', ''],
  ActivityTaskTimedOut: ['✗', 'bad', 'timed out'],
  ActivityTaskCancelRequested: ['⊘', 'busy', 'cancel requested'],
  ActivityTaskCanceled: ['⊘', 'canceled', 'canceled'],
  StartChildWorkflowExecutionFailed: ['✗', 'bad', 'did not start'],
  ChildWorkflowExecutionFailed: ['✗', 'bad', ''],
  ChildWorkflowExecutionCanceled: ['⊘', 'canceled', 'canceled'],
  ChildWorkflowExecutionTimedOut: ['✗', 'bad', 'timed out'],
  ChildWorkflowExecutionTerminated: ['✗', 'bad', 'terminated'],
};

const details = new Set([
  'WorkflowTaskScheduled',
  'WorkflowTaskStarted',
  'WorkflowTaskCompleted',
  'WorkflowTaskTimedOut',
  'ActivityTaskStarted',
  'ChildWorkflowExecutionStarted',
]);

/**
 * An event as a line for people.
 *
 * @param forest the forest with the event folded in
 */
export function describeEvent(event: HistoryEvent, forest: RunForest): EventWords {
  const call = callOf(event, forest);
  return {
    time: event.time,
    workflow: shortWorkflowId(event.workflowId),
    segments: describe(event, call).filter(({text}) => text !== ''),
    detail: details.has(event.eventType),
  };
}

// A foreign history may hold any event type, so look-ups must not reach what objects inherit.
function describe(event: HistoryEvent, call: CallNode | undefined): Segment[] {
  const {eventType} = event;
  if (Object.hasOwn(descriptions, eventType)) return descriptions[eventType]?.(event, call) ?? [];
  const outcome = Object.hasOwn(outcomes, eventType) ? outcomes[eventType] : undefined;
  if (!outcome) return [segment(inWords(eventType), 'quiet'), ...subject(call)];
  const [glyph, tone, words] = outcome;
  return [segment(glyph, tone), ...subject(call), ...effort(event, call), segment(words), failure(event)];
}

/** `agent-7f3a91c0` as `7f3a`; a subagent as its root and its own call, `7f3a/t1.c2`. */
export function shortWorkflowId(workflowId: string): string {
  const root = rootWorkflowId(workflowId);
  const short = root.startsWith('agent-') ? root.slice(6, 10) : root.slice(0, 12);
  const call = parseSubagentWorkflowId(workflowId)?.callId;
  return printable(call === undefined ? short : `${short}/${call}`);
}

/** The call that an event is about. */
export function callOf(event: HistoryEvent, forest: RunForest): CallNode | undefined {
  const run = forest.runs.get(event.workflowId);
  const reference =
    eventReference(event, 'scheduledEventId') || eventReference(event, 'initiatedEventId') || event.eventId;
  return run && callOfEvent(run, reference);
}

function started(event: HistoryEvent): Segment[] {
  const input = asObject(payload(event, 'input'));
  const type = asText(asObject(event.attributes.workflowType).name);
  return [segment('started'), nameSegment(asText(input.agent) || type), segment(task(input))];
}

function task(input: JsonObject): string {
  if (typeof input.undecodable === 'string') return `with ${undecodable(input)}`;
  return typeof input.program === 'string' ? 'a program' : quoted(asText(input.prompt), 60);
}

/** A payload that was not in Temporal's JSON encoding, see `HistoryEvent`. */
function undecodable({undecodable: encoding, bytes}: JsonObject): string {
  return `${asNumber(bytes)} bytes that cannot be decoded (${printable(asText(encoding))})`;
}

function answer(event: HistoryEvent): string {
  const result = asObject(payload(event, 'result'));
  return result.value === undefined ? quoted(asText(result.answer), 200) : arrow(shortValue(result.value));
}

function completed(event: HistoryEvent, call: CallNode | undefined, result: string): Segment[] {
  return [segment('✓', 'good'), ...subject(call), ...effort(event, call), segment(arrow(result))];
}

function callResult(event: HistoryEvent, call: CallNode | undefined): string {
  const result = payload(event, 'result');
  if (call?.kind !== 'model') return shortValue(result);
  const message = asObject(asObject(result).message);
  const tools = asArray(message.toolCalls).map((request) => printable(asText(asObject(request).name)));
  return tools.length > 0 ? tools.join(', ') : quoted(asText(message.content), 200);
}

/** The attempt that ended, where it was not the first, and the time since the call was scheduled. */
function effort(event: HistoryEvent, call: CallNode | undefined): Segment[] {
  if (call?.scheduledTime === undefined) return [];
  return [
    segment(call.attempt > 1 ? `attempt ${call.attempt}` : '', 'busy'),
    segment(formatDuration(event.time - call.scheduledTime), 'quiet'),
  ];
}

/** The call that an event is about; a model step without its input, which is its transcript. */
function subject(call: CallNode | undefined): Segment[] {
  if (!call) return [];
  const input = call.kind === 'subagent' ? shortSpawn(call.input) : shortInput(call.input);
  return [nameSegment(call.name), segment(call.kind === 'model' ? '' : input)];
}

function activityType(event: HistoryEvent): string {
  return asText(asObject(event.attributes.activityType).name);
}

function failure(event: HistoryEvent): Segment {
  const chain = failureChain(event.attributes.failure);
  return segment(chain ? clip(printable(describeFailure(chain)), 200) : '', 'bad');
}

/** `TimerStarted` as `timer started`. */
function inWords(eventType: string): string {
  return printable(eventType.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase());
}

function arrow(text: string): string {
  return text && `→ ${text}`;
}
