import {appendFileSync} from 'node:fs';
import {declareFactoryPlugin, declareValuePlugin, PluginKind} from '@stryker-mutator/api/plugin';

/** What this needs of Babel's path to a node. */
interface Path {
  readonly node: {readonly loc?: {readonly start: {line: number}; readonly end: {line: number}} | null};
}

const share = Number(process.env.MUTATED_SHARE ?? 1);

// Lines follow the golden ratio, so that any share of them is spread evenly over a file; the same ones in each run.
const isInSample = (line: number) => (line * 0.618_033_988_75) % 1 < share;

export const strykerPlugins = [
  /** Leaves out the mutants of some lines, so that a run takes a fraction of the time. What spans lines always stays. */
  declareValuePlugin(PluginKind.Ignore, 'sample', {
    shouldIgnore(path: unknown) {
      const {loc} = (path as Path).node;
      if (!loc || loc.start.line !== loc.end.line || isInSample(loc.start.line)) return undefined;
      return 'not in the sample';
    },
  }),
  /** Writes down each mutant as soon as it was tried, so that a run that is stopped has a score, too. */
  declareFactoryPlugin(PluginKind.Reporter, 'lines', () => ({
    onMutantTested(mutant: object) {
      appendFileSync(process.env.MUTATED_REPORT ?? '', `${JSON.stringify(mutant)}\n`);
    },
  })),
];
