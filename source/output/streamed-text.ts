import type {StreamedText} from '../../workflows/protocol/model-step.ts';

/** How much of a model's text has been shown. */
export interface ShownText {
  attempt: number;
  /** Characters from the text's start. */
  end: number;
}

/**
 * What is new in a model's text.
 *
 * @param shown undefined where nothing of this step has been shown
 * @returns the piece to show next; `restarted` where another attempt began the text again, `…` where characters in
 * between went by unseen
 */
export function newText(
  shown: ShownText | undefined,
  {attempt, offset, tail}: StreamedText,
): {piece: string; restarted: boolean; shown: ShownText} {
  const restarted = shown !== undefined && shown.attempt !== attempt;
  const from = shown === undefined || restarted ? 0 : shown.end;
  const gap = from < offset ? '…' : '';
  const piece = gap + tail.slice(Math.max(0, from - offset));
  return {piece, restarted, shown: {attempt, end: Math.max(from, offset + tail.length)}};
}
