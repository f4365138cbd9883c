import type {ReactElement} from 'react';
import {printable} from '../../history/printable.ts';
import {segment} from '../../history/segment.ts';
import type {Region} from '../layout.ts';
import {createPainter} from '../paint.ts';
import {layRow} from '../row.ts';
import type {Notice} from '../state.ts';
import {Lines} from './lines.tsx';

interface FooterProps {
  readonly notice?: Notice;
  /** Keys and what they do here, most useful first. */
  readonly hints: readonly (readonly [key: string, does: string])[];
  readonly region: Region;
  readonly colors: boolean;
}

/** The last row: what happened, else which keys help here. */
export function Footer({notice, hints, region, colors}: FooterProps): ReactElement {
  const segments = notice
    ? [segment(` ${printable(notice.text)}`, notice.tone)]
    : hints.flatMap(([key, does], index) => [
        segment(`${index === 0 ? ' ' : ' '}${key}`, 'busy'),
        segment(does, 'quiet'),
      ]);
  return <Lines region={region} lines={[createPainter(colors).paint(layRow(segments, region.width))]} />;
}
