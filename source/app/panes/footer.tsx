import type {ReactElement} from 'react';
import {displayWidth, printable} from '../../history/printable.ts';
import {segment} from '../../history/segment.ts';
import {Lines} from '../draw/lines.tsx';
import {createPainter} from '../draw/paint.ts';
import {layRow} from '../draw/row.ts';
import type {Region} from '../state/layout.ts';
import type {Notice} from '../state/state.ts';

type Hint = readonly [key: string, does: string];

interface FooterProps {
  readonly notice?: Notice;
  /** Keys and what they do here, most useful first. */
  readonly hints: readonly Hint[];
  readonly region: Region;
  readonly colors: boolean;
}

/** The last row: what happened, else which keys help here. */
export function Footer({notice, hints, region, colors}: FooterProps): ReactElement {
  const segments = notice
    ? [segment(` ${printable(notice.text)}`, notice.tone)]
    : fitting(hints, region.width).flatMap(([key, does]) => [
        segment(` ${key}`, 'busy'),
        segment(does, 'quiet'),
      ]);
  return <Lines region={region} lines={[createPainter(colors).paint(layRow(segments, region.width))]} />;
}

/** The first hints that fit, each of them whole. */
function fitting(hints: readonly Hint[], width: number): readonly Hint[] {
  let used = 0;
  const end = hints.findIndex(([key, does]) => {
    used += displayWidth(key) + displayWidth(does) + 3;
    return used - 1 > width;
  });
  return end < 0 ? hints : hints.slice(0, end);
}
