import xterm from '@xterm/headless';
import {render} from 'ink-testing-library';
import {describe, expect, it, vi} from 'vitest';
import {type Canvas, createCanvas} from '../../../source/app/draw/canvas.ts';
import {CanvasContext} from '../../../source/app/draw/lines.tsx';
import {Screen} from '../../../source/app/shell/screen.tsx';
import {cursorOf} from '../../../source/app/state/select.ts';
import type {AppState} from '../../../source/app/state/state.ts';
import {situations} from '../situations.ts';

vi.stubEnv('TZ', 'UTC');

/** A real terminal emulation with a canvas on it. */
class CanvasTerminal {
  readonly #terminal: xterm.Terminal;
  readonly canvas: Canvas;
  written = '';

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
    this.#terminal.write('\u001b[?1049h');
    this.canvas = createCanvas((text) => this.write(text));
  }

  write(text: string): void {
    this.written += text;
    this.#terminal.write(text);
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  async settled(): Promise<void> {
    await new Promise<void>((resolve) => this.#terminal.write('', resolve));
  }

  async lines(): Promise<string[]> {
    await this.settled();
    const {active} = this.#terminal.buffer;
    return Array.from(
      {length: this.#terminal.rows},
      (_, y) => active.getLine(y)?.translateToString(true, 0, this.#terminal.cols).trimEnd() ?? '',
    );
  }

  /** What stands in a column, from the top on. */
  column(x: number): string {
    const {active} = this.#terminal.buffer;
    const cells = Array.from({length: this.#terminal.rows}, (_, y) =>
      active.getLine(y)?.getCell(x)?.getChars(),
    );
    return cells.join('');
  }

  background(x: number, y: number): 'default' | 'color' {
    return this.#terminal.buffer.active.getLine(y)?.getCell(x)?.isBgDefault() ? 'default' : 'color';
  }

  show(state: AppState): void {
    const {unmount} = render(
      <CanvasContext value={this.canvas}>
        <Screen state={state} colors={true} />
      </CanvasContext>,
    );
    this.canvas.draw(state.size, cursorOf(state));
    unmount();
  }
}

function drawnByInk(state: AppState): string[] {
  const {lastFrame, unmount} = render(<Screen state={state} colors={false} />);
  const text = lastFrame() ?? '';
  unmount();
  return text
    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    .map((line) => line.trimEnd());
}

const states = (columns: number, rows: number): AppState[] =>
  Object.values(situations).map((situation) => situation(columns, rows).state);

const unspaced = (line: string): string => line.replaceAll(' ', '');

describe('a canvas', () => {
  it.each([
    [45, 12],
    [80, 24],
    [120, 40],
  ])('shows what Ink would draw, whatever it showed before, at %i×%i', async (columns, rows) => {
    const terminal = new CanvasTerminal(columns, rows);
    for (const state of states(columns, rows)) {
      terminal.show(state);
      expect((await terminal.lines()).map(unspaced)).toEqual(drawnByInk(state).map(unspaced));
      // This terminal takes a family for six cells wide, so that only its column tells that the side is straight.
      if (columns > 100) expect(terminal.column(columns - 1)).toMatch(/^.?╮│+╯╮│+╯.?$/);
    }
  });

  it('shows it after each change of size', async () => {
    const terminal = new CanvasTerminal(120, 40);
    for (const [columns, rows] of [
      [120, 40],
      [50, 12],
      [20, 5],
      [90, 30],
    ] as const) {
      terminal.resize(columns, rows);
      terminal.canvas.forget();
      const [state] = states(columns, rows).slice(3);
      if (!state) throw new Error('no state');
      terminal.show(state);
      const lines = drawnByInk(state);
      expect((await terminal.lines()).slice(0, lines.length)).toEqual(lines);
    }
  });

  it('mends what other programs did to the terminal', async () => {
    const terminal = new CanvasTerminal(100, 30);
    const [state] = states(100, 30).slice(3);
    if (!state) throw new Error('no state');
    terminal.show(state);
    const before = await terminal.lines();
    terminal.write('\u001b[41mwall\r\n\u001b[3;4r\u001b[?6h\u001b[4h\u001b(0\u000e');
    terminal.canvas.forget();
    terminal.show(state);
    expect(await terminal.lines()).toEqual(before);
    expect(terminal.background(50, 20)).toBe('default');
  });

  it('writes nothing where nothing has changed, and only the rows that have', () => {
    const terminal = new CanvasTerminal(100, 30);
    const region = {top: 2, left: 4, width: 3, height: 2};
    terminal.canvas.place(region, ['abc', 'def']);
    terminal.canvas.draw({columns: 100, rows: 30}, undefined);
    terminal.written = '';
    terminal.canvas.draw({columns: 100, rows: 30}, undefined);
    expect(terminal.written).toBe('');
    terminal.canvas.place({...region, left: 7}, ['ghi', 'jkl']);
    terminal.canvas.place({...region, top: 8}, ['mno']);
    terminal.canvas.draw({columns: 100, rows: 30}, {x: 1, y: 2});
    terminal.written = '';
    terminal.canvas.draw({columns: 100, rows: 30}, {x: 0, y: 0});
    expect(terminal.written).toBe('\u001b[1;1H\u001b[?25h');
  });
});
