import {firstLine} from '../../../workflows/protocol/first-line.ts';
/** How a replay differs from its history. */
export interface Difference {
  message: string;
  /** The event that the code does not meet, e.g. `event 11 ActivityTaskScheduled`, where the SDK lets it be found. */
  at?: string;
}

/**
 * Reads the SDK's message about a replay that failed.
 *
 * @param events of the history, with ids from 1
 */
export function differenceOf(message: string, events: readonly object[]): Difference {
  // Core's own words stand in the middle of nested debug output.
  const [, words = firstLine(message)] = /\[TMPRL\d+\] (.*?)(?:", |\\n|\n|$)/.exec(message) ?? [];
  const at = namedEvent(words) ?? eventWith(/'([^']+)'/.exec(words)?.[1], events);
  return {message: words, ...(at !== undefined && {at})};
}

/** The event that the message names by its id. */
function namedEvent(words: string): string | undefined {
  const [, id, type] = /HistoryEvent\(id: (\d+), (\w+)\)/.exec(words) ?? [];
  return id === undefined ? undefined : `event ${id} ${type}`;
}

/** The first event with a name that the message quotes: of an activity, a child workflow or one of their ids. */
function eventWith(name: string | undefined, events: readonly object[]): string | undefined {
  if (name === undefined) return undefined;
  const index = events.findIndex((event) => JSON.stringify(event).includes(JSON.stringify(name)));
  return index < 0 ? undefined : `event ${index + 1}`;
}
