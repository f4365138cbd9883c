import {inLine} from '../../history/printable.ts';
import type {Segment, Tone} from '../../history/segment.ts';

/** Select Graphic Rendition (ECMA-48, 8.3.117): how a style begins and how it ends. */
type Style = readonly [on: number, off: number];

const inverse: Style = [7, 27];

// Colours come from the terminal's own palette, so that its theme decides; meaning never hangs on colour alone.
const weights: Partial<Record<Tone, Style>> = {quiet: [2, 22], name: [1, 22]};
const hues: Partial<Record<Tone, Style>> = {
  good: [32, 39],
  bad: [31, 39],
  busy: [36, 39],
  canceled: [35, 39],
};

/** How text is painted: with colours or by weight alone. */
export interface Painter {
  /** Segments one after the other, as text with its styles. */
  paint(segments: readonly Segment[]): string;
  paintSelected(segments: readonly Segment[]): string;
}

/**
 * A painter. A pane is painted as one text: as one element for each piece of a line, drawing takes five times as long.
 *
 * @param colors false leaves weight and inversion, as https://no-color.org asks
 */
export function createPainter(colors: boolean): Painter {
  const paint = (segments: readonly Segment[]): string =>
    segments
      .map(({text, tone}) => styled(inLine(text), weights[tone] ?? (colors ? hues[tone] : undefined)))
      .join('');
  return {paint, paintSelected: (segments) => styled(paint(segments), inverse)};
}

function styled(text: string, style: Style | undefined): string {
  return style === undefined || text === '' ? text : `\u001b[${style[0]}m${text}\u001b[${style[1]}m`;
}
