import {PassThrough, Writable} from 'node:stream';
import xterm from '@xterm/headless';

/** A terminal inside the test's own process: what the app writes, and the screen that a person would see. */
export class FakeScreen extends Writable {
  readonly isTTY = true;
  readonly columns: number;
  readonly rows: number;
  output = '';
  readonly #terminal: xterm.Terminal;

  constructor(columns = 100, rows = 30) {
    super();
    this.columns = columns;
    this.rows = rows;
    this.#terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.output += chunk.toString();
    this.#terminal.write(chunk, done);
  }

  /** The rows that are visible now, without trailing spaces. */
  lines(): string[] {
    const {active} = this.#terminal.buffer;
    return Array.from(
      {length: this.rows},
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    );
  }

  /** The cursor's cell. */
  cursor(): {x: number; y: number} {
    const {cursorX, cursorY} = this.#terminal.buffer.active;
    return {x: cursorX, y: cursorY};
  }
}

/** A keyboard that a test writes to. */
export function fakeKeyboard(): PassThrough {
  const keyboard = new PassThrough();
  return Object.assign(keyboard, {
    isTTY: true,
    setRawMode: () => keyboard,
    ref: () => keyboard,
    unref: () => keyboard,
  });
}
