const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds for people, in two units at most: `12ms`, `1.4s`, `2m 05s`, `1h 02m`, `3d 04h`. */
export function formatDuration(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  if (Math.round(length) < second) return `${Math.round(length)}ms`;
  // 59.96 s would print as 60.0 s.
  if (length < minute - 50) return `${(length / second).toFixed(1)}s`;
  if (length < hour - second / 2) return inUnits(length, minute, 'm', second, 's');
  if (length < day - minute / 2) return inUnits(length, hour, 'h', minute, 'm');
  return inUnits(length, day, 'd', hour, 'h');
}

function inUnits(length: number, large: number, largeName: string, small: number, smallName: string): string {
  const smallUnits = Math.round(length / small);
  const perLarge = large / small;
  const rest = String(smallUnits % perLarge).padStart(2, '0');
  return `${Math.floor(smallUnits / perLarge)}${largeName} ${rest}${smallName}`;
}

/** The time of day of an event, `12:04:01.204`, in the zone of this machine. */
export function formatClock(time: number): string {
  const date = new Date(time);
  const two = (part: number): string => String(part).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
