import {Box, Transform} from 'ink';
import type {ReactElement} from 'react';
import {clip, displayWidth} from '../../history/printable.ts';
import {type Segment, segment, type Tone} from '../../history/segment.ts';
import {createPainter, type Painter} from '../paint.ts';
import {layRow} from '../row.ts';

/** One row inside a frame. */
export interface FrameRow {
  readonly segments: readonly Segment[];
  readonly selected?: boolean;
}

interface FrameProps {
  readonly title: string;
  /** At the right end of the upper edge. */
  readonly aside?: string;
  readonly width: number;
  readonly height: number;
  /** True where the keys go. */
  readonly focused: boolean;
  readonly colors: boolean;
  /** What fits the frame; missing rows stay empty. */
  readonly rows: readonly FrameRow[];
}

/**
 * A box of exactly `width` × `height` cells with a title in its edge. It is drawn row by row, so that wide characters
 * and whatever else comes cannot move its right side.
 */
export function Frame(props: FrameProps): ReactElement | null {
  const {width, height, colors, rows} = props;
  if (width < 6 || height < 2) return null;
  const painter = createPainter(colors);
  const lines = [
    painter.paint(topEdge(props)),
    ...Array.from({length: height - 2}, (_, index) => innerRow(rows[index], props, painter)),
    painter.paint([segment(`╰${'─'.repeat(width - 2)}╯`, 'quiet')]),
  ];
  return (
    <Box width={width} height={height} flexShrink={0}>
      <Lines lines={lines} />
    </Box>
  );
}

// As text, Ink would clean, measure and wrap the lines, each more dearly than drawing it: a frame takes a third longer.
// They are printable and exact already, so they take the place of a text of as many lines.
function Lines({lines}: {readonly lines: readonly string[]}): ReactElement {
  return (
    <Transform transform={(_line, index) => lines[index] ?? ''}>{lines.map(() => '.').join('\n')}</Transform>
  );
}

function innerRow(row: FrameRow | undefined, {width, focused}: FrameProps, painter: Painter): string {
  const text = layRow(row?.segments ?? [], width - 4);
  const side = painter.paint([segment('│', 'quiet')]);
  if (!row?.selected || !focused) return `${side} ${painter.paint(text)} ${side}`;
  return `${side}›${painter.paintSelected(text)} ${side}`;
}

function topEdge({title, aside = '', width, focused}: FrameProps): Segment[] {
  const edge: Tone = focused ? 'busy' : 'quiet';
  const name = clip(title, width - 6);
  const room = width - displayWidth(name) - 5;
  const note = displayWidth(aside) + 3 <= room ? aside : '';
  const line = room - (note ? displayWidth(note) + 2 : 0);
  return [
    segment('╭ ', edge),
    segment(name, focused ? 'name' : 'plain'),
    segment(` ${'─'.repeat(line)}`, edge),
    segment(note && ` ${note} `, 'quiet'),
    segment('─╮', edge),
  ];
}
