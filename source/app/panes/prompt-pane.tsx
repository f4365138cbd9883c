import type {ReactElement} from 'react';
import {toWidth} from '../../history/printable.ts';
import {segment} from '../../history/segment.ts';
import {Frame, type FrameRow} from '../draw/frame.tsx';
import type {Completion} from '../state/completion.ts';
import type {Region} from '../state/layout.ts';
import {clamp} from '../state/list-view.ts';
import type {TextWindow} from '../text/text-layout.ts';

interface PromptPaneProps {
  readonly text: TextWindow;
  readonly isEmpty: boolean;
  readonly completions: readonly Completion[];
  readonly completion: number;
  /** Takes the place of the text where something is asked. */
  readonly question?: string;
  readonly region: Region;
  readonly focused: boolean;
  readonly colors: boolean;
}

/** Where prompts and commands are written, with the completions below. */
export function PromptPane(props: PromptPaneProps): ReactElement {
  const {region, focused, colors, question} = props;
  const rows =
    question === undefined ? [...textRows(props), ...completionRows(props)] : questionRows(question);
  return <Frame title="Prompt" region={region} focused={focused} colors={colors} rows={rows} />;
}

function questionRows(question: string): FrameRow[] {
  return [{segments: [segment('y/n', 'busy'), segment(question)]}];
}

function textRows({text, isEmpty}: PromptPaneProps): FrameRow[] {
  if (isEmpty)
    return [{segments: [segment('›', 'busy'), segment('Type a prompt, or / for commands', 'quiet')]}];
  return text.lines.map((line, index) => ({
    segments: [segment(index === 0 ? '›' : ' ', 'busy'), segment(line)],
  }));
}

function completionRows({completions, completion, text, region}: PromptPaneProps): FrameRow[] {
  const room = Math.max(0, region.height - 2 - text.lines.length);
  const first = clamp(completion - room + 1, 0, Math.max(0, completions.length - room));
  const labelWidth = Math.min(24, Math.floor(region.width / 2));
  return completions.slice(first, first + room).map(({label, help}, index) => ({
    segments: [segment(` ${toWidth(label, labelWidth)}`, 'name'), segment(help, 'quiet')],
    selected: first + index === completion,
  }));
}
