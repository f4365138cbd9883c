import type {JsonValue} from '../../../workflows/protocol/json.ts';
import type {TokenUsage} from '../../../workflows/protocol/model-step.ts';
import {formatClock, formatDuration} from '../../history/duration.ts';
import type {HistoryEvent} from '../../history/event.ts';
import {clip, displayWidth, printable, printableLines} from '../../history/printable.ts';
import type {CallNode, FailureChain, RunNode} from '../../history/run-tree.ts';
import type {Segment, Tone} from '../../history/segment.ts';
import type {TreeNode} from '../../history/tree-rows.ts';
import type {EventEntry} from '../state/state.ts';
import {programRows} from './program-gutter.ts';

/** One row of a text that fills the body. */
export type DetailRow = readonly Segment[];

/** Characters of one value that are laid out; a payload may have two million. */
const longestValue = 100_000;

/** Plain lines, wrapped. */
export function textDetail(lines: readonly string[], width: number): readonly DetailRow[] {
  return lines.flatMap((line) => wrapped(line, width, 'plain'));
}

/** Everything that an event says. */
export function eventDetail(event: HistoryEvent, width: number): readonly DetailRow[] {
  return [
    ...facts(
      [
        ['event', `${event.eventId} ${event.eventType}`],
        ['time', formatClock(event.time)],
        ['workflow', event.workflowId],
        ['run', event.runId],
      ],
      width,
    ),
    ...section('attributes', event.attributes, width),
  ];
}

/** What a detail needs beside its node. */
export interface Surroundings {
  readonly entries: readonly EventEntry[];
  /** Tokens of each run with its subagents', by workflow id. */
  readonly usage: ReadonlyMap<string, TokenUsage>;
}

/** Everything that is known of a node of the tree. */
export function nodeDetail(node: TreeNode, around: Surroundings, width: number): readonly DetailRow[] {
  if (node.type === 'run') return runDetail(node.run, around, width);
  if (node.type === 'call') return callDetail(node.run, node.call, node.child, around, width);
  return node.turn.model ? callDetail(node.run, node.turn.model, undefined, around, width) : [];
}

function runDetail(run: RunNode, around: Surroundings, width: number): readonly DetailRow[] {
  const total = around.usage.get(run.workflowId);
  const hasSubagents = total?.input !== run.usage?.input || total?.output !== run.usage?.output;
  return [
    ...section('prompt', run.prompt || undefined, width),
    ...section('answer', run.answer || undefined, width),
    ...section('value', run.value, width),
    ...failureSection(run.failure ?? run.taskFailure, width),
    [],
    ...facts(
      [
        ['workflow', run.workflowId],
        ['run', run.runIds.join(', ')],
        ['agent', `${run.agent} · ${run.model}`],
        ['state', run.status],
        ['started', formatClock(run.startTime)],
        ['took', run.endTime === undefined ? '' : formatDuration(run.endTime - run.startTime)],
        ['tokens', exactTokens(run.usage)],
        ['all tokens', hasSubagents ? `${exactTokens(total)}, with its subagents` : ''],
        ['workers', run.workers.join(', ')],
        ['history', `${run.eventCount} events`],
      ],
      width,
    ),
  ];
}

function exactTokens(usage: TokenUsage | undefined): string {
  return usage ? `${usage.input} in (${usage.cached} cached), ${usage.output} out` : '';
}

function callDetail(
  run: RunNode,
  call: CallNode,
  child: RunNode | undefined,
  around: Surroundings,
  width: number,
): readonly DetailRow[] {
  return [
    ...facts(callFacts(run, call), width),
    ...(call.kind === 'program' ? programRows(run, call, width) : section('arguments', call.input, width)),
    ...section('so far', call.pending?.streamedText?.tail, width),
    ...section('result', call.result, width),
    ...failureSection(call.failure, width),
    ...section(
      'the model was told',
      call.feedback && `${call.feedback.name}: ${call.feedback.message}`,
      width,
    ),
    ...section('details', call.feedback?.details, width),
    ...(child ? [heading('subagent'), ...runDetail(child, around, width)] : []),
    ...eventsSection(run, call, around.entries, width),
  ];
}

function callFacts(run: RunNode, call: CallNode): [string, string][] {
  const took =
    call.scheduledTime !== undefined && call.endTime !== undefined && call.endTime - call.scheduledTime;
  return [
    ['call', `${call.id} ${call.name}`],
    ['state', call.state],
    ['attempt', String(call.attempt)],
    ['line', call.line === undefined ? '' : String(call.line)],
    ['scheduled', call.scheduledTime === undefined ? '' : formatClock(call.scheduledTime)],
    ['took', took === false ? '' : formatDuration(took)],
    ['worker', call.worker ?? ''],
    ['workflow', call.childWorkflowId ?? run.workflowId],
    ['last failure', call.pending?.lastFailure ?? ''],
    [
      'next attempt',
      call.pending?.nextAttemptTime === undefined ? '' : formatClock(call.pending.nextAttemptTime),
    ],
  ];
}

function eventsSection(
  run: RunNode,
  call: CallNode,
  entries: readonly EventEntry[],
  width: number,
): readonly DetailRow[] {
  const ids = new Set(call.eventIds);
  const own = entries.filter(
    ({event}) => event.workflowId === run.workflowId && event.runId === call.runId && ids.has(event.eventId),
  );
  if (own.length === 0) return [];
  const rows = own.map(({event}) => `${formatClock(event.time)} ${event.eventId} ${event.eventType}`);
  return [heading('events'), ...rows.flatMap((line) => wrapped(line, width, 'plain'))];
}

function failureSection(failure: FailureChain | undefined, width: number): readonly DetailRow[] {
  if (!failure) return [];
  const rows: DetailRow[] = [heading('failure')];
  for (let link: FailureChain | undefined = failure, depth = 0; link; link = link.cause, depth++) {
    const start = depth === 0 ? '' : `${'  '.repeat(depth - 1)}└─ `;
    const text = `${link.type}: ${link.message}`;
    rows.push(...printableLines(text).flatMap((line) => wrapped(start + line, width, 'bad')));
  }
  return rows;
}

function facts(entries: readonly (readonly [name: string, value: string])[], width: number): DetailRow[] {
  return entries
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [
      {text: name.padEnd(12), tone: 'quiet'},
      {text: clip(printable(value), Math.max(1, width - 13)), tone: 'plain'},
    ]);
}

function section(title: string, value: JsonValue | undefined, width: number): DetailRow[] {
  if (value === undefined) return [];
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  const shown = printableLines(text.slice(0, longestValue)).flatMap((line) => wrapped(line, width, 'plain'));
  const rest = text.length - longestValue;
  return [
    heading(title),
    ...shown,
    ...(rest > 0 ? [[{text: `… ${rest} more characters`, tone: 'quiet' as const}]] : []),
  ];
}

function heading(text: string): DetailRow {
  return [{text: `── ${text}`, tone: 'name'}];
}

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** A line in rows of at most `width` columns. */
function wrapped(line: string, width: number, tone: Tone): DetailRow[] {
  if (displayWidth(line) <= width) return [[{text: line, tone}]];
  const rows: DetailRow[] = [];
  let row = '';
  let columns = 0;
  for (const {segment} of segmenter.segment(line)) {
    const next = columns + displayWidth(segment);
    if (next > width && row !== '') {
      rows.push([{text: row, tone}]);
      row = '';
      columns = 0;
    }
    row += segment;
    columns += displayWidth(segment);
  }
  return [...rows, [{text: row, tone}]];
}
