import {once} from 'node:events';
import {type PassThrough, Writable} from 'node:stream';
import {setTimeout as sleep} from 'node:timers/promises';
import type {AppOptions} from '../../../source/app/shell/run-app.tsx';
import type {Connection} from '../../../source/runtime/connection.ts';
import {appOptions} from '../../app/app-options.ts';
import {fakeKeyboard} from '../../app/fake-terminal.ts';
import {recordedConnection} from '../../app/recorded-connection.ts';
import {Recorder} from '../../history/recorder.ts';
import {median} from '../row.ts';
import type {BenchRow} from './row.ts';

const workflowId = 'agent-benchmar';

/** Events of the run that is on the screen. */
const eventCount = 10_000;

/** From a key to the frame that shows what it did, and the size of that frame, with 10,000 events: medians of 40. */
export async function keyToFrame(): Promise<BenchRow[]> {
  const connection = recordedConnection();
  const screen = new FakeScreen();
  const keyboard = fakeKeyboard();
  const interruption = Promise.withResolvers<void>();
  // Compiled, as users have it.
  const {runApp} = (await import(
    new URL('../../../dist/source/app/shell/run-app.js', import.meta.url).href
  )) as {
    runApp: (options: AppOptions) => Promise<number>;
  };
  const ended = runApp({
    ...appOptions(connection, screen, keyboard),
    onInterrupt: (leave) => void interruption.promise.then(leave),
  });
  await showManyEvents(connection, keyboard);
  const frames = [
    ...(await measure(keyboard, screen, '\u001b[A')),
    ...(await measure(keyboard, screen, '\u001b[B')),
  ];
  interruption.resolve();
  await ended;
  return [
    {
      name: 'app: key → frame, 10,000 events',
      value: median(frames.map(({time}) => time)),
      unit: 'ms',
      target: 33,
    },
    {
      name: 'app: bytes of such a frame',
      value: median(frames.map(({bytes}) => bytes)),
      unit: 'bytes',
      target: 8000,
    },
  ];
}

async function showManyEvents(
  connection: Connection & {emit: ReturnType<typeof recordedConnection>['emit']},
  keyboard: PassThrough,
) {
  await sleep(300);
  for (const key of ['/attach ', workflowId, '\r']) {
    keyboard.write(key);
    await sleep(100);
  }
  connection.emit({type: 'events', workflowId, events: manyEvents()});
  await sleep(1500);
  keyboard.write('\t');
  await sleep(200);
}

function manyEvents() {
  const run = new Recorder(workflowId);
  run.start();
  for (let turn = 1; run.events.length < eventCount; turn++) {
    run.model(turn, [{name: 'write_file', input: {path: `notes/${turn}.txt`}}]);
    run.tool(`t${turn}.c1`, 'sandbox.write_file', {path: `notes/${turn}.txt`}, 'wrote');
  }
  return run.events;
}

async function measure(
  keyboard: PassThrough,
  screen: FakeScreen,
  key: string,
): Promise<{time: number; bytes: number}[]> {
  const frames: {time: number; bytes: number}[] = [];
  for (let press = 0; press < 20; press++) {
    // Longer than the time between two frames: each key is drawn on its own.
    await sleep(60);
    screen.bytes = 0;
    const start = performance.now();
    keyboard.write(key);
    await once(screen, 'frame');
    frames.push({time: performance.now() - start, bytes: screen.bytes});
  }
  return frames;
}

class FakeScreen extends Writable {
  readonly columns = 160;
  readonly rows = 50;
  readonly isTTY = true;
  bytes = 0;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.bytes += chunk.length;
    // What only shows or hides the cursor is no frame.
    if (chunk.length > 20) this.emit('frame');
    done();
  }
}
