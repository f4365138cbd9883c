import {text} from 'node:stream/consumers';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {forTerminal} from '../history/printable.ts';
import {Interruption} from './interruption.ts';
import {type Output, openOutput} from './output.ts';
import type {Terminal} from './terminal.ts';

/**
 * The terminal of this process.
 *
 * @param options.patience milliseconds that a command has to end after SIGTERM where it does not say
 */
export function processTerminal({debug, patience}: {debug: boolean; patience: number}): Terminal {
  const {stdin, stdout, stderr, env} = process;
  const streams = openOutput(process);
  const signals = listenForSignals(streams.claim, patience);
  const output = watchOutput(process, streams);
  return {
    environment: env,
    out: (words) => streams.out(forTerminal(words, {styles: true})),
    error: (words) => void stderr.write(words),
    log: (words) => void (debug && stderr.write(words)),
    isInteractive: stdout.isTTY === true && env.CI === undefined && env.TERM !== 'dumb',
    color: wantsColor(stdout.isTTY === true, env),
    readInput: () => text(stdin),
    inputIsTerminal: stdin.isTTY === true,
    ...signals,
    ...output,
  };
}

/** See no-color.org: an empty NO_COLOR does not count. */
function wantsColor(isTerminal: boolean, environment: NodeJS.ProcessEnv): boolean {
  return isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb';
}

/** Says at once why standard output cannot be written, such as a full disk: a command may go on for long. */
function watchOutput({stdout, stderr}: typeof process, {out}: Output): Pick<Terminal, 'outputIsLost'> {
  let isLost = false;
  stdout.on('error', ({code, message}: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || stdout.isTTY || isLost) return;
    isLost = true;
    stderr.write(`durable-tui: Standard output cannot be written: ${message}\n`);
  });
  return {
    async outputIsLost() {
      // An error is told once the write has been tried, in a later turn than the write.
      await new Promise<void>((resolve) => out('', resolve));
      await nextTurn();
      return isLost;
    },
  };
}

function listenForSignals(
  claim: Output['claim'],
  patience: number,
): Pick<Terminal, 'onFirstInterrupt' | 'secondInterrupt' | 'exitCodeOfSignal' | 'whileLoading'> {
  const interruption = new Interruption(patience);
  interruption.listen();
  // The signal itself would come for any connection that has ended; Node ignores it unless somebody listens.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({code}: NodeJS.ErrnoException) => {
      if (code === 'EPIPE' && !stream.isTTY) interruption.readerHasGone();
    });
  }
  return {
    onFirstInterrupt: (react, leaving) => interruption.onFirst(react, leaving),
    secondInterrupt: interruption.second,
    async whileLoading(load) {
      claim();
      interruption.ignore();
      return load().finally(() => interruption.listen());
    },
    exitCodeOfSignal: () => interruption.exitCode,
  };
}
