import nodeConsole from 'node:console';
import {afterEach, describe, expect, it, vi} from 'vitest';
import {type AppOptions, runApp} from '../../../source/app/shell/run-app.tsx';
import {ConnectRefused} from '../../../source/runtime/connection.ts';
import {Recorder} from '../../history/recorder.ts';
import {patience} from '../../patience.ts';
import {appOptions} from '../app-options.ts';
import {FakeScreen, fakeKeyboard} from '../fake-terminal.ts';
import {connectTo, type RecordedConnection, recordedConnection} from '../recorded-connection.ts';

// Ink wraps the console; vitest's own has no constructor to wrap it with.
vi.stubGlobal('console', nodeConsole);

let leave: (() => Promise<void>) | undefined;

afterEach(async () => {
  await leave?.();
  leave = undefined;
});

function start(connection: RecordedConnection = recordedConnection(), options: Partial<AppOptions> = {}) {
  const screen = new FakeScreen();
  const keyboard = fakeKeyboard();
  const interruption = Promise.withResolvers<void>();
  const ended = runApp({
    ...appOptions(connection, screen, keyboard),
    onInterrupt: (react) => void interruption.promise.then(react),
    ...options,
  });
  ended.catch(() => undefined);
  leave = async () => {
    interruption.resolve();
    await ended.catch(() => undefined);
  };
  const see = (text: string): Promise<void> =>
    vi.waitFor(() => expect(screen.lines().join('\n')).toContain(text), {timeout: patience, interval: 20});
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      keyboard.write(key);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {screen, ended, see, press};
}

const attacks: [title: string, sequence: string][] = [
  ['the clipboard', '\u001b]52;c;aGk=\u0007'],
  ['the title', '\u001b]0;owned\u001b\\'],
  ['the title in 8 bits', '\u009d0;owned\u009c'],
  ['the cursor', '\u001b[1;1H\u009b1;1H'],
  ['the screen', '\u001b[2J\u001b[3J\u001bc'],
  ['the screen buffer', '\u001b[?1049l'],
  ['bracketed paste', '\u001b[?2004l'],
  ['a device string', '\u001bPq#0\u001b\\'],
  ['the line', '\r\b\b\u007f'],
  ['the direction', '\u202e\u2066'],
];

describe('hostile text', () => {
  it.each(attacks)(
    'cannot reach %s, from model, tool, argument, agent name or answer',
    async (_title, sequence) => {
      const connection = recordedConnection();
      const {screen, see, press} = start(connection);
      await see('127.0.0.1');
      await press('/attach agent-evil0000', '\r');
      const evil = `ev${sequence}il`;
      const run = new Recorder('agent-evil0000');
      run.start({agent: evil, prompt: evil, model: evil} as never);
      run.model(1, [
        {name: 'write_file', input: {[evil]: evil}},
        {name: evil, input: {path: evil}},
      ]);
      run.tool('t1.c1', `sandbox.${evil}`, {path: evil}, {[evil]: evil});
      run.model(2, evil);
      run.complete(evil);
      connection.emit({type: 'events', workflowId: evil, events: run.events});
      await see('✓ completed');
      await press('\t', '\r');
      await see('── attributes');
      await press('q', '\t', '\r');
      await see('── answer');
      connection.emit({type: 'connection', state: 'lost', message: evil});
      await see('evil');
      await leave?.();
      // What the app itself writes has none of these.
      const own = screen.output.replaceAll(/\u001b\[\?(?:1049|2004)[hl]/g, '');
      if (sequence.startsWith('\u001b[?')) expect(screen.output.split(sequence)).toHaveLength(2);
      else expect(own).not.toContain(sequence);
      expect(own).not.toMatch(/\u001b[\]P]|[\u0080-\u009f\u202e\u2066\u0007\b\u007f]/);
    },
  );
});

describe('the app as a whole', () => {
  it('puts the real cursor where the next letter goes', async () => {
    const {screen, see, press} = start();
    await see('127.0.0.1');
    await press('漢', 'a');
    await see('› 漢a');
    await vi.waitFor(() => expect(screen.cursor()).toEqual({x: 7, y: 27}));
  });

  it('leaves the trees in the scrollback and the terminal as it was', async () => {
    const {screen, ended, see, press} = start();
    await see('127.0.0.1');
    await press('\u001b[B', '\r');
    await see('Done.');
    await press('\u0004');
    expect(await ended).toBe(0);
    const after = screen.output.slice(screen.output.lastIndexOf('\u001b[?1049l'));
    expect(after).toContain('◆ agent-00000001 ✓ completed');
    expect(after).toContain('Both are written.');
  });

  it('ends with what is wrong where starting cannot work out', async () => {
    const {ended} = start(recordedConnection(), {
      connect: async () => {
        throw new ConnectRefused('There is no agent file agent.ts.');
      },
    });
    await expect(ended).rejects.toThrow('There is no agent file agent.ts.');
  });

  it('says what is wrong and tries again where it may', async () => {
    const connection = recordedConnection();
    let tries = 0;
    const {see} = start(connection, {
      connect: async (onStep) => {
        if (++tries === 1) throw new Error('The port is in use.');
        return connectTo(connection)(onStep);
      },
    });
    await see('The port is in use.');
    await see('127.0.0.1');
  });

  it('reads itself out for a screen reader: sentences, no drawing', async () => {
    const {screen, see, press} = start(recordedConnection(), {screenReader: true});
    await see('Connected to 127.0.0.1:52113.');
    await see('selected: direct, Three tool turns');
    await press('/scenario ptc', '\r');
    await see('Nothing is running.');
    await see('Done.');
    expect(screen.output).not.toMatch(/[│╭╰]/);
  });

  it('uses no colour where nobody wants one', async () => {
    const {screen, see, press} = start(recordedConnection(), {environment: {NO_HISTORY: '1', NO_COLOR: '1'}});
    await see('127.0.0.1');
    await press('\u001b[B', '\r');
    await see('Done.');
    expect(screen.output).not.toMatch(/\u001b\[(?:3[0-7]|9[0-7]|4[0-7])m/);
  });
});
