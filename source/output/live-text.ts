import type {StreamedText} from '../../workflows/protocol/model-step.ts';
import {printableLines} from '../history/printable.ts';
import {newText, type ShownText} from './streamed-text.ts';

/** Writes models' texts as they arrive, between whole lines. */
export interface LiveText {
  /** @param step tells the model steps of a run and its subagents apart */
  write(step: string, streamed: StreamedText): void;
  /** Ends the line that a text has left open; call it before anything else is written. */
  endLine(): void;
}

export function liveText(out: (text: string) => void): LiveText {
  const shown = new Map<string, ShownText>();
  let open: string | undefined;
  const endLine = () => {
    if (open !== undefined) out('\n');
    open = undefined;
  };
  return {
    endLine,
    write(step, streamed) {
      const next = newText(shown.get(step), streamed);
      shown.set(step, next.shown);
      if (next.piece === '') return;
      if (open !== step || next.restarted) endLine();
      if (next.restarted) out(`(attempt ${streamed.attempt}: the text starts again)\n`);
      out(printableLines(next.piece).join('\n'));
      open = step;
    },
  };
}
