import {GuestEntity} from './value.ts';

// The host's Date only reckons here: nothing asks it for the present time or for its time zone.
const HostDate = Date;

/** A date of the program. Its time zone is UTC on every machine. */
export class GuestDate extends GuestEntity {
  readonly className = 'Date';
  /** Milliseconds since the epoch; NaN for an invalid date. */
  time: number;

  constructor(time: number) {
    super();
    // The host knows what is out of range, and takes fractions off.
    this.time = new HostDate(time).getTime();
  }
}

/** `2024-01-05T10:00:00.000Z`; undefined for an invalid date. */
export function isoText({time}: GuestDate): string | undefined {
  return Number.isNaN(time) ? undefined : new HostDate(time).toISOString();
}

/** `Fri Jan 05 2024 10:00:00 GMT+0000 (Coordinated Universal Time)`. */
export function dateText(date: GuestDate): string {
  if (Number.isNaN(date.time)) return 'Invalid Date';
  return `${dayText(date)} ${timeText(date)}`;
}

/** `Fri Jan 05 2024`. */
export function dayText({time}: GuestDate): string {
  // `Fri, 05 Jan 2024 10:00:00 GMT`; the year may have a sign and more digits.
  const [weekday = '', day, month, year] = new HostDate(time).toUTCString().split(' ');
  return `${weekday.slice(0, 3)} ${month} ${day} ${year}`;
}

/** `10:00:00 GMT+0000 (Coordinated Universal Time)`. */
export function timeText({time}: GuestDate): string {
  return `${new HostDate(time).toISOString().slice(-13, -5)} GMT+0000 (Coordinated Universal Time)`;
}
