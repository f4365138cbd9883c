import {readFile} from 'node:fs/promises';
import {stripTypes} from '../../activities/model/strip-types.ts';
import type {CommandContext} from '../command.ts';
import {UsageError} from '../errors.ts';
import {findScenario, scenarios} from '../scenarios/index.ts';
import type {Scenario} from '../scenarios/scenario.ts';
import type {StartRequest} from '../session/session.ts';
import type {Terminal} from '../terminal/terminal.ts';

/** What a one-shot command runs. */
export interface OneShot {
  request: StartRequest;
  /** Present where the run must end as a scenario declares. */
  scenario?: Scenario;
}

/**
 * What the command line wants to run; undefined where it says nothing.
 *
 * @throws UsageError for an unknown scenario, a program that cannot be read, or more than one thing at once
 */
export async function requestFrom(
  {operands, flags}: Pick<CommandContext<'run'>, 'operands' | 'flags'>,
  terminal: Terminal,
): Promise<OneShot | undefined> {
  const wishes = [flags.scenario, flags.program, flags.execute, operands[0]].filter(
    (wish) => wish !== undefined,
  );
  if (wishes.length > 1 || operands.length > 1) {
    throw new UsageError('Give one thing to run: a prompt in quotes, --scenario, --program or -e.');
  }
  if (flags.scenario !== undefined) return scenarioRequest(flags.scenario);
  if (flags.execute !== undefined) return {request: {program: await stripTypes(flags.execute)}};
  if (flags.program !== undefined)
    return {request: {program: await stripTypes(await readProgram(flags.program, terminal))}};
  if (operands[0]?.trim() === '') throw new UsageError('The prompt is empty. Say what to do, in quotes.');
  if (operands[0] !== undefined) return {request: {prompt: operands[0]}};
  if (terminal.inputIsTerminal) return undefined;
  const prompt = (await terminal.readInput()).trim();
  return prompt === '' ? undefined : {request: {prompt}};
}

function scenarioRequest(name: string): OneShot {
  const scenario = findScenario(name);
  if (scenario) return {request: {scenario: name, prompt: scenario.prompt}, scenario};
  const names = scenarios.map((known) => known.name).join(', ');
  throw new UsageError(`There is no scenario "${name}". The scenarios are: ${names}.`);
}

async function readProgram(path: string, terminal: Terminal): Promise<string> {
  if (path === '-') return terminal.readInput();
  return readFile(path, 'utf8').catch(() => {
    throw new UsageError(`The program ${path} cannot be read. Check the path.`);
  });
}
