import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {commands} from '../source/command-line/commands.ts';
import {flags, spelling} from '../source/command-line/flags.ts';
import {scenarios} from '../source/scenarios/index.ts';
import {durableTui} from './commands/command-line.ts';

const readme = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8');
const contract = await readFile(join(import.meta.dirname, 'README.md'), 'utf8');

describe('the README', () => {
  const blocks = [...readme.matchAll(/```console\n\$ npx durable-tui (.*)\n([\s\S]*?)```/g)];

  it('shows what commands print', () => {
    expect(blocks.map(([, command]) => command)).toEqual(['--in-process --scenario ptc', '--help']);
  });

  it.each(blocks.map(([, command = '', output = '']) => [command, output]))('%s', async (command, output) => {
    const {stdout} = await durableTui(command.split(' '));
    expect(withoutChance(output)).toBe(withoutChance(stdout));
  });

  it('names only commands and flags that exist', () => {
    const shell = [...readme.matchAll(/npx durable-tui ([^`\n]*)/g)].map(([, words = '']) => words);
    const known = new Set(flags.map(spelling));
    const used = shell.flatMap((words) => words.match(/--[a-z][a-z-]*/g) ?? []);
    expect(used.length).toBeGreaterThan(5);
    expect(used.filter((flag) => !known.has(flag))).toEqual([]);
  });

  it('tells no path of a machine and no registry', () => {
    expect(readme + contract).not.toMatch(/\/home\/|\/work\/|\/root\/|registry\.npmjs/);
  });
});

describe('the contract', () => {
  it.each(scenarios)('has a row for $name', ({name, shows}) => {
    expect(contract).toContain(`| \`${name}\` | ${shows} |`);
  });
});

describe('the help', () => {
  it.each(commands)('explains $name', async ({name}) => {
    const {stdout, code} = await durableTui(['help', name]);
    expect(stdout).toContain(`durable-tui ${name}`);
    expect(code).toBe(0);
  });
});

/** Output without ids and times. */
function withoutChance(output: string): string {
  return output
    .replace(/agent-[0-9a-f]{8}/g, 'agent-00000000')
    .replace(/ \d+(\.\d+)?m?s\b/g, '')
    .trim();
}
