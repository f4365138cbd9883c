import type {HistoryEvent} from './event.ts';
import type {RunNode} from './run-tree.ts';

/** What one event makes of a run. */
export type Transition = (run: RunNode, event: HistoryEvent) => RunNode;

/** Transitions by event type; an event type without one only counts. */
export type Transitions = Readonly<Record<string, Transition>>;
