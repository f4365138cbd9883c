import type {ReactElement} from 'react';
import type {DetailRow} from '../detail/detail.ts';
import {Frame} from '../draw/frame.tsx';
import type {Region} from '../state/layout.ts';
import {clamp} from '../state/list-view.ts';

interface TextPaneProps {
  readonly title: string;
  readonly rows: readonly DetailRow[];
  readonly top: number;
  readonly region: Region;
  readonly colors: boolean;
}

/** Rows of text to scroll through: a detail, the help, the files of the sandbox. */
export function TextPane({title, rows, top, region, colors}: TextPaneProps): ReactElement {
  const room = Math.max(0, region.height - 2);
  const first = clamp(top, 0, Math.max(0, rows.length - room));
  const visible = rows.slice(first, first + room);
  const end = first + visible.length;
  return (
    <Frame
      title={title}
      aside={rows.length > room ? `${end}/${rows.length}` : ''}
      region={region}
      focused={true}
      colors={colors}
      rows={visible.map((segments) => ({segments}))}
    />
  );
}
