import {Box, Text} from 'ink';
import type {ReactElement} from 'react';
import {printable} from '../../history/printable.ts';
import {segmentsText} from '../../history/segment.ts';
import {treeLine} from '../../history/tree-line.ts';
import {overlayRows} from '../detail/overlay-rows.ts';
import {historyRows, isHome, openRuns, pickable, selectedIndex, topOverlay} from '../state/select.ts';
import type {AppState, Overlay} from '../state/state.ts';

/** Events that are read out: the last ones. */
const recent = 5;

/** The app for a screen reader: sentences from top to bottom instead of panes, and no drawing. */
export function Reading({state}: {readonly state: AppState}): ReactElement {
  return (
    <Box flexDirection="column">
      <Text>{statusSentence(state)}</Text>
      <Main state={state} />
      {state.notice && <Text>{printable(state.notice.text)}</Text>}
      <Box aria-role="textbox" aria-state={{multiline: true}}>
        <Text>{`Prompt: ${state.prompt.buffer.text}`}</Text>
      </Box>
    </Box>
  );
}

function statusSentence({connection, runs, waiting}: AppState): string {
  const open = runs.filter((run) => run.state === 'open').length;
  return `${serverSentence(connection)} ${open} running, ${waiting.length} waiting.`;
}

function serverSentence({phase, facts, outage}: AppState['connection']): string {
  if (outage !== undefined) return `${printable(outage)}.`;
  return phase === 'ready' ? `Connected to ${facts?.address}.` : `The server is ${phase}.`;
}

function Main({state}: {readonly state: AppState}): ReactElement {
  const top = topOverlay(state);
  if (top) return <Covering state={state} overlay={top} />;
  if (isHome(state)) return <Scenarios state={state} />;
  const rows = historyRows(state);
  const selected = rows[selectedIndex(state, rows)];
  const events = state.events.shown.slice(-recent).map((place) => state.events.entries[place]?.text ?? '');
  return (
    <Box flexDirection="column">
      <Lines title="Events" lines={events} />
      {selected && <Text>{`Selected: ${segmentsText(treeLine(selected, {times: false}))}`}</Text>}
      {openRuns(state).length === 0 && <Text>Nothing is running.</Text>}
    </Box>
  );
}

function Covering({state, overlay}: {readonly state: AppState; readonly overlay: Overlay}): ReactElement {
  if (overlay.type === 'picker') return <Scenarios state={state} />;
  if (overlay.type === 'confirm') return <Text>{`${overlay.question} Press y for yes, n for no.`}</Text>;
  if (overlay.type === 'runs') {
    const runs = overlay.runs ?? [];
    return (
      <Lines title="Runs" lines={runs.map(({workflowId, status}) => `${printable(workflowId)}, ${status}`)} />
    );
  }
  const lines = overlayRows(state, overlay).slice(overlay.top, overlay.top + 20);
  return (
    <Lines title={overlay.type === 'text' ? overlay.title : overlay.type} lines={lines.map(segmentsText)} />
  );
}

function Scenarios({state}: {readonly state: AppState}): ReactElement {
  const lines = pickable(state).map(({name, title}, index) => {
    const isSelected = index === state.picker.view.selected;
    return `${isSelected ? 'selected: ' : ''}${name}, ${title}`;
  });
  return <Lines title="Pick a run, or type a prompt" lines={lines} />;
}

function Lines({title, lines}: {readonly title: string; readonly lines: readonly string[]}): ReactElement {
  return (
    <Box flexDirection="column" aria-role="list">
      <Text>{title}</Text>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
        <Text key={index}>{line}</Text>
      ))}
    </Box>
  );
}
