import {direct} from './direct.ts';
import type {Scenario} from './scenario.ts';

/** The catalogue, in the order in which people should meet it. */
export const scenarios: readonly Scenario[] = [direct];

/** The scenario of that name. */
export function findScenario(name: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.name === name);
}
