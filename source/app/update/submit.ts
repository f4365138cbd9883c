import {rootWorkflowId} from '../../../workflows/protocol/identity.ts';
import {nearestCommand, type SlashName, slashCommands} from '../state/completion.ts';
import {completions, isHome} from '../state/select.ts';
import type {AppState} from '../state/state.ts';
import {bufferOf} from '../text/text-buffer.ts';
import {selectedWorkflow} from './history.ts';
import {cancelSelected, quit} from './leaving.ts';
import {andThen, type Next, next, tell} from './next.ts';
import {attachTo, openHelp, openLink, openNewest, openPicker, openRunList, runPicked} from './open.ts';
import {cleared} from './prompt.ts';
import {start} from './starting.ts';

/** Enter in the prompt: takes an unfinished completion, else runs the command or the prompt. */
export function submit(state: AppState): Next {
  const chosen = completions(state)[state.prompt.completion];
  const text = chosen?.text ?? state.prompt.buffer.text;
  if (chosen?.incomplete && chosen.text !== state.prompt.buffer.text)
    return next(state, {prompt: {...state.prompt, buffer: bufferOf(chosen.text), completion: 0}});
  if (text.trim() === '') return isHome(state) ? runPicked(state) : openNewest(state);
  const command = commandOf(text);
  if (command && command.name === undefined) return unknownCommand(state, command.word);
  const emptied = next(state, {prompt: cleared(state.prompt, text)}, {type: 'remember', prompt: text});
  return andThen(emptied, (after) =>
    command?.name ? commandActions[command.name](after, command.argument) : start(after, {prompt: text}),
  );
}

/** What a text that begins with `/` asks for; the name is undefined where there is no such command. */
function commandOf(text: string): {name: SlashName | undefined; word: string; argument: string} | undefined {
  if (!text.startsWith('/')) return undefined;
  const [, word = '', argument = ''] = /^\/(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  return {name: slashCommands.find(({name}) => name === word)?.name, word, argument: argument.trim()};
}

/** The text stays, so that it can be corrected. */
function unknownCommand(state: AppState, word: string): Next {
  const meant = nearestCommand(word);
  const advice = meant ? `, did you mean /${meant}?` : ': /help lists them';
  return tell(state, `unknown command /${word}${advice}`, 'bad');
}

const commandActions: Record<SlashName, (state: AppState, argument: string) => Next> = {
  scenarios: openPicker,
  scenario: startScenario,
  runs: openRunList,
  attach: (state, workflowId) =>
    workflowId ? attachTo(state, workflowId) : tell(state, '/attach needs a workflow id', 'bad'),
  cancel: cancelSelected,
  new: startAfresh,
  model: chooseModel,
  open: openLink,
  export: saveSelected,
  sandbox: (state) => next(state, {}, {type: 'listSandbox'}),
  clear: forgetFinished,
  help: openHelp,
  quit,
};

function startScenario(state: AppState, name: string): Next {
  if (name === '') return openPicker(state);
  if (state.scenarios.some((scenario) => scenario.name === name)) return start(state, {scenario: name});
  return tell(state, `no scenario is called ${name}: /scenarios lists them`, 'bad');
}

function startAfresh({conversation: _, ...state}: AppState): Next {
  return tell(state, 'the next prompt starts a new conversation', 'good');
}

function chooseModel(state: AppState, model: string): Next {
  const current = state.model ?? state.connection.facts?.model ?? 'scripted';
  if (model === '') return tell(state, `the model is ${current}; /model <name> chooses another one`);
  return tell({...state, model}, `the next runs use ${model}`, 'good');
}

/** Saves the selected run with all its subagents. */
function saveSelected(state: AppState): Next {
  const selected = selectedWorkflow(state);
  if (!selected) return tell(state, 'there is no run yet');
  const root = rootWorkflowId(selected.workflowId);
  const workflowIds = [...state.forest.runs.keys()].filter((id) => rootWorkflowId(id) === root);
  return next(state, {}, {type: 'save', workflowIds});
}

function forgetFinished(state: AppState): Next {
  const runs = state.runs.filter((run) => run.state === 'open');
  const kept = new Set(runs.map(({workflowId}) => workflowId));
  const isKept = (workflowId: string): boolean => kept.has(rootWorkflowId(workflowId));
  const entries = state.events.entries.filter(({event}) => isKept(event.workflowId));
  const shown = entries.flatMap(({words}, index) => (state.events.details || !words.detail ? [index] : []));
  const forest = {runs: new Map([...state.forest.runs].filter(([workflowId]) => isKept(workflowId)))};
  const view = {selected: 0, top: 0, follow: true};
  return next(state, {
    runs,
    forest,
    events: {...state.events, entries, shown, view, unseen: 0, filter: ''},
    focus: 'prompt',
  });
}
