import {type CommandContext, success} from '../command.ts';
import {wantsJson} from '../command-line/flag-values.ts';
import {scenarios} from '../scenarios/index.ts';

/** `scenarios`: prints the catalogue. */
export async function listScenarios({flags, terminal}: CommandContext<'scenarios'>): Promise<number> {
  terminal.out(wantsJson(flags) ? scenarioLines() : scenarioList());
  return success;
}

function scenarioList(): string {
  const width = Math.max(...scenarios.map(({name}) => name.length));
  return scenarios.map(({name, shows}) => `${name.padEnd(width)}  ${shows}\n`).join('');
}

/** As JSON, one scenario a line. */
function scenarioLines(): string {
  return scenarios
    .map(({name, title, shows, prompt}) => JSON.stringify({type: 'scenario', name, title, shows, prompt}))
    .map((line) => `${line}\n`)
    .join('');
}
