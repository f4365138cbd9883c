import type {RunStatus} from '../history/run-tree.ts';
import {type FanOut, type FanOutKind, fanOutOutcome} from '../scenarios/fan-out.ts';
import type {Placement} from './placement.ts';

/** A fan-out that has run, and what came of it. */
export interface FanOutRun {
  fanOut: FanOut;
  status: RunStatus;
  answer?: string;
  /** Contents by path of what is in its folder of the sandbox. */
  files: Readonly<Record<string, string>>;
  placement: Placement;
}

/** How a fan-out differs from what it must leave, one line each; none where all is right. */
export function problemsOf({fanOut, status, answer, files}: FanOutRun): string[] {
  const expected = fanOutOutcome(fanOut);
  const paths = new Set([...Object.keys(expected.files), ...Object.keys(files)]);
  return [
    ...(status === 'completed' ? [] : [`the run is ${status}`]),
    ...(answer === expected.answer ? [] : [`the value is ${answer ?? 'missing'}, not ${expected.answer}`]),
    ...[...paths]
      .filter((path) => files[path] !== expected.files[path])
      .map((path) => `${path} is ${files[path] === undefined ? 'missing' : 'not as it must be'}`),
  ];
}

/** What happened to the runs of one family. */
export interface FamilyReport {
  kind: FanOutKind;
  runs: number;
  children: number;
  /** Children on another process than their parent. */
  moved: number;
  /** Of the children, from 0 to 100, rounded. */
  movedPercent: number;
  /** Runs that ended right, with the right files and value. */
  right: number;
}

/** One report a family, in the order in which the families first ran. */
export function reportFamilies(runs: readonly FanOutRun[]): FamilyReport[] {
  return [...Map.groupBy(runs, ({fanOut}) => fanOut.kind)].map(([kind, family]) => {
    const children = sum(family.map(({placement}) => placement.children));
    const moved = sum(family.map(({placement}) => placement.moved.length));
    return {
      kind,
      runs: family.length,
      children,
      moved,
      movedPercent: children === 0 ? 0 : Math.round((100 * moved) / children),
      right: family.filter((run) => problemsOf(run).length === 0).length,
    };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
