import {printable} from './printable.ts';

/** What a piece of a line means; who shows it chooses the colour. */
export type Tone = 'plain' | 'quiet' | 'name' | 'good' | 'bad' | 'busy' | 'canceled';

/** A piece of a line: printable text. */
export interface Segment {
  readonly text: string;
  readonly tone: Tone;
}

/** A segment of text that was made printable before. */
export function segment(text: string, tone: Tone = 'plain'): Segment {
  return {text, tone};
}

/** What something is called; made printable here. */
export function nameSegment(text: string): Segment {
  return {text: printable(text), tone: 'name'};
}

/** Segments as bare text, with a space between them. */
export function segmentsText(segments: readonly Segment[]): string {
  return segments.map(({text}) => text).join(' ');
}
