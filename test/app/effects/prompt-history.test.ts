import {readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, it} from 'vitest';
import {promptHistory} from '../../../source/app/effects/prompt-history.ts';
import {emptyFolder} from '../../temporary-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await emptyFolder();
});

describe('the history of prompts', () => {
  it('survives in a file that only its owner reads', async () => {
    const state = join(folder, 'state');
    await promptHistory(state).append('one\ntwo');
    await promptHistory(state).append('three');
    expect(await promptHistory(state).read()).toEqual(['one\ntwo', 'three']);
    expect((await stat(join(state, 'prompt-history'))).mode & 0o777).toBe(0o600);
  });

  it('skips what it cannot read, and keeps the newest thousand', async () => {
    const lines = Array.from({length: 2500}, (_, index) => JSON.stringify(`prompt ${index}`));
    await writeFile(join(folder, 'prompt-history'), ['{broken', '42', ...lines].join('\n'));
    const prompts = await promptHistory(folder).read();
    expect([prompts.length, prompts.at(-1)]).toEqual([1000, 'prompt 2499']);
    expect((await readFile(join(folder, 'prompt-history'), 'utf8')).trim().split('\n')).toHaveLength(1000);
  });

  it('keeps nothing where nobody wants it to', async () => {
    await promptHistory(undefined).append('secret');
    expect(await promptHistory(undefined).read()).toEqual([]);
  });
});
