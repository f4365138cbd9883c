/**
 * What a terminal obeys or does not show: C1 controls and DEL, line separators, bidirectional and zero-width characters,
 * variation selectors and the like. In JSON they stand in strings only.
 */
const unseen = /[\x7f-\x9f\p{Zl}\p{Zp}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** An object as one line of JSON that any terminal and any editor shows as it is. */
export function jsonLine(object: object): string {
  return `${JSON.stringify(object).replace(unseen, escaped)}\n`;
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
