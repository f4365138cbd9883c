import {text} from 'node:stream/consumers';
import {Interrupted, type Terminal} from './terminal.ts';

const exitCodes = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129, SIGPIPE: 141} as const;

/** How long a command has to end after SIGTERM where it does not say. Milliseconds. */
const defaultPatience = 2000;

/** The terminal of this process. */
export function processTerminal({debug}: {debug: boolean}): Terminal {
  const {stdin, stdout, stderr, env} = process;
  const signals = listenForSignals();
  return {
    environment: env,
    out: (words) => void stdout.write(words),
    error: (words) => void stderr.write(words),
    log: (words) => void (debug && stderr.write(words)),
    isInteractive: stdout.isTTY === true && env.CI === undefined && env.TERM !== 'dumb',
    color: wantsColor(stdout.isTTY === true, env),
    readInput: () => text(stdin),
    inputIsTerminal: stdin.isTTY === true,
    ...signals,
  };
}

/** See no-color.org: an empty NO_COLOR does not count. */
function wantsColor(isTerminal: boolean, environment: NodeJS.ProcessEnv): boolean {
  return isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb';
}

function listenForSignals(): Pick<Terminal, 'onFirstInterrupt' | 'secondInterrupt' | 'exitCodeOfSignal'> {
  const second = Promise.withResolvers<never>();
  second.promise.catch(() => undefined);
  let first: keyof typeof exitCodes | undefined;
  let reaction: {react: () => void; patience: number} | undefined;
  const leave = () => second.reject(new Interrupted('Interrupted.'));
  const interrupt = (signal: keyof typeof exitCodes) => {
    if (first !== undefined || !reaction) {
      first ??= signal;
      return leave();
    }
    first = signal;
    reaction.react();
    if (signal !== 'SIGINT') setTimeout(leave, reaction.patience).unref();
  };
  for (const signal of Object.keys(exitCodes) as (keyof typeof exitCodes)[]) process.on(signal, interrupt);
  // Whoever read our output has gone; Node tells it as an error and not as the signal.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({code}: NodeJS.ErrnoException) => {
      if (code !== 'EPIPE' || stream.isTTY) return;
      first ??= 'SIGPIPE';
      leave();
    });
  }
  return {
    onFirstInterrupt(react, patience = defaultPatience) {
      reaction = {react, patience};
    },
    secondInterrupt: second.promise,
    exitCodeOfSignal: () => first && exitCodes[first],
  };
}
