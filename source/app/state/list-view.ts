/** Where a list stands: which row is selected, which is shown first, whether the newest row is followed. */
export interface ListView {
  readonly selected: number;
  readonly top: number;
  readonly follow: boolean;
}

/** A list at its start. */
export const listStart: ListView = {selected: 0, top: 0, follow: false};

/** A list that stays at its end as it grows. */
export const listEnd: ListView = {selected: 0, top: 0, follow: true};

/** The view as it applies to `count` rows in a pane of `height`: in range, with the selected row in sight. */
export function settle(view: ListView, count: number, height: number): ListView {
  const last = Math.max(0, count - 1);
  const selected = view.follow ? last : clamp(view.selected, 0, last);
  const room = Math.max(1, height);
  const lowest = Math.max(0, selected - room + 1);
  const top = clamp(clamp(view.top, lowest, selected), 0, Math.max(0, count - room));
  return {...view, selected, top};
}

/** Moves the selection by some rows; following ends, and begins again on the last row. */
export function moveBy(view: ListView, rows: number, count: number, height: number): ListView {
  const {selected, top} = settle(view, count, height);
  const target = clamp(selected + rows, 0, Math.max(0, count - 1));
  return settle({selected: target, top, follow: view.follow && rows > 0}, count, height);
}

/** A number brought into a range. */
export function clamp(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(highest, value));
}
