import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {historyFileName} from '../../source/runtime/save-histories.ts';
import {durableTui, emptyFolder, jsonLines} from './command-line.ts';

/** Puts a file in the place of the folder for histories, so that nothing can be saved there. */
const breaker = `
import {rmSync, writeFileSync} from 'node:fs';
import {defineCapability, tool} from 'durable-tui';
import {z} from 'zod';

export const breaker = defineCapability({
  name: 'breaker',
  tools: {
    break_saving: tool({
      description: 'Breaks it.',
      input: z.object({}),
      async run() {
        rmSync('histories', {recursive: true});
        writeFileSync('histories', '');
        return 'broken';
      },
    }),
  },
});
`;

describe('--save-history', () => {
  it('saves a history of 11 MB, and it replays', async () => {
    const cwd = await emptyFolder();
    const program = `
      const content = 'x'.repeat(900_000);
      for (let index = 0; index < 13; index++) await write_file({path: index + '.txt', content});
      return 'written';`;
    const flags = ['--in-process', '--json', '--save-history', 'histories', '-e', program];
    const run = await durableTui(flags, {cwd});
    expect(jsonLines(run).at(-1)).toMatchObject({type: 'result', status: 'completed', answer: 'written'});
    expect(run.code).toBe(0);
    const [name = ''] = await readdir(join(cwd, 'histories'));
    expect((await readFile(join(cwd, 'histories', name))).length).toBeGreaterThan(11_000_000);
    expect(await durableTui(['replay', 'histories'], {cwd})).toMatchObject({code: 0});
  });

  it('that fails leaves the run and its result to be seen', async () => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'breaker.ts'), breaker);
    const flags = ['--in-process', '--capability', './breaker.ts', '--save-history', 'histories'];
    const program = ['-e', "await break_saving({}); 'the answer'"];
    const problem = /histories cannot be written\. Choose another folder with --save-history\./;
    const text = await durableTui([...flags, ...program], {cwd});
    expect(text.stdout).toMatch(/^the answer\n\n◆ agent-\w+ ✓ completed/);
    expect(text.stdout).toMatch(problem);
    expect(text.code).toBe(1);
    const other = await emptyFolder();
    await writeFile(join(other, 'breaker.ts'), breaker);
    const json = await durableTui([...flags, ...program, '--json'], {cwd: other});
    expect(jsonLines(json).at(-1)).toMatchObject({
      type: 'result',
      status: 'completed',
      answer: 'the answer',
      remarks: [expect.stringMatching(problem)],
    });
    expect(json.code).toBe(1);
  });

  it('names a file for any workflow id', () => {
    expect(historyFileName('team/agent-1')).toBe('team%2Fagent-1.json');
    const long = [`${'é'.repeat(300)}1`, `${'é'.repeat(300)}2`].map(historyFileName);
    expect(new Set(long).size).toBe(2);
    for (const name of long) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(210);
  });
});
