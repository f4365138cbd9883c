import {spawnSync} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import {completionScript} from '../../source/command-line/completion.ts';

const scenarios = ['direct', 'ptc', 'ptc-loop'];

describe.skipIf(spawnSync('bash', ['--version']).status !== 0)('in bash', () => {
  it.each([
    ['the commands', ['to'], ['tools']],
    ['the flags', ['run', '--task'], ['--task-queue']],
    ['the scenarios', ['--scenario', 'ptc'], ['ptc', 'ptc-loop']],
    ['a value after =', ['run', '--scenario', '=', 'd'], ['direct']],
    ['all values after =', ['run', '--output', '='], ['text', 'jsonl']],
    ['the formats', ['run', '-o', ''], ['text', 'jsonl']],
    ['the shells', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['what help explains', ['help', 'mig'], ['migration-demo', 'migration-fuzz']],
    ['a file by what bash does itself', ['--program', 'n'], []],
  ])('completes %s', (_what, words, candidates) => {
    expect(completedByBash(words)).toEqual(candidates);
  });
});

it.each(['zsh', 'fish'])('the script for %s has the values', (shell) => {
  const script = completionScript(shell, scenarios);
  expect(script).toContain('direct ptc ptc-loop');
  expect(script).toContain('text jsonl');
});

/** What bash offers for the last of some words. */
function completedByBash(words: readonly string[]): string[] {
  const quoted = ['durable-tui', ...words].map((word) => `'${word}'`).join(' ');
  const asked = `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _durable_tui; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const {stdout, stderr} = spawnSync('bash', ['-c', `${completionScript('bash', scenarios)}\n${asked}`], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}
