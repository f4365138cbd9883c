import {useInput, useIsScreenReaderEnabled, usePaste} from 'ink';
import {type ReactElement, useEffect, useLayoutEffect, useSyncExternalStore} from 'react';
import {terminalSize} from '../../terminal/abilities.ts';
import type {Canvas} from '../draw/canvas.ts';
import {CanvasContext} from '../draw/lines.tsx';
import {keyInputs} from '../keys/key-input.ts';
import {cursorOf} from '../state/select.ts';
import type {Program} from './program.ts';
import {Reading} from './reading.tsx';
import {Screen} from './screen.tsx';

interface AppProps {
  readonly program: Program;
  /** The terminal, which tells its size. */
  readonly stdout: NodeJS.WriteStream;
  /** Takes the screen; where it is read out, Ink writes it. */
  readonly canvas: Canvas;
  readonly colors: boolean;
}

/** The terminal's side of the app: keys, pastes and sizes go in as messages, the state comes out as a screen. */
export function App({program, stdout, canvas, colors}: AppProps): ReactElement {
  const state = useSyncExternalStore(program.subscribe, program.getState);
  const isRead = useIsScreenReaderEnabled();
  useInput((input, key) => {
    for (const press of keyInputs(input, key)) program.dispatch(press);
  });
  usePaste((text) => program.dispatch({type: 'paste', text}));
  useEffect(() => {
    const tell = (): void => program.dispatch({type: 'resized', ...terminalSize(stdout)});
    const resized = (): void => {
      // A terminal moves its lines, also where it soon has its old size again.
      canvas.forget();
      tell();
    };
    tell();
    stdout.on('resize', resized);
    return () => void stdout.off('resize', resized);
  }, [program, canvas, stdout]);
  // Runs after those of the panes, which have placed their lines by then.
  useLayoutEffect(() => {
    if (!isRead) canvas.draw(state.size, cursorOf(state));
  }, [canvas, isRead, state]);
  if (isRead) return <Reading state={state} />;
  return (
    <CanvasContext value={canvas}>
      <Screen state={state} colors={colors} />
    </CanvasContext>
  );
}
