import {describe, expect, it} from 'vitest';
import {emptyForest} from '../../source/history/fold.ts';
import type {RunNode} from '../../source/history/run-tree.ts';
import {tokenWords, totalUsage} from '../../source/history/token-words.ts';

describe('tokenWords', () => {
  it.each([
    [undefined, ''],
    [{input: 950, cached: 0, output: 20}, '950 in 20 out'],
    [{input: 12_340, cached: 8000, output: 1500}, '12.3k in (8.0k cached) 1.5k out'],
  ])('%j', (usage, words) => {
    expect(tokenWords(usage)).toBe(words);
  });
});

describe('totalUsage', () => {
  const run = (workflowId: string, input: number) =>
    [workflowId, {workflowId, usage: {input, cached: 0, output: 1}} as RunNode] as const;
  const forest = {...emptyForest, runs: new Map([run('a', 1), run('a/t1.c1', 10), run('b', 100)])};

  it('counts a run with its subagents', () => {
    expect(totalUsage(forest, 'a')).toEqual({input: 11, cached: 0, output: 2});
  });

  it('counts the whole session', () => {
    expect(totalUsage(forest)?.input).toBe(111);
  });

  it('knows nothing of runs that count no tokens', () => {
    expect(totalUsage(emptyForest)).toBeUndefined();
  });
});
