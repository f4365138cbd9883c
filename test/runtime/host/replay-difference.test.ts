import {expect, it} from 'vitest';
import {differenceOf} from '../../../source/runtime/host/replay-difference.ts';

const events = [{eventId: 1}, {eventId: 2, activityType: {name: 'sandbox.read_file'}}];

it.each([
  [
    'the event that the message names',
    'Failed. [TMPRL1100] Nondeterminism error: Timer machine does not handle this event: HistoryEvent(id: 5, TimerFired)", source',
    'event 5 TimerFired',
  ],
  [
    'the first event with the name that the message quotes',
    'Failed: "[TMPRL1100] Nondeterminism error: Activity type of scheduled event \'sandbox.read_file\' does not match", more',
    'event 2',
  ],
  ['none', 'Something else', undefined],
])('finds %s', (_, message, at) => {
  const difference = differenceOf(message, events);
  expect(difference.at).toBe(at);
  expect(difference.message).not.toContain('", ');
});
