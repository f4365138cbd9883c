import {Box, Text} from 'ink';
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
  const inner = Array.from({length: height - 2}, (_, index) => innerRow(rows[index], props, painter));
  const side = inner.map(() => painter.paint([segment('│', 'quiet')])).join('\n');
  const bottom = painter.paint([segment(`╰${'─'.repeat(width - 2)}╯`, 'quiet')]);
  // The sides stand alone, so that most rows between them are ASCII, which is measured much faster.
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <Text>{painter.paint(topEdge(props))}</Text>
      <Box height={height - 2}>
        <Text>{side}</Text>
        <Text>{inner.join('\n')}</Text>
        <Text>{side}</Text>
      </Box>
      <Text>{bottom}</Text>
    </Box>
  );
}

function innerRow(row: FrameRow | undefined, {width, focused}: FrameProps, painter: Painter): string {
  const text = layRow(row?.segments ?? [], width - 4);
  if (!row?.selected || !focused) return ` ${painter.paint(text)} `;
  return `›${painter.paintSelected(text)} `;
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
