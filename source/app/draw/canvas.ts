import type {TerminalSize} from '../../terminal/abilities.ts';
import type {Region} from '../state/layout.ts';

/** A cell by its column and row, from the upper left on. */
interface Cell {
  readonly x: number;
  readonly y: number;
}

/** Lines in a part of the screen, each exactly as wide as its region. */
interface Placement {
  readonly region: Region;
  readonly lines: readonly string[];
}

/** What stands in one row: texts side by side, from left to right. */
type Row = readonly {readonly left: number; readonly text: string}[];

/** The terminal's cells: parts of the screen are placed, and what changed is written. */
export interface Canvas {
  /**
   * Keeps lines on the screen until the returned function is called.
   *
   * @param lines each exactly `region.width` columns wide, with no control sequences but styles that end with the line
   */
  place(region: Region, lines: readonly string[]): () => void;
  /**
   * Writes what has changed since the last time, and everything where the size has.
   *
   * @param cursor where the terminal's cursor stands; undefined hides it
   */
  draw(size: TerminalSize, cursor: Cell | undefined): void;
  /** The terminal has lost or moved what it showed: the next time, everything is written. */
  forget(): void;
}

// Private modes of xterm's (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html), and synchronized output
// (https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036): no half frame is seen, and a line that
// meets a terminal narrower than it was made for is cut.
const begin = '\u001b[?2026h\u001b[?7l';
const wrapAgain = '\u001b[?7h';
const end = '\u001b[?2026l';
const showCursor = '\u001b[?25h';
const hideCursor = '\u001b[?25l';
// Styles, margins, origin, insertion and character sets as they were at first, whatever else has written here.
const resetModes = '\u001b[0m\u001b[r\u001b[?6l\u001b[4l\u001b(B\u000f';
const eraseScreen = '\u001b[H\u001b[J';
const eraseLine = '\u001b[2K';

/**
 * A canvas on a terminal's alternate screen.
 *
 * Ink lays out every cell of the screen for each frame and then looks for what is different, which holds up the keys for
 * 7 ms at 120×40. Here the lines are exact already, and a line that stays costs a comparison.
 *
 * @param write to the terminal, one frame at a time
 */
export function createCanvas(write: (text: string) => void): Canvas {
  const placements = new Set<Placement>();
  let shown: readonly Row[] = [];
  let shownCursor = '';
  let size: TerminalSize | undefined;
  return {
    place(region, lines) {
      const placement = {region, lines};
      placements.add(placement);
      return () => placements.delete(placement);
    },
    draw(newSize, newCursor) {
      const isAnew = newSize.columns !== size?.columns || newSize.rows !== size.rows;
      const rows = rowsOf(placements, newSize.rows);
      const changes = rows.map((row, y) => changeOf(isAnew ? [] : (shown[y] ?? []), row, y)).join('');
      const erased = isAnew ? `${resetModes}${eraseScreen}` : '';
      const cursor = newCursor ? `${moveTo(newCursor)}${showCursor}` : hideCursor;
      if (isAnew || changes !== '') {
        write(`${begin}${hideCursor}${erased}${changes}${wrapAgain}${cursor}${end}`);
      } else if (cursor !== shownCursor) write(cursor);
      size = newSize;
      shown = rows;
      shownCursor = cursor;
    },
    forget() {
      size = undefined;
    },
  };
}

function rowsOf(placements: Iterable<Placement>, count: number): Row[] {
  const rows = Array.from({length: count}, (): {left: number; text: string}[] => []);
  for (const {region, lines} of placements) {
    for (const [index, text] of lines.entries()) rows[region.top + index]?.push({left: region.left, text});
  }
  for (const row of rows) row.sort((a, b) => a.left - b.left);
  return rows;
}

/** What turns one row into another: the texts that differ, or the whole row. */
function changeOf(before: Row, after: Row, y: number): string {
  const isSame = after.map(({left, text}, index) => {
    const old = before[index];
    return old?.left === left && old.text === text;
  });
  if (before.length === after.length && !isSame.includes(false)) return '';
  const isWhole = !isDividedAlike(before, after) || [...before, ...after].some(isUncertain);
  const texts = after.map(({left, text}, index) =>
    isSame[index] && !isWhole ? '' : moveTo({x: left, y}) + text,
  );
  const isErased = isWhole && before.length > 0;
  return `${isErased ? moveTo({x: 0, y}) + eraseLine : ''}${texts.join('')}`;
}

function isDividedAlike(before: Row, after: Row): boolean {
  return before.length === after.length && after.every(({left}, index) => left === before[index]?.left);
}

/** Terminals differ in how wide they take combined characters and emoji: such a text may leave or reach into cells. */
function isUncertain({text}: Row[number]): boolean {
  return /[\p{Mark}\p{Format}\p{Extended_Pictographic}]/u.test(text);
}

function moveTo({x, y}: Cell): string {
  return `\u001b[${y + 1};${x + 1}H`;
}
