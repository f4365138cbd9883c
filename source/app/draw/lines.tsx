import {Box, Transform} from 'ink';
import {createContext, type ReactElement, useContext, useLayoutEffect} from 'react';
import type {Region} from '../state/layout.ts';
import type {Canvas} from './canvas.ts';

/** What lines are drawn on; without one, Ink draws them itself. */
export const CanvasContext = createContext<Canvas | undefined>(undefined);

interface LinesProps {
  readonly region: Region;
  /** As many as the region is high, each exactly as wide, printable but for styles. */
  readonly lines: readonly string[];
}

/** Lines at their place on the screen. */
export function Lines({region, lines}: LinesProps): ReactElement | null {
  const canvas = useContext(CanvasContext);
  useLayoutEffect(() => canvas?.place(region, lines));
  if (canvas) return null;
  // As text, Ink would clean, measure and wrap the lines, each more dearly than drawing it. They are printable and exact
  // already, so they take the place of a text of as many lines.
  return (
    <Box width={region.width} height={region.height} flexShrink={0}>
      <Transform transform={(_line, index) => lines[index] ?? ''}>
        {lines.map(() => '.').join('\n')}
      </Transform>
    </Box>
  );
}
