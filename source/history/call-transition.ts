import {eventReference} from './attributes.ts';
import {callOfEvent, putCall} from './calls.ts';
import type {HistoryEvent} from './event.ts';
import {failureChain} from './failure.ts';
import type {CallNode, CallState} from './run-tree.ts';
import type {Transition} from './transition.ts';

/** What an event changes of a call. */
export type CallChange = (call: CallNode, event: HistoryEvent) => Partial<CallNode>;

/** A transition of the call that events point to by this attribute; events of unknown calls only count. */
export function callTransition(reference: string, change: CallChange): Transition {
  return (run, event) => {
    const call = callOfEvent(run, eventReference(event, reference));
    if (!call) return run;
    const eventIds = [...call.eventIds, event.eventId];
    return putCall(run, {...call, ...change(call, event), eventIds});
  };
}

/** A call that ends with an event, with the failure that the event tells. */
export function ended(state: CallState, event: HistoryEvent): Partial<CallNode> {
  const failure = failureChain(event.attributes.failure);
  return {state, endTime: event.time, ...(failure && {failure})};
}
