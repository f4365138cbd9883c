import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {scenarios} from '../../source/scenarios/index.ts';
import {durableTui, emptyFolder, jsonLines} from './command-line.ts';

describe.concurrent('lists', () => {
  it('the scenarios for programs', async () => {
    const outcome = await durableTui(['scenarios', '--json']);
    expect(jsonLines(outcome)).toEqual(
      scenarios.map(({name, title, shows, prompt}) => ({type: 'scenario', name, title, shows, prompt})),
    );
  });

  it('the tools of the default agent, and which of them live models do not get', async () => {
    const {stdout, code} = await durableTui(['tools']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^list_files +\{path\?: string\} +List all files/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^fail +\{message: string\} .*Only for scripted models\.$/),
    );
    expect(lines.filter((line) => line.startsWith('run_ptc'))).not.toContainEqual(
      expect.stringContaining('Only'),
    );
    expect(code).toBe(0);
    const live = await durableTui(['tools', '--model', 'openai:gpt-5.5']);
    expect(live.stdout).toContain('run_ptc');
    expect(live.stdout).not.toContain('Only for scripted models');
  });

  it('the tools of an agent and a capability of one’s own, for programs', async () => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'agent.ts'), agent);
    await writeFile(join(cwd, 'notes.ts'), notes);
    const outcome = await durableTui(['tools', '--json', '--agent', 'agent.ts', '--capability', 'notes.ts'], {
      cwd,
    });
    expect(jsonLines(outcome).map(({name}) => name)).toEqual(['run_ptc', 'save_note']);
    expect(jsonLines(outcome).at(-1)).toEqual({
      type: 'tool',
      name: 'save_note',
      capability: 'notes',
      description: 'Save a note.',
      input: {
        type: 'object',
        properties: {title: {type: 'string'}, tags: expect.anything()},
        required: ['title'],
      },
      scriptedOnly: false,
    });
  });
});

const agent = `import {defineAgent, ptc} from 'durable-tui';
export default defineAgent({name: 'a', instructions: 'Work.', capabilities: [ptc]});
`;

const notes = `import {defineCapability, tool} from 'durable-tui';
import {z} from 'zod';
export const notes = defineCapability({
  name: 'notes',
  tools: {
    save_note: tool({
      description: 'Save a note.',
      input: z.object({title: z.string(), tags: z.array(z.string()).optional()}),
      run: async () => 1,
    }),
  },
});
`;
