import {Text, type TextProps} from 'ink';
import type {ReactElement} from 'react';
import type {Segment, Tone} from '../../history/segment.ts';

// From the terminal's own palette, so that its theme decides; meaning never hangs on colour alone.
const styles: Record<Tone, TextProps> = {
  plain: {},
  quiet: {dimColor: true},
  name: {bold: true},
  good: {color: 'green'},
  bad: {color: 'red'},
  busy: {color: 'cyan'},
  canceled: {color: 'magenta'},
};

/** How a tone looks; without colours only weight is left. */
export function styleOf(tone: Tone, colors: boolean): TextProps {
  const {color, ...style} = styles[tone];
  return colors && color !== undefined ? {...style, color} : style;
}

interface RowTextProps {
  readonly segments: readonly Segment[];
  readonly colors: boolean;
  readonly selected?: boolean;
}

/** Segments that were laid into a row, one after the other. */
export function RowText({segments, colors, selected = false}: RowTextProps): ReactElement {
  return (
    <Text wrap="truncate" inverse={selected}>
      {segments.map(({text, tone}, index) =>
        tone === 'plain' ? (
          text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a row have no other identity
          <Text key={index} {...styleOf(tone, colors)}>
            {text}
          </Text>
        ),
      )}
    </Text>
  );
}
