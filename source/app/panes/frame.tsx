import {Box, Text} from 'ink';
import type {ReactElement} from 'react';
import {clip, displayWidth} from '../../history/printable.ts';
import type {Segment} from '../../history/segment.ts';
import {layRow} from '../row.ts';
import {RowText, styleOf} from './row-text.tsx';

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
export function Frame({
  title,
  aside = '',
  width,
  height,
  focused,
  colors,
  rows,
}: FrameProps): ReactElement | null {
  if (width < 6 || height < 2) return null;
  const edge = styleOf(focused ? 'busy' : 'quiet', colors);
  const inner = Array.from({length: height - 2}, (_, index) => rows[index] ?? {segments: []});
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <TopEdge title={title} aside={aside} width={width} focused={focused} colors={colors} />
      {inner.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen
        <Text key={index} wrap="truncate">
          <Text {...edge}>│</Text>
          {row.selected && focused ? '›' : ' '}
          <RowText
            segments={layRow(row.segments, width - 4)}
            colors={colors}
            selected={row.selected === true && focused}
          />{' '}
          <Text {...edge}>│</Text>
        </Text>
      ))}
      <Text {...edge} wrap="truncate">{`╰${'─'.repeat(width - 2)}╯`}</Text>
    </Box>
  );
}

type TopEdgeProps = Pick<FrameProps, 'title' | 'width' | 'focused' | 'colors'> & {readonly aside: string};

function TopEdge({title, aside, width, focused, colors}: TopEdgeProps): ReactElement {
  const edge = styleOf(focused ? 'busy' : 'quiet', colors);
  const name = clip(title, width - 6);
  const room = width - displayWidth(name) - 5;
  const note = displayWidth(aside) + 3 <= room ? aside : '';
  const line = room - (note ? displayWidth(note) + 2 : 0);
  return (
    <Text wrap="truncate">
      <Text {...edge}>╭ </Text>
      <Text bold={focused}>{name}</Text>
      <Text {...edge}>{` ${'─'.repeat(line)}`}</Text>
      {note && <Text dimColor>{` ${note} `}</Text>}
      <Text {...edge}>─╮</Text>
    </Text>
  );
}
