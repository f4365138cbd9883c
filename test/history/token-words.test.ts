import {describe, expect, it} from 'vitest';
import {emptyForest} from '../../source/history/fold.ts';
import type {RunNode} from '../../source/history/run-tree.ts';
import {tokenWords, totalUsage, usageByModel, usageByRun} from '../../source/history/token-words.ts';

describe('tokenWords', () => {
  it.each([
    [undefined, ''],
    [{input: 950, cached: 0, output: 20}, '950 in 20 out'],
    [{input: 12_340, cached: 8000, output: 1500}, '12.3k in (8.0k cached) 1.5k out'],
  ])('%j', (usage, words) => {
    expect(tokenWords(usage)).toBe(words);
  });
});

const run = (workflowId: string, input?: number) =>
  [
    workflowId,
    {workflowId, ...(input !== undefined && {usage: {input, cached: 0, output: 1}})} as RunNode,
  ] as const;
const forest = {
  ...emptyForest,
  runs: new Map([run('a', 1), run('a/t1.c1', 10), run('a/t1.c1/t2.c1.3', 200), run('b', 5000), run('c')]),
};

describe('usageByRun', () => {
  it('counts each run with its subagents, however deep', () => {
    const inputs = [...usageByRun(forest)].map(([workflowId, {input}]) => [workflowId, input]);
    expect(inputs).toEqual([
      ['a', 211],
      ['a/t1.c1', 210],
      ['a/t1.c1/t2.c1.3', 200],
      ['b', 5000],
    ]);
  });
});

describe('totalUsage', () => {
  it('counts the whole session', () => {
    expect(totalUsage(forest)).toEqual({input: 5211, cached: 0, output: 4});
  });

  it('knows nothing of runs that count no tokens', () => {
    expect(totalUsage(emptyForest)).toBeUndefined();
  });
});

describe('usageByModel', () => {
  it('counts each model, and leaves out those that count none', () => {
    const of = (workflowId: string, model: string, input?: number) => {
      const [id, counted] = run(workflowId, input);
      return [id, {...counted, model}] as const;
    };
    const runs = new Map([of('a', 'one', 1), of('a/t1.c1', 'two', 10), of('b', 'one', 5), of('c', 'three')]);
    expect(usageByModel({...emptyForest, runs})).toEqual({
      one: {input: 6, cached: 0, output: 2},
      two: {input: 10, cached: 0, output: 1},
    });
  });
});
