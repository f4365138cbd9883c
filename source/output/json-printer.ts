import {formatTree} from '../history/format-tree.ts';
import {jsonLine} from './json-line.ts';
import type {Printer} from './printer.ts';

const lineVersion = 1;

/** Writes one JSON object a line and nothing else. */
export function jsonPrinter(write: (text: string) => void): Printer {
  const line = (object: object) => write(jsonLine(object));
  return {
    run({workflowId, runId}, {kind, address}) {
      line({type: 'run', version: lineVersion, workflowId, runId, server: kind, address});
    },
    event({workflowId, eventId, eventType, time, attributes}) {
      const type = (attributes.activityType as {name?: string} | undefined)?.name;
      line({
        type: 'event',
        workflowId,
        eventId,
        eventType,
        time: new Date(time).toISOString(),
        ...(type !== undefined && {activityType: type}),
        ...(attributes.activityId !== undefined && {activityId: attributes.activityId}),
      });
    },
    result({
      workflowId,
      result: {status, answer = '', value, error, explanation},
      forest,
      files,
      remarks,
      workers = false,
    }) {
      line({
        type: 'result',
        workflowId,
        status,
        answer,
        ...(value !== undefined && {value}),
        ...(error !== undefined && {error}),
        ...(explanation !== undefined && {explanation}),
        tree: formatTree(forest, workflowId, {workers, tokens: true}).join('\n'),
        files,
        ...(remarks.length > 0 && {remarks}),
      });
    },
    // The answer is in the result; a program does not watch it grow.
    text() {},
    note: line,
    warning() {},
    error({code, message}) {
      line({type: 'error', code, message});
    },
  };
}
