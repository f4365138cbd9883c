import {asNumber, eventReference} from './attributes.ts';
import {callOfEvent, lastProgram, putIn} from './calls.ts';
import type {HistoryEvent} from './event.ts';
import type {CallNode, CallState} from './run-tree.ts';
import type {Transition, Transitions} from './transition.ts';

/** What the events of timers make of a run: a program that sleeps. */
export const timerTransitions: Transitions = {
  TimerStarted: (run, event) => {
    const program = lastProgram(run);
    const milliseconds = asNumber(event.attributes.startToFireTimeout);
    // A timer of one millisecond is no sleep: so programs and calls give way to others.
    if (!program || milliseconds <= 1) return run;
    return putIn(run, program, sleepOf(event, milliseconds));
  },
  TimerFired: onSleep('completed'),
  TimerCanceled: onSleep('canceled'),
};

function sleepOf(event: HistoryEvent, milliseconds: number): CallNode {
  return {
    id: `sleep.${event.eventId}`,
    kind: 'sleep',
    name: 'sleep',
    state: 'running',
    input: {milliseconds},
    attempt: 1,
    scheduledTime: event.time,
    startTime: event.time,
    calls: [],
    runId: event.runId,
    eventIds: [event.eventId],
  };
}

function onSleep(state: CallState): Transition {
  return (run, event) => {
    const sleep = callOfEvent(run, eventReference(event, 'startedEventId'));
    if (sleep?.kind !== 'sleep') return run;
    const program = lastProgram(run, (call) => call.calls.some(({id}) => id === sleep.id));
    if (!program) return run;
    const eventIds = [...sleep.eventIds, event.eventId];
    return putIn(run, program, {...sleep, state, endTime: event.time, eventIds});
  };
}
