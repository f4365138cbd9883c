import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {openReplayer, type Replayable, type Replayer} from '../../../source/runtime/host/replayer.ts';
import {durableTui} from '../../commands/command-line.ts';
import {emptyFolder} from '../../temporary-folder.ts';
import '../../agent/quiet-runtime.ts';

const bundle = fileURLToPath(new URL('../../../dist/workflow-bundle.js', import.meta.url));

let histories: Replayable[];
let replayer: Replayer;

beforeAll(async () => {
  const cwd = await emptyFolder();
  await durableTui(['--in-process', '--scenario', 'subagents', '--save-history', 'h'], {cwd});
  const files = await readdir(join(cwd, 'h'));
  histories = await Promise.all(
    files.map(async (file) => ({
      workflowId: decodeURIComponent(file.replace('.json', '')),
      history: JSON.parse(await readFile(join(cwd, 'h', file), 'utf8')) as Replayable['history'],
    })),
  );
  replayer = openReplayer(bundle);
});
afterAll(() => replayer.close());

it('replays whatever is asked for at once, and one after the other', async () => {
  expect(histories).toHaveLength(9);
  const replayAll = () => Promise.all(histories.map((history) => replayer.replay(history)));
  expect((await Promise.all([replayAll(), replayAll()])).flat()).toEqual(Array(18).fill(undefined));
  // One begins where another one ends: then the SDK, left alone, would end its runtime.
  const inTurn = histories.map(async (history, index) => {
    await new Promise((resolve) => setTimeout(resolve, 40 * index));
    return replayer.replay(history);
  });
  expect(await Promise.all(inTurn)).toEqual(Array(9).fill(undefined));
});

it('tells each caller of its own history', async () => {
  const [first, second] = histories as [Replayable, Replayable];
  const changed = JSON.parse(
    JSON.stringify(first).replaceAll(/"name":"(sandbox|model)\./g, '"name":"other.'),
  ) as Replayable;
  const [before, differs, after] = await Promise.all([first, changed, second].map(replayer.replay));
  expect([before, after]).toEqual([undefined, undefined]);
  expect(differs?.message).toMatch(/Nondeterminism/);
});
