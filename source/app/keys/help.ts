import {clip, toWidth} from '../../history/printable.ts';
import type {Segment} from '../../history/segment.ts';
import {slashCommands} from '../state/completion.ts';
import {type Binding, bindings, type KeyPlace, keyLabel} from './keymap.ts';

const titles: readonly (readonly [KeyPlace, string])[] = [
  ['everywhere', 'Everywhere'],
  ['home', 'Before the first run'],
  ['prompt', 'Prompt'],
  ['list', 'Panes and lists'],
  ['events', 'Events'],
  ['history', 'History'],
  ['filter', 'While typing a filter'],
  ['picker', 'Scenarios'],
  ['detail', 'Details'],
  ['confirm', 'Questions'],
];

/** What typed text does, where it is not simply text. */
const typed: Partial<Record<KeyPlace, readonly (readonly [string, string])[]>> = {
  home: [['a-z 0-9', 'write a prompt']],
  picker: [
    ['1-9', 'run the scenario of that number'],
    ['a-z', 'filter'],
  ],
  confirm: [['any other', 'no']],
};

/** Every key and command: the keymap, in words. */
export function helpRows(width: number): readonly (readonly Segment[])[] {
  const keys = titles.flatMap(([place, title]) => section(title, bindingsOf(place), width));
  const commands = slashCommands.map(
    ({name, argument, help}) => [`/${name} ${argument}`.trim(), help] as const,
  );
  return [...section('Commands in the prompt', commands, width), ...keys].slice(0, -1);
}

function bindingsOf(place: KeyPlace): readonly (readonly [string, string])[] {
  const bound = bindings
    .filter((binding: Binding) => binding.place === place)
    .map(({keys, help}) => [keys.map(keyLabel).join(' '), help] as const);
  return [...bound, ...(typed[place] ?? [])];
}

function section(title: string, rows: readonly (readonly [string, string])[], width: number): Segment[][] {
  const keyWidth = Math.min(24, Math.floor(width / 3));
  return [
    [{text: title, tone: 'name'}],
    ...rows.map(([keys, help]): Segment[] => [
      {text: toWidth(`  ${keys}`, keyWidth), tone: 'busy'},
      {text: clip(help, Math.max(1, width - keyWidth - 1)), tone: 'plain'},
    ]),
    [],
  ];
}
