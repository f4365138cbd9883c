import {type FlagValues, wantsJson} from '../command-line/flag-values.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {jsonPrinter} from './json-printer.ts';
import type {Printer} from './printer.ts';
import {quietPrinter} from './quiet-printer.ts';
import {textPrinter} from './text-printer.ts';

/** The printer that the flags ask for. */
export function choosePrinter(
  flags: Pick<FlagValues, 'json' | 'output' | 'quiet'>,
  terminal: Terminal,
): Printer {
  if (wantsJson(flags)) return jsonPrinter(terminal.out);
  if (flags.quiet) return quietPrinter(terminal);
  return textPrinter({
    out: terminal.out,
    error: terminal.error,
    color: terminal.color,
    live: terminal.isInteractive,
  });
}
