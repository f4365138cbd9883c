import type {Key} from 'ink';

/** What a person did at the keyboard: a key by name, or text to put in. */
export type KeyInput = {type: 'key'; key: string; text?: string} | {type: 'paste'; text: string};

const named: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/**
 * Ink's input as key names: `a`, `ctrl+a`, `alt+left`, `shift+tab`, `enter`. Text that arrives in one piece (quick
 * typing, or a paste without brackets) becomes its keys, unless it has a line break before its end: then it was
 * pasted, and pasted text never executes.
 */
export function keyInputs(input: string, key: Key): KeyInput[] {
  const name = named.find(([flag]) => key[flag])?.[1];
  if (name) return [{type: 'key', key: modified(name, key)}];
  if (key.ctrl || key.meta) return [{type: 'key', key: modified(input.toLowerCase() || 'unknown', key)}];
  if (/[\r\n]./s.test(input)) return [{type: 'paste', text: input}];
  return [...input].map(characterKey);
}

function modified(name: string, {ctrl, meta, shift}: Key): string {
  // Two quick escapes arrive as one with alt; nobody means that.
  const alt = meta && name !== 'escape';
  return `${ctrl ? 'ctrl+' : ''}${alt ? 'alt+' : ''}${shift && name.length > 1 ? 'shift+' : ''}${name}`;
}

function characterKey(character: string): KeyInput {
  const code = character.codePointAt(0) ?? 0;
  if (character === '\r') return {type: 'key', key: 'enter'};
  if (character === '\t') return {type: 'key', key: 'tab'};
  if (code < 32) return {type: 'key', key: `ctrl+${String.fromCharCode(code + 96)}`};
  return {type: 'key', key: character, text: character};
}
