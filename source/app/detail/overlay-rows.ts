import {usageByRun} from '../../history/token-words.ts';
import {helpRows} from '../keys/help.ts';
import {inside} from '../state/layout.ts';
import {currentLayout, entryAt, historyRows} from '../state/select.ts';
import type {AppState, DetailSubject, Overlay} from '../state/state.ts';
import {type DetailRow, eventDetail, nodeDetail, textDetail} from './detail.ts';

/** Overlays that are text to scroll through. */
export type TextOverlay = Extract<Overlay, {type: 'help' | 'text' | 'detail'}>;

/** The rows of an overlay that is text, wrapped to its width. */
export function overlayRows(state: AppState, overlay: TextOverlay): readonly DetailRow[] {
  const {width} = inside(currentLayout(state).body);
  if (overlay.type === 'help') return helpRows(width);
  if (overlay.type === 'text') return textDetail(overlay.lines, width);
  return detailRows(state, overlay.subject, width);
}

function detailRows(state: AppState, subject: DetailSubject, width: number): readonly DetailRow[] {
  if (subject.type === 'event') {
    const entry = entryAt(state, subject.index);
    return entry ? eventDetail(entry.event, width) : [];
  }
  const unfolded = {...state, tree: {...state.tree, folded: new Set<string>()}};
  const node = historyRows(unfolded).find(({key}) => key === subject.key)?.node;
  return node
    ? nodeDetail(node, {entries: state.events.entries, usage: usageByRun(state.forest)}, width)
    : [];
}
