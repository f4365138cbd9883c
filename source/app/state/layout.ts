import {rowCount} from '../text/text-layout.ts';
import type {AppState, Pane} from './state.ts';

/** A part of the screen: where it is, and its outer size; a frame takes one cell on each side of it. */
export interface Region extends Size {
  readonly top: number;
  readonly left: number;
}

/** Columns and rows. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How the screen is divided. Heights of header, body, prompt and footer add up to the screen's. */
export interface Layout {
  /** `small`: nothing but a notice; `tabs`: one pane at a time. */
  readonly mode: 'small' | 'tabs' | 'stacked' | 'side';
  readonly header: Region;
  readonly body: Region;
  readonly events: Region;
  readonly history: Region;
  readonly prompt: Region;
  readonly footer: Region;
  /** Rows of the prompt's text. */
  readonly promptRows: number;
  /** Which pane is shown in `tabs`. */
  readonly tab: Exclude<Pane, 'prompt'>;
}

/** Columns of the frame and the `› ` before the prompt's text. */
export const promptIndent = 4;

const headerAndFooter = 2;
const frame = 2;

/** Divides the screen for a state; `completions` is how many rows the prompt needs below its text. */
export function layoutOf(state: AppState, completions = 0): Layout {
  const {columns, rows} = state.size;
  const longest = Math.max(1, Math.min(8, Math.floor(rows / 4)));
  const promptRows = rowCount(state.prompt.buffer, promptWidth(columns), longest);
  const room = Math.max(0, rows - headerAndFooter - frame - promptRows - 3);
  const promptHeight = promptRows + Math.min(completions, room) + frame;
  const bodyHeight = Math.max(0, rows - headerAndFooter - promptHeight);
  const band = (top: number, height: number): Region => ({top, left: 0, width: columns, height});
  const body = band(1, bodyHeight);
  const mode = layoutMode(state.size);
  return {
    mode,
    header: band(0, 1),
    ...panes(mode, body),
    body,
    prompt: band(1 + bodyHeight, promptHeight),
    footer: band(1 + bodyHeight + promptHeight, 1),
    promptRows,
    tab: tabOf(state),
  };
}

/** Columns for the prompt's text on a screen this wide. */
export function promptWidth(columns: number): number {
  return Math.max(1, columns - promptIndent - frame);
}

/** Rows and columns inside a frame. */
export function inside({width, height}: Size): Size {
  return {width: Math.max(0, width - 4), height: Math.max(0, height - frame)};
}

/** Rows for the scenarios in a picker of this many rows: what the selected one shows stands below, where there is room. */
export function pickerRows(rows: number): number {
  return rows < 6 ? rows : rows - 2;
}

/** How a screen of this size is divided. */
export function layoutMode({columns, rows}: AppState['size']): Layout['mode'] {
  if (columns < 30 || rows < 8) return 'small';
  if (columns < 60 || rows < 16) return 'tabs';
  return columns < 100 ? 'stacked' : 'side';
}

function panes(mode: Layout['mode'], body: Region): {events: Region; history: Region} {
  if (mode === 'side') {
    const width = Math.floor(body.width * 0.45);
    return {
      events: {...body, width},
      history: {...body, left: width, width: body.width - width},
    };
  }
  if (mode === 'stacked') {
    const height = Math.floor(body.height * 0.45);
    return {
      events: {...body, height},
      history: {...body, top: body.top + height, height: body.height - height},
    };
  }
  return {events: body, history: body};
}

function tabOf({focus}: AppState): Exclude<Pane, 'prompt'> {
  return focus === 'events' ? 'events' : 'history';
}
