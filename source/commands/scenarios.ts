import {scenarios} from '../scenarios/index.ts';

/** The catalogue as `durable-tui scenarios` prints it. */
export function scenarioList(): string {
  const width = Math.max(...scenarios.map(({name}) => name.length));
  return scenarios.map(({name, shows}) => `${name.padEnd(width)}  ${shows}\n`).join('');
}

/** The catalogue as JSON, one scenario a line. */
export function scenarioLines(): string {
  return scenarios
    .map(({name, title, shows, prompt}) => JSON.stringify({type: 'scenario', name, title, shows, prompt}))
    .map((line) => `${line}\n`)
    .join('');
}
