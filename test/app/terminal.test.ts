import {randomUUID} from 'node:crypto';
import {access} from 'node:fs/promises';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {patience} from '../patience.ts';
import {emptyFolder} from '../temporary-folder.ts';
import {type AppTerminal, openAppTerminal, processesWith} from './pty.ts';

const keys = {enter: '\r', tab: '\t', escape: '\u001b', down: '\u001b[B', ctrlC: '\u0003', ctrlD: '\u0004'};

let folder: string;
let marker: string;
let app: AppTerminal | undefined;

beforeEach(async () => {
  folder = await emptyFolder();
  marker = randomUUID();
});

afterEach(async () => {
  app?.kill('SIGKILL');
  await app?.exit;
});

/** @param pace milliseconds that a model step takes; many where a test wants to do something in its midst */
function open(environment: Record<string, string> = {}, pace = 20): AppTerminal {
  app = openAppTerminal({
    args: ['--in-process', '--pace', String(pace)],
    cwd: folder,
    environment: {DURABLE_TUI_TEST: marker, XDG_STATE_HOME: folder, ...environment},
  });
  return app;
}

async function expectNothingLeft(): Promise<void> {
  await vi.waitFor(async () => expect(await processesWith(marker)).toEqual([]), {
    timeout: patience,
    interval: 200,
  });
}

/** The host: the app's only child process. */
async function hostOf(terminal: AppTerminal): Promise<number> {
  const host = (await processesWith(marker)).find((id) => id !== terminal.pid);
  if (host === undefined) throw new Error('there is no host process');
  return host;
}

describe('the app in a real terminal', () => {
  it('says that a model has no key before a run starts, and gives the prompt back', async () => {
    const terminal = open({OPENAI_API_KEY: ''});
    await terminal.see('127.0.0.1:');
    await terminal.press(...'/model gpt-5.5', keys.enter, ...'hello', keys.enter);
    await terminal.see('The model gpt-5.5 needs a key: OPENAI_API_KEY is not set');
    expect(terminal.screen().join('\n')).toContain('› hello');
    await terminal.press(keys.ctrlC, keys.ctrlD);
    expect(await terminal.exit).toBe(0);
    await expectNothingLeft();
  });

  it('runs a scenario by keys, opens a detail, resizes, and leaves nothing but its trees', async () => {
    const terminal = open();
    await terminal.see('Pick a run, or type a prompt');
    await terminal.press(keys.down, keys.down, keys.enter);
    await terminal.see(/◆ agent-\w+ ✓ completed/);
    expect(terminal.screen().join('\n')).toContain('ƒ run_ptc ✓ 2 calls');

    await terminal.press(keys.tab, keys.tab, keys.down, keys.down, keys.enter);
    await terminal.see('── program');
    await terminal.press(keys.escape, keys.escape);

    for (const [columns, rows] of [
      [60, 20],
      [40, 12],
      [25, 6],
      [120, 35],
    ] as const) {
      terminal.resize(columns, rows);
      const bottom = `╰${'─'.repeat(columns - 2)}╯`;
      await terminal.see(columns < 30 ? 'Needs 30×8' : new RegExp(`^${bottom}$`, 'm'));
    }

    await terminal.press(keys.ctrlD);
    expect(await terminal.exit).toBe(0);
    expect(terminal.buffer()).toBe('normal');
    const left = terminal.everything().join('\n');
    expect(left).toMatch(/◆ agent-\w+ ✓ completed[\s\S]*ƒ run_ptc/);
    expect(left).not.toContain('╭ Prompt');
    await expectNothingLeft();
  });

  it('cancels a run in the middle of a step', async () => {
    const terminal = open({}, 600_000);
    await terminal.see('127.0.0.1:');
    await terminal.press('hello', keys.enter);
    await terminal.see(/[⠋-⠿] *model\.request|model\.request [⠋-⠿]/);
    await terminal.press(keys.ctrlC);
    await terminal.see('press Ctrl+C again to cancel');
    await terminal.press(keys.ctrlC);
    await terminal.see('⊘ canceled');
    await terminal.press(keys.ctrlD);
    expect(await terminal.exit).toBe(0);
    expect(terminal.everything().join('\n')).toMatch(/◆ agent-\w+ ⊘ canceled/);
    await expectNothingLeft();
  });

  it('keeps a prompt that was typed before anything was there', async () => {
    const terminal = open();
    await terminal.see('╭ Prompt');
    await terminal.press('/scenario direct', keys.enter);
    await terminal.see(/◆ agent-\w+ ✓ completed/);
  });

  it('starts a host again that was killed, and says so', async () => {
    const terminal = open();
    await terminal.see('127.0.0.1:');
    process.kill(await hostOf(terminal), 'SIGKILL');
    await terminal.see(/The process with the embedded server and the worker \(\d+\) was killed/);
    await terminal.see('127.0.0.1:');
    await terminal.press('/scenario direct', keys.enter);
    await terminal.see(/◆ agent-\w+ ✓ completed/);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('restores the terminal on %s in the middle of a run', async (signal, code) => {
    const terminal = open({}, 600_000);
    await terminal.see('127.0.0.1:');
    await terminal.press('hello', keys.enter);
    await terminal.see('model.request');
    terminal.kill(signal);
    expect(await terminal.exit).toBe(code);
    expect(terminal.buffer()).toBe('normal');
    expect(terminal.output()).toMatch(
      /\u001b\[\?2004l[\s\S]*\u001b\[\?25h|\u001b\[\?25h[\s\S]*\u001b\[\?2004l/,
    );
    await expectNothingLeft();
  });

  it('says that a host has been stopped, and when it goes on', async () => {
    const terminal = open();
    await terminal.see('127.0.0.1:');
    const host = await hostOf(terminal);
    process.kill(host, 'SIGSTOP');
    await terminal.see('does not answer');
    process.kill(host, 'SIGCONT');
    await terminal.see('goes on.');
    await terminal.press('/scenario direct', keys.enter);
    await terminal.see(/◆ agent-\w+ ✓ completed/);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGKILL', 0],
    ['Ctrl+D', 0],
  ])('leaves nothing on %s where a host never gives its event loop back', async (by, code) => {
    const holds = `import {writeFileSync} from 'node:fs';
      import {isMainThread} from 'node:worker_threads';
      if (isMainThread && process.argv[1].endsWith('host/main.js'))
        process.on('SIGUSR2', () => { writeFileSync('held', ''); for (;;); });`;
    const terminal = open({NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(holds)}`});
    await terminal.see('127.0.0.1:');
    process.kill(await hostOf(terminal), 'SIGUSR2');
    await vi.waitFor(() => access(join(folder, 'held')), {timeout: patience});
    if (by === 'Ctrl+D') await terminal.press(keys.ctrlD);
    else terminal.kill(by);
    expect(await terminal.exit).toBe(code);
    await expectNothingLeft();
  });

  it('restores the terminal before it says what a stray exception was', async () => {
    // Thrown by the app's own process only: host and thread are others.
    const stray = `import {isMainThread} from 'node:worker_threads';
      if (isMainThread && process.argv[1].endsWith('bin.cjs'))
        process.on('SIGUSR2', () => setImmediate(() => { throw new Error('a stray exception'); }));`;
    const terminal = open({NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(stray)}`});
    await terminal.see('127.0.0.1:');
    process.kill(terminal.pid, 'SIGUSR2');
    expect(await terminal.exit).toBe(1);
    expect(terminal.buffer()).toBe('normal');
    expect(terminal.everything().join('\n')).toContain('a stray exception');
    await expectNothingLeft();
  });

  it('takes a paste as text, never as keys', async () => {
    const terminal = open();
    await terminal.see('127.0.0.1:');
    terminal.write('\u001b[200~/quit\ry\u001b]52;c;aGk=\u0007\u001b[201~');
    await terminal.see('› /quit');
    await terminal.press(keys.ctrlC);
    await terminal.see('Type a prompt');
    await terminal.press(keys.ctrlC);
    await terminal.see('press Ctrl+C again to quit');
    await terminal.press(keys.ctrlC);
    expect(await terminal.exit).toBe(0);
  });
});
