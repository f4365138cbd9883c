import {Box} from 'ink';
import type {ReactElement} from 'react';
import {toWidth} from '../../history/printable.ts';
import {tokenWords, totalUsage} from '../../history/token-words.ts';
import {Lines} from '../draw/lines.tsx';
import {hintsOf} from '../keys/hints.ts';
import {Footer} from '../panes/footer.tsx';
import {PromptPane} from '../panes/prompt-pane.tsx';
import {StatusLine} from '../panes/status-line.tsx';
import {promptWidth} from '../state/layout.ts';
import {completions, currentLayout, isEmpty, openRuns, topOverlay} from '../state/select.ts';
import type {AppState} from '../state/state.ts';
import {textWindow} from '../text/text-layout.ts';
import {Body} from './body.tsx';
import type {PartProps} from './part.ts';

/** The whole screen for a state: exactly as many rows and columns as the terminal has. */
export function Screen({state, colors}: Omit<PartProps, 'layout'>): ReactElement {
  const layout = currentLayout(state);
  if (layout.mode === 'small') return <TooSmall size={state.size} />;
  return (
    <Box flexDirection="column" flexShrink={0}>
      <StatusLine
        connection={state.connection}
        {...(state.model !== undefined && {model: state.model})}
        tokens={tokenWords(totalUsage(state.forest))}
        running={openRuns(state).length}
        waiting={state.waiting.length}
        now={state.now}
        region={layout.header}
        colors={colors}
      />
      <Body state={state} layout={layout} colors={colors} />
      <PromptArea state={state} layout={layout} colors={colors} />
      <Footer
        {...(state.notice && {notice: state.notice})}
        hints={hintsOf(state)}
        region={layout.footer}
        colors={colors}
      />
    </Box>
  );
}

function TooSmall({size: {columns, rows}}: {readonly size: AppState['size']}): ReactElement {
  const notice = toWidth(`Needs 30×8, has ${columns}×${rows}`, columns);
  return <Lines region={{top: 0, left: 0, width: columns, height: 1}} lines={[notice]} />;
}

function PromptArea({state, layout, colors}: PartProps): ReactElement {
  const top = topOverlay(state);
  const text = textWindow(state.prompt.buffer, promptWidth(state.size.columns), layout.promptRows);
  return (
    <PromptPane
      text={text}
      isEmpty={isEmpty(state)}
      completions={completions(state)}
      completion={state.prompt.completion}
      {...(top?.type === 'confirm' && {question: top.question})}
      region={layout.prompt}
      focused={top ? top.type === 'confirm' : state.focus === 'prompt'}
      colors={colors}
    />
  );
}
