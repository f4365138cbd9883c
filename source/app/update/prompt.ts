import {printableLines} from '../../history/printable.ts';
import {promptWidth} from '../state/layout.ts';
import {completions} from '../state/select.ts';
import type {AppState, PromptState} from '../state/state.ts';
import * as edit from '../text/text-buffer.ts';
import {moveRow} from '../text/text-layout.ts';
import {type Next, next, tell} from './next.ts';

type Edit = (buffer: edit.TextBuffer) => edit.TextBuffer;

/** An action that changes the prompt's text or cursor. */
export function editing(change: Edit): (state: AppState) => Next {
  return (state) => next(state, {prompt: edited(state.prompt, change(state.prompt.buffer))});
}

/** Puts text at the cursor, freed of control sequences; it never executes. */
export function insertText(state: AppState, text: string): Next {
  const safe = printableLines(text).join('\n');
  const {buffer} = state.prompt;
  const prompt = edited(state.prompt, edit.insert(buffer, safe));
  const changed = {...state, prompt};
  const isClipped = buffer.text.length + safe.length > edit.maximumLength;
  return isClipped
    ? tell(changed, `the prompt is full at ${edit.maximumLength} characters`, 'bad')
    : next(changed);
}

/** A line up, a completion up, or at the top the prompt before. */
export function promptUp(state: AppState): Next {
  return vertical(state, -1);
}

/** A line down, a completion down, or at the bottom the prompt after. */
export function promptDown(state: AppState): Next {
  return vertical(state, 1);
}

function vertical(state: AppState, direction: -1 | 1): Next {
  const {prompt} = state;
  const offered = completions(state).length;
  if (offered > 0) {
    const completion = (prompt.completion + direction + offered) % offered;
    return next(state, {prompt: {...prompt, completion}});
  }
  const moved = moveRow(prompt.buffer, promptWidth(state.size.columns), direction);
  return next(state, {prompt: moved ? {...prompt, buffer: moved} : recall(prompt, direction)});
}

/** Goes back (-1) or forth (1) in the history; what was being written waits at its end. */
function recall(prompt: PromptState, direction: -1 | 1): PromptState {
  const {history, recalled, buffer} = prompt;
  const current = recalled ?? history.length;
  const target = current + direction;
  if (target < 0 || target > history.length || current === target) return prompt;
  const draft = recalled === undefined ? buffer.text : prompt.draft;
  const {recalled: _recalled, ...rest} = prompt;
  const text = history[target] ?? draft;
  const isDraft = target === history.length;
  return {...rest, draft, buffer: edit.bufferOf(text), ...(!isDraft && {recalled: target})};
}

/** Takes the selected completion into the prompt. */
export function complete(state: AppState): Next | undefined {
  const chosen = completions(state)[state.prompt.completion];
  if (!chosen || chosen.text === state.prompt.buffer.text) return undefined;
  return next(state, {prompt: edited(state.prompt, edit.bufferOf(chosen.text))});
}

/** Drops a command that is being written, with its completions; a prompt stays. */
export function dropCommand(state: AppState): Next {
  if (!state.prompt.buffer.text.startsWith('/')) return next(state);
  return next(state, {prompt: cleared(state.prompt)});
}

/** An empty prompt; what was in it is remembered as the newest of the history. */
export function cleared(prompt: PromptState, remembered?: string): PromptState {
  const {history} = prompt;
  const isNew = remembered !== undefined && remembered !== history.at(-1);
  return {
    buffer: edit.bufferOf(),
    history: isNew ? [...history, remembered] : history,
    draft: '',
    completion: 0,
  };
}

function edited(prompt: PromptState, buffer: edit.TextBuffer): PromptState {
  const isSame = buffer.text === prompt.buffer.text;
  return {...prompt, buffer, completion: isSame ? prompt.completion : 0};
}
