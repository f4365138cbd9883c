import {randomUUID} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {fileDifferences} from '../../source/scenarios/check.ts';
import {scenarios} from '../../source/scenarios/index.ts';
import type {Scenario} from '../../source/scenarios/scenario.ts';
import {emptyFolder} from '../temporary-folder.ts';
import {type AppTerminal, openAppTerminal} from './pty.ts';

const keys = {enter: '\r', ctrlD: '\u0004'};

let folder: string;
let app: AppTerminal;

// One app plays them all, so that what one of them does to a worker must not hurt the server or another run.
beforeAll(async () => {
  folder = await emptyFolder();
  app = openAppTerminal({
    args: ['--in-process', '--pace', '20'],
    cwd: folder,
    columns: 200,
    rows: 150,
    environment: {XDG_STATE_HOME: folder, DURABLE_TUI_TEST: randomUUID()},
  });
  await app.see('127.0.0.1:');
});

afterAll(async () => {
  app.kill('SIGKILL');
  await app.exit;
});

describe('every scenario, played in the app', () => {
  it.for(scenarios)('$name ends by itself', async ({name, expected}) => {
    await app.press(`/scenario ${name}`, keys.enter);
    await app.see(new RegExp(`◆ agent-\\w+ \\S ${expected.status} [^│]*\\b${name}(?![\\w-])`));
  });

  it('leaves the trees and the files that the scenarios declare', async () => {
    await app.press(keys.ctrlD);
    expect(await app.exit).toBe(0);
    const trees = treesIn(app.everything());
    for (const [index, scenario] of scenarios.entries()) {
      const {name, expected} = scenario;
      expect(trees[index], name).toEqual(expected.history.trim().split('\n').slice(1));
      expect(fileDifferences(expected.files, await filesOf(scenario)), name).toEqual([]);
    }
  });
});

/** Below each head of a root run its tree, without times, as scenarios declare it. */
function treesIn(rows: readonly string[]): string[][] {
  return rows.flatMap((row, index) => {
    if (!/^◆ agent-\w+ /.test(row)) return [];
    const end = rows.findIndex((other, place) => place > index && !/^[├└│ ]/.test(other));
    return [rows.slice(index + 1, end).map(withoutTimes)];
  });
}

function withoutTimes(row: string): string {
  return row.replace(/ (\d+m )?\d+(\.\d+)?(ms|s)(?= |$)/, '');
}

async function filesOf({expected}: Scenario): Promise<Record<string, string>> {
  const read = Object.keys(expected.files).map(async (path) => {
    return [path, await readFile(join(folder, '.demo-sandbox', path), 'utf8')] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
