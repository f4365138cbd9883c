import {cancelChild, cancelDirect, cancelPtc} from './cancel.ts';
import {childFailure} from './child-failure.ts';
import {direct} from './direct.ts';
import {executionError} from './execution-error.ts';
import {nested} from './nested.ts';
import {parallel} from './parallel.ts';
import {ptc} from './ptc.ts';
import {ptcFailure} from './ptc-failure.ts';
import {ptcFanout} from './ptc-fanout.ts';
import {ptcLoop} from './ptc-loop.ts';
import {retry} from './retry.ts';
import type {Scenario} from './scenario.ts';
import {subagents} from './subagents.ts';
import {validation} from './validation.ts';
import {workerCrash} from './worker-crash.ts';

/** The catalogue, in the order in which people should meet it. */
export const scenarios: readonly Scenario[] = [
  direct,
  parallel,
  ptc,
  ptcLoop,
  ptcFanout,
  subagents,
  nested,
  retry,
  validation,
  executionError,
  childFailure,
  ptcFailure,
  workerCrash,
  cancelDirect,
  cancelChild,
  cancelPtc,
];

/** The scenario of that name. */
export function findScenario(name: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.name === name);
}
