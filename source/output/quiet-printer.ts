import {printableLines} from '../history/printable.ts';
import type {Printer} from './printer.ts';
import {type TextOptions, textPrinter} from './text-printer.ts';

/** Writes the answer of a run to standard output and nothing else; what else there is to know goes to standard error. */
export function quietPrinter({out, error}: Pick<TextOptions, 'out' | 'error'>): Printer {
  const complain = (words: string) => error(`durable-tui: ${printableLines(words).join('\n')}\n`);
  return {
    ...textPrinter({out, error, color: false, live: false}),
    run() {},
    result({result: {status, answer, error: reason, explanation}, remarks}) {
      if (answer !== undefined) out(`${printableLines(answer).join('\n')}\n`);
      else complain([reason ? `${status}: ${reason}` : status, explanation ?? ''].join('\n').trimEnd());
      for (const remark of remarks) complain(remark);
    },
    note(_line, words) {
      complain(words);
    },
  };
}
