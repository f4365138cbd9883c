import type {HistoryEvent} from '../history/event.ts';
import {formatTree} from '../history/format-tree.ts';
import {usageByModel} from '../history/token-words.ts';
import type {RunResult} from '../session/session.ts';
import {jsonLine} from './json-line.ts';
import type {Outcome, Printer} from './printer.ts';

const lineVersion = 1;

/** Writes one JSON object a line and nothing else. */
export function jsonPrinter(write: (text: string) => void): Printer {
  const line = (object: object) => write(jsonLine(object));
  return {
    run({workflowId, runId}, {kind, address}) {
      line({type: 'run', version: lineVersion, workflowId, runId, server: kind, address});
    },
    event: (event) => line(eventLine(event)),
    result: (outcome) => line(resultLine(outcome)),
    // The answer is in the result; a program does not watch it grow.
    text() {},
    note: line,
    warning() {},
    error({code, message}) {
      line({type: 'error', code, message});
    },
  };
}

function eventLine({workflowId, eventId, eventType, time, attributes}: HistoryEvent): object {
  const activityType = (attributes.activityType as {name?: string} | undefined)?.name;
  return {
    type: 'event',
    workflowId,
    eventId,
    eventType,
    time: new Date(time).toISOString(),
    ...(activityType !== undefined && {activityType}),
    ...(attributes.activityId !== undefined && {activityId: attributes.activityId}),
  };
}

function resultLine({workflowId, result, forest, files, remarks, workers = false}: Outcome): object {
  const {status, value, error, explanation} = result;
  return {
    type: 'result',
    workflowId,
    status,
    ...answerOf(result),
    ...(value !== undefined && {value}),
    ...(error !== undefined && {error}),
    ...(explanation !== undefined && {explanation}),
    tree: formatTree(forest, workflowId, {workers, tokens: true}).join('\n'),
    usage: usageByModel(forest),
    files,
    ...(remarks.length > 0 && {remarks}),
  };
}

/** Empty where there is none; absent where there is one that cannot be read. */
function answerOf({status, answer, error}: RunResult): {answer?: string} {
  const isUnreadable = status === 'completed' && answer === undefined && error !== undefined;
  return isUnreadable ? {} : {answer: answer ?? ''};
}
