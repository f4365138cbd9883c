import stringWidth from 'string-width';

// What a model, a tool, a program or a file says is hostile: it must not move the cursor, set a title or the
// clipboard, or reorder what stands beside it. This is the one place that makes it harmless.

/**
 * Terminal sequences as ECMA-48 and xterm's ctlseqs have them: strings (OSC, DCS, SOS, PM, APC) with their
 * terminator or to the end of the line, then CSI, then any other escape. Both the 7-bit and the 8-bit forms.
 */
const sequences =
  /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\n]*?(?:\x07|\x1b\\|\x9c|$|(?=\n))|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|\x1b[ -/]*[0-~]?/g;

/** C0 and C1 controls and DEL, without tab and line feed. */
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/**
 * Marks that reorder or hide text: bidirectional controls (UAX #9), soft hyphen, zero-width space, word joiner and
 * invisible operators, fillers, byte order mark, interlinear annotations, tag characters. Joiners and variation
 * selectors stay: emoji need them.
 */
const invisible =
  /[[\p{Default_Ignorable_Code_Point}\p{Cf}]--[\u200c\u200d\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u0600-\u0605\u06dd]]/gv;

/** Text in lines, each without control sequences; tabs become two spaces. */
export function printableLines(text: string): string[] {
  return text
    .toWellFormed()
    .replace(sequences, '')
    .replace(/\r\n?|[\u2028\u2029\x85]/g, '\n')
    .replace(controls, '')
    .replace(invisible, '')
    .replace(/\t/g, '  ')
    .split('\n');
}

/** Text as one line without control sequences; each run of white space becomes one space. */
export function printable(text: string): string {
  return printableLines(text).join(' ').replace(/\s+/g, ' ').trim();
}

/** ASCII that can be seen: most of what is written, and nothing in it needs a look. */
const harmless = /^[ -~]*$/;

/** Text as it may stand in a line: what is harmful is gone, spaces stay as they are. */
export function inLine(text: string): string {
  return harmless.test(text) ? text : printableLines(text).join(' ');
}

/** Our own styles (ECMA-48, 8.3.117): weights, inversion, and the colours of the palette. */
const styles = /(\x1b\[(?:0|1|2|7|22|27|3[1-6]|39)m)/;

/**
 * The door in front of a terminal: lines and tabs pass, and styles where they are asked for; whatever else moves the
 * cursor, reorders or hides does not, whoever said it.
 */
export function forTerminal(text: string, options: {styles: boolean} = {styles: false}): string {
  if (!options.styles) return withoutHarm(text);
  return text
    .split(styles)
    .map((part, index) => (index % 2 === 0 ? withoutHarm(part) : part))
    .join('');
}

function withoutHarm(text: string): string {
  return text
    .split('\t')
    .map((part) => (harmless.test(part) ? part : printableLines(part).join('\n')))
    .join('\t');
}

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/**
 * ASCII and what trees and panes are drawn with: each takes one column, so the length is the width. Nearly everything
 * shown is made of these, and measuring by Unicode's rules takes a hundred times as long.
 */
const narrow = /^[ -~ƒ–—“”…›·→↑↓↻⊘⋯│─━┌┐└┘├┤╭╮╯╰▏●○◆✓✗\u2800-\u28ff]*$/;

/** Columns that a terminal gives the text. */
export function displayWidth(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text);
}

/** The text if it fits `width` columns, else its start with `…`; never cuts a grapheme. */
export function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width <= 0) return '';
  let clipped = '';
  let columns = 0;
  for (const {segment} of segmenter.segment(text)) {
    columns += displayWidth(segment);
    if (columns > width - 1) break;
    clipped += segment;
  }
  return `${clipped}…`;
}

/** The text clipped or filled up with spaces to exactly `width` columns. */
export function toWidth(text: string, width: number): string {
  const clipped = clip(text, width);
  return clipped + ' '.repeat(Math.max(0, width - displayWidth(clipped)));
}
