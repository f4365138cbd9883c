import {readFile} from 'node:fs/promises';
import {describe, expect, it} from 'vitest';

const bundle = await readFile(new URL('../../dist/workflow-bundle.js', import.meta.url), 'utf8');

describe('the workflow bundle', () => {
  it('registers the agent workflow', () => {
    expect(bundle).toContain('durableAgent');
  });

  it('names no absolute path in its source map', () => {
    const encoded = /sourceMappingURL=data:application\/json;charset=utf-8;base64,(\S+)/.exec(bundle)?.[1];
    const map = JSON.parse(Buffer.from(encoded ?? '', 'base64').toString('utf8')) as {sources: string[]};
    expect(map.sources.length).toBeGreaterThan(10);
    expect(map.sources.filter((source) => source.startsWith('/') || source.includes(process.cwd()))).toEqual(
      [],
    );
  });
});
