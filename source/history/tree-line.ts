import type {TokenUsage} from '../../workflows/protocol/model-step.ts';
import {type UnhandledFailure, unhandledIn} from '../../workflows/protocol/program-result.ts';
import {asNumber, asObject, asText} from './attributes.ts';
import {formatDuration} from './duration.ts';
import {describeFailure, rootCause} from './failure.ts';
import {clip, printable} from './printable.ts';
import type {CallNode, CallState, FailureChain, RunNode, RunStatus} from './run-tree.ts';
import {nameSegment, type Segment, segment} from './segment.ts';
import {quoted, shortInput, shortSpawn, shortValue} from './short-value.ts';
import {tokenWords} from './token-words.ts';
import type {TreeNode, TreeRow} from './tree-rows.ts';

/** How a line of the tree is written. */
export interface TreeLineOptions {
  /** Durations and retry times; without them equal runs give equal lines. Default true. */
  times?: boolean;
  /** The root by its workflow id; without, by its agent's name. Default true. */
  ids?: boolean;
  /** Milliseconds since the epoch: what is still running is measured up to it. */
  now?: number;
  /** The workers that did each agent's workflow tasks, and the worker of each activity. Default false. */
  workers?: boolean;
  /** Tokens of each run with its subagents', see `usageByRun`; model steps show theirs too. Without, none are shown. */
  usage?: ReadonlyMap<string, TokenUsage>;
  /** A failure's message that stands beside the tree: a run and a program that only pass it on do not repeat it. */
  told?: string;
  /** One of the frames of the glyph for what is running. Default 0. */
  frame?: number;
}

const spinner = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';

/** The glyph of each state and what it means: state never shows by colour alone. */
const callMarks: Record<Exclude<CallState, 'running'>, Segment> = {
  requested: segment('·', 'quiet'),
  scheduled: segment('○', 'busy'),
  completed: segment('✓', 'good'),
  failed: segment('✗', 'bad'),
  timedOut: segment('✗', 'bad'),
  cancelRequested: segment('⊘', 'busy'),
  canceled: segment('⊘', 'canceled'),
};

const runMarks: Record<RunStatus, Segment> = {
  running: segment('running', 'busy'),
  completed: segment('✓ completed', 'good'),
  failed: segment('✗ failed', 'bad'),
  canceled: segment('⊘ canceled', 'canceled'),
  terminated: segment('✗ terminated', 'bad'),
  timedOut: segment('✗ timed out', 'bad'),
};

/** A row of the tree in words, without its guides. */
export function treeLine({node, folded}: TreeRow, options: TreeLineOptions = {}): Segment[] {
  const segments = [...describeNode(node, options), ...(folded ? [segment('…', 'quiet')] : [])];
  return segments.filter(({text}) => text !== '');
}

function describeNode(node: TreeNode, options: TreeLineOptions): Segment[] {
  if (node.type === 'run') return describeRoot(node.run, options);
  if (node.type === 'turn') return describeTurn(node.turn, options);
  const {call, child} = node;
  if (call.kind === 'subagent') return describeSpawn(call, child, options);
  if (call.kind === 'program') return describeProgram(call, options);
  if (call.kind === 'sleep') return describeSleep(call, options);
  return describeCall(call, options);
}

function describeRoot(run: RunNode, options: TreeLineOptions): Segment[] {
  const title = options.ids === false ? run.agent : run.workflowId;
  return [segment('◆'), nameSegment(title), ...runState(run, options, options.told)];
}

function describeTurn(
  {number, model}: {number: number; model?: CallNode},
  options: TreeLineOptions,
): Segment[] {
  if (!model) return [segment(`turn ${number}`, 'quiet')];
  const message = asObject(asObject(model.result).message);
  const isAnswer = Array.isArray(message.toolCalls) && message.toolCalls.length === 0;
  return [
    segment(`turn ${number} `, 'quiet'),
    nameSegment(model.name),
    callMark(model, options),
    ...progress(model, options),
    segment(isAnswer ? quoted(asText(message.content), 60) : ''),
    segment(streamed(model)),
    segment(options.usage ? tokenWords(model.usage) : '', 'quiet'),
  ];
}

function streamed({pending}: CallNode): string {
  return pending?.streamedText ? quoted(pending.streamedText.tail.slice(-60), 60) : '';
}

function describeCall(call: CallNode, options: TreeLineOptions): Segment[] {
  return [
    callMark(call, options),
    place(call),
    nameSegment(call.name),
    segment(shortInput(call.input)),
    ...progress(call, options),
  ];
}

function describeSleep(call: CallNode, options: TreeLineOptions): Segment[] {
  const {milliseconds} = asObject(call.input);
  return [
    callMark(call, options),
    nameSegment(call.name),
    segment(formatDuration(asNumber(milliseconds)), 'quiet'),
  ];
}

function describeProgram(call: CallNode, options: TreeLineOptions): Segment[] {
  const {length} = call.calls.filter(({kind}) => kind !== 'sleep');
  const count = `${length} ${length === 1 ? 'call' : 'calls'}`;
  const unhandled = unhandledIn(call.result);
  return [
    segment('ƒ'),
    nameSegment(call.name),
    unhandled.length > 0 ? segment('⚠', 'bad') : callMark(call, options),
    segment(count),
    ...progress(call, options, options.told),
    unhandledSegment(unhandled),
  ];
}

function unhandledSegment([first, ...others]: UnhandledFailure[]): Segment {
  if (!first) return segment('');
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  const words = `nobody awaited ${describeFailure({type: first.name, message: first.message})}${more}`;
  return segment(clip(printable(words), 200), 'bad');
}

function describeSpawn(call: CallNode, child: RunNode | undefined, options: TreeLineOptions): Segment[] {
  const start = [segment('◆'), place(call), nameSegment(call.name), segment(shortSpawn(call.input))];
  // A subagent that has ended is over only once its parent has heard of it, but the child knows best how.
  if (child) return [...start, ...runState(child, options)];
  return [...start, callMark(call, options), ...progress(call, options)];
}

function runState(run: RunNode, options: TreeLineOptions, told?: string): Segment[] {
  const canceling = run.cancelRequested && run.status === 'running';
  const failure = run.status === 'canceled' ? undefined : (run.failure ?? run.taskFailure);
  return [
    canceling ? {text: '⊘ canceling', tone: 'busy'} : runMarks[run.status],
    elapsed(run.startTime, run.endTime, options),
    segment(tokenWords(options.usage?.get(run.workflowId)), 'quiet'),
    ...(options.workers ? run.workers : []).map((worker) => segment(`@${printable(worker)}`, 'quiet')),
    ...(run.turns.every(({model}) => !model) ? [segment(shortValue(run.value))] : []),
    failureSegment(failure, told),
  ];
}

/** The glyph of a call's state; a spinner while it runs. */
export function callMark(call: CallNode, {frame = 0}: TreeLineOptions = {}): Segment {
  if (call.pending?.nextAttemptTime !== undefined) return segment('↻', 'busy');
  if (call.state === 'running') return segment([...spinner][frame % spinner.length] ?? '', 'busy');
  return callMarks[call.state];
}

function place({line}: CallNode): Segment {
  return segment(line === undefined ? '' : `L${line}`, 'quiet');
}

/** What comes after a call's name: attempts, time, worker, and what went wrong. */
function progress(call: CallNode, options: TreeLineOptions, told?: string): Segment[] {
  const failure = call.state === 'canceled' ? undefined : (call.failure ?? feedbackFailure(call));
  return [
    segment(call.attempt > 1 ? `attempt ${call.attempt}` : '', 'busy'),
    call.scheduledTime === undefined
      ? segment('', 'quiet')
      : elapsed(call.scheduledTime, call.endTime, options),
    ...retry(call, options),
    failureSegment(failure, told),
    segment(options.workers && call.worker ? `@${printable(call.worker)}` : '', 'quiet'),
  ];
}

function feedbackFailure({feedback}: CallNode): FailureChain | undefined {
  return feedback && {type: feedback.name, message: feedback.message};
}

function retry({pending}: CallNode, {times = true, now}: TreeLineOptions): Segment[] {
  if (!pending?.lastFailure) return [];
  const wait = pending.nextAttemptTime !== undefined && now !== undefined && pending.nextAttemptTime - now;
  const soon = times && wait ? `next in ${formatDuration(wait)}` : '';
  return [segment(soon, 'busy'), segment(clip(printable(pending.lastFailure), 120), 'bad')];
}

function elapsed(from: number, to: number | undefined, {times = true, now}: TreeLineOptions): Segment {
  const end = to ?? now;
  return segment(times && end !== undefined ? formatDuration(end - from) : '', 'quiet');
}

function failureSegment(failure: FailureChain | undefined, told?: string): Segment {
  const isNew = failure && rootCause(failure).message !== told;
  return segment(isNew ? clip(printable(describeFailure(failure)), 200) : '', 'bad');
}
