import {styleText} from 'node:util';
import {describeEvent, type EventWords} from '../history/describe-event.ts';
import {formatClock} from '../history/duration.ts';
import {formatTree} from '../history/format-tree.ts';
import {printable, printableLines} from '../history/printable.ts';
import type {Tone} from '../history/segment.ts';
import {liveText} from './live-text.ts';
import type {Outcome, Printer} from './printer.ts';

/** Where and how text is written. */
export interface TextOptions {
  out(text: string): void;
  error(text: string): void;
  color: boolean;
  /** Show events as they happen: where a person watches. */
  live: boolean;
}

type Style = Parameters<typeof styleText>[0];

type Paint = (style: Style, text: string) => string;

const styles: Readonly<Partial<Record<Tone, Style>>> = {
  quiet: 'dim',
  name: 'bold',
  good: 'green',
  bad: 'red',
  busy: 'yellow',
  canceled: 'magenta',
};

/** Writes text for people: live lines, then the answer, the tree and the files. */
export function textPrinter({out, error, color, live}: TextOptions): Printer {
  const paint: Paint = (style, text) => (color ? styleText(style, text, {validateStream: false}) : text);
  const texts = liveText(out);
  return {
    run(run, {kind, address, why, taskQueue, webUrl}) {
      const workflowId = printable(run.workflowId);
      const where = printable(
        `${kind} ${address} (${why}), queue ${taskQueue}${webUrl ? `, ${webUrl}` : ''}`,
      );
      // Where nobody watches the output, it waits for the result; who started the run is still to know its id.
      if (live) out(`${paint('dim', `${workflowId} on ${where}`)}\n`);
      else error(`durable-tui: ${workflowId} runs on ${where}\n`);
    },
    event(event, forest) {
      if (!live) return;
      const words = describeEvent(event, forest);
      if (words.detail) return;
      texts.endLine();
      out(`${eventLine(words, paint)}\n`);
    },
    text(step, streamed) {
      if (live) texts.write(step, streamed);
    },
    result(outcome) {
      texts.endLine();
      out(`${live ? '\n' : ''}${sections(outcome, paint).join('\n\n')}\n`);
    },
    note(_line, text) {
      if (text !== '') out(`${printableLines(text).join('\n')}\n`);
    },
    warning(text) {
      texts.endLine();
      error(`durable-tui: ${printableLines(text).join(' ')}\n`);
    },
    error({message}) {
      error(`durable-tui: ${printableLines(message).join('\n')}\n`);
    },
  };
}

function eventLine({time, workflow, segments}: EventWords, paint: Paint): string {
  const words = segments.map(({text, tone}) => (styles[tone] ? paint(styles[tone], text) : text)).join(' ');
  return `${paint('dim', `${formatClock(time)} ${workflow}`)} ${words}`;
}

function sections(outcome: Outcome, paint: Paint): string[] {
  const {workflowId, result, forest, files, remarks, workers = false} = outcome;
  // An answer stands there instead of the failure.
  const told = result.answer === undefined && result.error !== undefined ? {told: result.error} : {};
  const ending = result.answer ?? `${result.status}${result.error ? `: ${result.error}` : ''}`;
  return [
    printableLines(ending).join('\n'),
    ...(result.explanation === undefined ? [] : [printableLines(result.explanation).join('\n')]),
    formatTree(forest, workflowId, {workers, tokens: true, ...told}).join('\n'),
    ...(files.length > 0
      ? [[paint('dim', 'Files'), ...files.map((file) => `  ${printableLines(file).join(' ')}`)].join('\n')]
      : []),
    ...remarks.map((remark) => printableLines(remark).join('\n')),
  ];
}
