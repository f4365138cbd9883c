import {Box} from 'ink';
import type {ReactElement} from 'react';
import {clip, displayWidth, inLine} from '../../history/printable.ts';
import {type Segment, segment, type Tone} from '../../history/segment.ts';
import type {Region} from '../state/layout.ts';
import {Lines} from './lines.tsx';
import {createPainter, type Painter} from './paint.ts';
import {layRow} from './row.ts';

/** One row inside a frame. */
export interface FrameRow {
  readonly segments: readonly Segment[];
  readonly selected?: boolean;
}

interface FrameProps {
  readonly title: string;
  /** At the right end of the upper edge. */
  readonly aside?: string;
  readonly region: Region;
  /** True where the keys go. */
  readonly focused: boolean;
  readonly colors: boolean;
  /** What fits the frame; missing rows stay empty. */
  readonly rows: readonly FrameRow[];
}

/**
 * An edge around rows, with a title in it. Its right side has its own place, so that it stands straight also where a
 * terminal takes a text for wider or narrower than it is.
 */
export function Frame(props: FrameProps): ReactElement | null {
  const {region, colors, rows} = props;
  const {width, height} = region;
  if (width < 6 || height < 2) return null;
  const painter = createPainter(colors);
  const lines = [
    painter.paint(topEdge(props)),
    ...Array.from({length: height - 2}, (_, index) => innerRow(rows[index], props, painter)),
    painter.paint([segment(`╰${'─'.repeat(width - 2)}`, 'quiet')]),
  ];
  return (
    <Box flexShrink={0}>
      <Lines region={{...region, width: width - 1}} lines={lines} />
      <Lines
        region={{...region, left: region.left + width - 1, width: 1}}
        lines={rightSide(props, painter)}
      />
    </Box>
  );
}

/** The title of a pane that another one is behind. */
export function tabTitle(title: string, behind: string | undefined): string {
  return behind === undefined ? title : `${title} · ⇥ ${behind}`;
}

function innerRow(row: FrameRow | undefined, {region, focused}: FrameProps, painter: Painter): string {
  const text = layRow(row?.segments ?? [], region.width - 4);
  const side = painter.paint([segment('│', 'quiet')]);
  if (!row?.selected || !focused) return `${side} ${painter.paint(text)} `;
  return `${side}›${painter.paintSelected(text)} `;
}

function rightSide({region, focused}: FrameProps, painter: Painter): string[] {
  const edge = (text: string, tone: Tone = 'quiet'): string => painter.paint([segment(text, tone)]);
  const side = Array<string>(region.height - 2).fill(edge('│'));
  return [edge('╮', focused ? 'busy' : 'quiet'), ...side, edge('╯')];
}

function topEdge({title, aside = '', region, focused}: FrameProps): Segment[] {
  const {width} = region;
  const edge: Tone = focused ? 'busy' : 'quiet';
  const name = clip(inLine(title), width - 6);
  const room = width - displayWidth(name) - 5;
  const besides = inLine(aside);
  const note = displayWidth(besides) + 3 <= room ? besides : '';
  const line = room - (note ? displayWidth(note) + 2 : 0);
  return [
    segment('╭ ', edge),
    segment(name, focused ? 'name' : 'plain'),
    segment(` ${'─'.repeat(line)}`, edge),
    segment(note && ` ${note} `, 'quiet'),
    segment('─', edge),
  ];
}
