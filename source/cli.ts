import {AgentDefinitionError} from '../activities/agent-definition-error.ts';
import {firstLine} from '../workflows/protocol/first-line.ts';
import type {FlagValues} from './command-line/flag-values.ts';
import type {Invocation} from './command-line/invocation.ts';
import {parseCommandLine} from './command-line/parse.ts';
import {UsageError} from './errors.ts';
import {choosePrinter} from './output/choose-printer.ts';
import {runCommand} from './run-command.ts';
import {closing} from './runtime/deadlines.ts';
import {processTerminal} from './terminal/process-terminal.ts';
import type {Terminal} from './terminal/terminal.ts';

const failure = 1;
const wrongUsage = 2;
const readerGone = 141;

// What Node says about the libraries is for their authors.
process.noDeprecation = true;

const plain = processTerminal({debug: process.argv.includes('--debug'), patience: closing.command});
// A last resort: what nobody awaited is no stack for people. The app has a handler of its own, which restores the screen.
process.on('uncaughtException', (error) => {
  if (process.listenerCount('uncaughtException') === 1)
    process.exit(report(error, plain, outputWish(process.argv)));
});

const exitCode = await main(process.argv.slice(2));

// The only place that ends the process.
process.exit((await plain.outputIsLost()) ? exitCode || failure : exitCode);

async function main(argv: readonly string[]): Promise<number> {
  try {
    const invocation = parseCommandLine(argv);
    const terminal = {...plain, color: colorOf(invocation, plain)};
    return await runInvocation(invocation, terminal);
  } catch (error) {
    return report(error, plain, outputWish(argv));
  }
}

/** Only how output is wished for, for words about a command line that cannot be read. */
function outputWish(argv: readonly string[]): Pick<FlagValues, 'json'> {
  return {json: /(^|\0)(--json(=true)?|(-o|--output)[\0=]jsonl)(\0|$)/.test(argv.join('\0'))};
}

async function runInvocation(invocation: Invocation, terminal: Terminal): Promise<number> {
  const printer = choosePrinter(invocation.flags, terminal);
  try {
    return await Promise.race([runCommand(invocation, terminal, printer), terminal.secondInterrupt]);
  } catch (error) {
    return report(error, terminal, invocation.flags);
  }
}

function colorOf({flags}: Invocation, terminal: Terminal): boolean {
  return flags.color === undefined || flags.color === 'auto' ? terminal.color : flags.color === 'always';
}

/** An agent or a capability that cannot be used was named on the command line. */
function isWrongUsage(error: unknown): boolean {
  return error instanceof UsageError || error instanceof AgentDefinitionError;
}

/** One line for people; the stack only with `--debug`. */
function report(
  error: unknown,
  terminal: Terminal,
  flags: Pick<FlagValues, 'json' | 'output' | 'quiet'>,
): number {
  const code = terminal.exitCodeOfSignal() ?? (isWrongUsage(error) ? wrongUsage : failure);
  if (code === readerGone) return code;
  choosePrinter(flags, terminal).error({code, message: firstLine(error)});
  if (error instanceof Error) terminal.log(`${error.stack}\n`);
  return code;
}
