import {readFile} from 'node:fs/promises';
import {completionScript} from './command-line/completion.ts';
import {commandHelp, helpText} from './command-line/help.ts';
import {type FlagValues, type Invocation, wantsJson} from './command-line/parse.ts';
import {scenarioLines, scenarioList} from './commands/scenarios.ts';
import {agentChoice, readConfig} from './config.ts';
import {UsageError} from './errors.ts';
import {jsonPrinter} from './output/json-printer.ts';
import type {Printer} from './output/printer.ts';
import {quietPrinter} from './output/quiet-printer.ts';
import {textPrinter} from './output/text-printer.ts';
import {scenarios} from './scenarios/index.ts';
import {success} from './subcommand.ts';
import {subcommands} from './subcommands.ts';
import {obstacleToApp} from './terminal/abilities.ts';
import type {Terminal} from './terminal/terminal.ts';

/**
 * Runs what the command line asks for.
 *
 * @returns the exit code
 * @throws errors whose message is one line for people
 */
export async function runCommand(
  invocation: Invocation,
  terminal: Terminal,
  printer: Printer,
): Promise<number> {
  const words = await informationFor(invocation, terminal);
  if (words === undefined) return runSomething(invocation, terminal, printer);
  terminal.out(words);
  return success;
}

async function runSomething(invocation: Invocation, terminal: Terminal, printer: Printer): Promise<number> {
  const {command, operands, flags} = invocation;
  const load = command === undefined ? undefined : subcommands[command];
  if (!load) return oneShot(invocation, terminal, printer);
  const [run, config] = await Promise.all([load(), readConfig(flags, terminal.environment)]);
  return run({config, operands, flags, terminal, printer});
}

/** What is printed without running anything; undefined where there is something to run. */
async function informationFor(
  {command, operands, flags}: Invocation,
  terminal: Terminal,
): Promise<string | undefined> {
  if (flags.version) return `${await packageVersion()}\n`;
  if (command === 'help' && operands[0] !== undefined) return commandHelp(operands[0]);
  if (flags.help) return command === undefined ? helpText() : commandHelp(command);
  if (command === 'help') return helpText();
  if (command === 'scenarios') return wantsJson(flags) ? scenarioLines() : scenarioList();
  if (command === 'tools') return terminal.whileLoading(() => toolsFor(flags));
  if (command !== 'completion') return undefined;
  const names = scenarios.map(({name}) => name);
  return completionScript(operands[0] as string, names);
}

async function toolsFor(flags: FlagValues): Promise<string> {
  const {toolLines, toolList} = await import('./commands/tools.ts');
  return wantsJson(flags) ? toolLines(agentChoice(flags)) : toolList(agentChoice(flags));
}

/** The printer that the flags ask for. */
export function printerFor({flags}: Pick<Invocation, 'flags'>, terminal: Terminal): Printer {
  if (wantsJson(flags)) return jsonPrinter(terminal.out);
  if (flags.quiet) return quietPrinter(terminal);
  return textPrinter({
    out: terminal.out,
    error: terminal.error,
    color: terminal.color,
    live: terminal.isInteractive,
  });
}

async function oneShot(invocation: Invocation, terminal: Terminal, printer: Printer): Promise<number> {
  const [{requestFrom}, {runOnce}] = await Promise.all([
    import('./runtime/request.ts'),
    import('./commands/run.ts'),
  ]);
  const request = await requestFrom(invocation, terminal);
  if (request)
    return runOnce(await readConfig(invocation.flags, terminal.environment), request, terminal, printer);
  const {environment} = terminal;
  const obstacle = obstacleToApp({stdin: process.stdin, stdout: process.stdout, environment});
  if (obstacle !== undefined) {
    throw new UsageError(
      `What should run? The app cannot open, since ${obstacle}. Give a prompt: durable-tui "write a note". durable-tui --help shows more.`,
    );
  }
  const {openApp} = await import('./commands/app.ts');
  return openApp(await readConfig(invocation.flags, environment), terminal);
}

async function packageVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as {version: string}).version;
}
