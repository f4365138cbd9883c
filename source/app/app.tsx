import {useCursor, useInput, useIsScreenReaderEnabled, usePaste, useWindowSize} from 'ink';
import {type ReactElement, useEffect, useSyncExternalStore} from 'react';
import {keyInputs} from './key-input.ts';
import type {Program} from './program.ts';
import {Reading} from './reading.tsx';
import {Screen} from './screen.tsx';
import {cursorOf} from './select.ts';
import {terminalSize} from './terminal.ts';

interface AppProps {
  readonly program: Program;
  readonly colors: boolean;
}

/** The terminal's side of the app: keys, pastes and sizes go in as messages, the state comes out as a screen. */
export function App({program, colors}: AppProps): ReactElement {
  const state = useSyncExternalStore(program.subscribe, program.getState);
  const {setCursorPosition} = useCursor();
  const isRead = useIsScreenReaderEnabled();
  useInput((input, key) => {
    for (const press of keyInputs(input, key)) program.dispatch(press);
  });
  usePaste((text) => program.dispatch({type: 'paste', text}));
  const {columns, rows} = useWindowSize();
  useEffect(
    () => program.dispatch({type: 'resized', ...terminalSize({columns, rows})}),
    [program, columns, rows],
  );
  setCursorPosition(isRead ? undefined : cursorOf(state));
  return isRead ? <Reading state={state} /> : <Screen state={state} colors={colors} />;
}
