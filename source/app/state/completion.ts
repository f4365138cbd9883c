import {closest} from '../../../activities/closest.ts';
import type {ScenarioEntry} from './state.ts';

/** A command that a prompt may start with. */
export interface SlashCommand {
  readonly name: string;
  /** What comes after the name; empty where nothing does. */
  readonly argument: string;
  readonly help: string;
}

/** Every command, in the order in which completion offers them. */
export const slashCommands = [
  {name: 'scenarios', argument: '', help: 'pick a scenario from the list'},
  {name: 'scenario', argument: '<name>', help: 'run a scenario'},
  {name: 'runs', argument: '', help: 'list the runs that the server knows, and attach to one'},
  {name: 'attach', argument: '<workflow id>', help: 'follow a run'},
  {name: 'cancel', argument: '', help: 'cancel the selected run'},
  {name: 'new', argument: '', help: 'start a new conversation'},
  {name: 'model', argument: '<name>', help: 'choose the model of the next runs'},
  {name: 'open', argument: '', help: 'link to the selected node in Temporal Web'},
  {name: 'export', argument: '', help: "write the selected run's histories as JSON"},
  {name: 'sandbox', argument: '', help: 'list the files of the sandbox'},
  {name: 'clear', argument: '', help: 'forget the runs that are over'},
  {name: 'help', argument: '', help: 'every key and command'},
  {name: 'quit', argument: '', help: 'leave'},
] as const satisfies readonly SlashCommand[];

export type SlashName = (typeof slashCommands)[number]['name'];

/** Something that the prompt may become. */
export interface Completion {
  /** The whole prompt when chosen. */
  readonly text: string;
  readonly label: string;
  readonly help: string;
  /** True where an argument has to follow. */
  readonly incomplete: boolean;
}

/** What a prompt that starts with `/` may become; nothing for other prompts. */
export function completionsOf(text: string, scenarios: readonly ScenarioEntry[]): readonly Completion[] {
  const [, name, argument] = /^\/(\S*)(?: (.*))?$/.exec(text) ?? [];
  if (name === undefined) return [];
  if (argument === undefined) return commandsWith(name);
  if (name !== 'scenario') return [];
  const matching = scenarios.filter((scenario) => scenario.name.startsWith(argument.trim()));
  return matching.map((scenario) => ({
    text: `/scenario ${scenario.name}`,
    label: scenario.name,
    help: scenario.title,
    incomplete: false,
  }));
}

function commandsWith(start: string): readonly Completion[] {
  return slashCommands
    .filter(({name}) => name.startsWith(start))
    .map(({name, argument, help}) => ({
      text: argument ? `/${name} ` : `/${name}`,
      label: `/${name}${argument ? ` ${argument}` : ''}`,
      help,
      incomplete: argument !== '',
    }));
}

/** The command that somebody may have meant; undefined where none is near. */
export function nearestCommand(name: string): SlashName | undefined {
  const names = slashCommands.map((command) => command.name);
  return closest(name, names, Math.max(1, Math.floor(name.length / 3)));
}
