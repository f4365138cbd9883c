import {text} from 'node:stream/consumers';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {forTerminal} from '../history/printable.ts';
import {type Output, openOutput} from './output.ts';
import {Interrupted, type Terminal} from './terminal.ts';

const exitCodes = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGPIPE: 141} as const;

/** How long a command has to end after SIGTERM where it does not say. Milliseconds. */
const defaultPatience = 2000;

/** The terminal of this process. */
export function processTerminal({debug}: {debug: boolean}): Terminal {
  const {stdin, stdout, stderr, env} = process;
  const streams = openOutput(process);
  const signals = listenForSignals(streams.claim);
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
): Pick<Terminal, 'onFirstInterrupt' | 'secondInterrupt' | 'exitCodeOfSignal' | 'whileLoading'> {
  const second = Promise.withResolvers<never>();
  second.promise.catch(() => undefined);
  let first: keyof typeof exitCodes | undefined;
  let reaction: {react: () => void; patience: number; words?: string} | undefined;
  const leave = () => second.reject(new Interrupted(reaction?.words ?? 'interrupted'));
  const interrupt = (signal: keyof typeof exitCodes) => {
    if (first !== undefined || !reaction) {
      first ??= signal;
      return leave();
    }
    first = signal;
    reaction.react();
    if (signal !== 'SIGINT') setTimeout(leave, reaction.patience).unref();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const listen = () => {
    for (const signal of signals) process.on(signal, interrupt);
  };
  listen();
  // Whoever read our output has gone. The signal itself would come for any connection that has ended; Node ignores it
  // unless somebody listens.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({code}: NodeJS.ErrnoException) => {
      if (code !== 'EPIPE' || stream.isTTY) return;
      first ??= 'SIGPIPE';
      leave();
    });
  }
  return {
    onFirstInterrupt(react, leaving) {
      reaction = {react, patience: defaultPatience, ...leaving};
    },
    secondInterrupt: second.promise,
    async whileLoading(load) {
      claim();
      // Without a listener a signal keeps its own effect.
      for (const signal of signals) process.off(signal, interrupt);
      return load().finally(listen);
    },
    exitCodeOfSignal: () => first && exitCodes[first],
  };
}
