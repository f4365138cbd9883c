import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {openAppTerminal} from '../app/pty.ts';
import {emptyFolder} from '../temporary-folder.ts';

const capability = `import {defineCapability, tool, ToolRetryableError} from 'durable-tui';
import {z} from 'zod';
export const slow = defineCapability({
  name: 'slow',
  tools: {
    stumble: tool({
      description: 'Fail once.',
      input: z.object({}),
      activity: {retry: {initialInterval: 3000}},
      async run(_, {attempt}) { if (attempt === 1) throw new ToolRetryableError('it is busy'); },
    }),
    linger: tool({
      description: 'Take long.',
      input: z.object({}),
      run: () => new Promise((resolve) => setTimeout(resolve, 13_000)),
    }),
  },
});
`;

it('a run in a terminal says which attempts failed and what takes long', async () => {
  const cwd = await emptyFolder();
  await writeFile(join(cwd, 'slow.ts'), capability);
  const args = ['--in-process', '--capability', './slow.ts', '-e', 'await stumble({}); await linger({})'];
  const terminal = openAppTerminal({args, cwd, columns: 160});
  const code = await terminal.exit;
  const said = terminal.everything().join('\n');
  expect(said).toMatch(/slow\.stumble failed and is tried again in \S+, attempt 2: it is busy/);
  expect(said).toContain('slow.linger has been running for more than 10.0s.');
  expect(code).toBe(0);
});
