import {activityFrom} from '../run/activity.ts';
import {childFrom} from '../run/child.ts';
import {externalFrom} from '../run/external.ts';
import type {Activity, Child, External, Timer, Update} from '../run/pending.ts';
import {type HistoryEvent, temporal} from '../wire/proto.ts';
import {fromText, toText} from './message-text.ts';

const {Payloads} = temporal.api.common.v1;
const {Failure} = temporal.api.failure.v1;
const {Outcome, Request} = temporal.api.update.v1;

/** What is pending in a run, by the name of its map. */
export interface Pending {
  activities: Activity;
  timers: Timer;
  children: Child;
  externals: External;
  updates: Update;
  signalRequestIds: true;
}

/** How one kind of what is pending is written: what the event that began it tells is not written again. */
interface Codec<Entity> {
  toText(entity: Entity): string;
  /** @param eventOf finds an event of the run's history */
  fromText(text: string, key: number | string, eventOf: (id: number) => HistoryEvent): Entity;
}

/** One row for every map of a run. */
export const pendingCodecs: {readonly [Kind in keyof Pending]: Codec<Pending[Kind]>} = {
  activities: {
    toText({attributes, userMetadata, timeouts, activityId, scheduledEventId, ...rest}) {
      return JSON.stringify({
        ...rest,
        heartbeatDetails: toText(Payloads, rest.heartbeatDetails),
        lastFailure: toText(Failure, rest.lastFailure),
      });
    },
    fromText(text, key, eventOf) {
      const stored = JSON.parse(text);
      return {
        ...activityFrom(eventOf(Number(key))),
        ...stored,
        heartbeatDetails: fromText(Payloads, stored.heartbeatDetails),
        lastFailure: fromText(Failure, stored.lastFailure),
      };
    },
  },
  timers: plain(),
  children: {
    toText: ({state, runId, startedEventId}) => JSON.stringify({state, runId, startedEventId}),
    fromText: (text, key, eventOf) => ({...childFrom(eventOf(Number(key))), ...JSON.parse(text)}),
  },
  externals: {
    toText: () => '',
    fromText: (_text, key, eventOf) => externalFrom(eventOf(Number(key))),
  },
  updates: {
    toText({request, outcome, ...rest}) {
      return JSON.stringify({...rest, request: toText(Request, request), outcome: toText(Outcome, outcome)});
    },
    fromText(text) {
      const stored = JSON.parse(text);
      const request = fromText(Request, stored.request) ?? {};
      return {...stored, request, outcome: fromText(Outcome, stored.outcome) ?? null};
    },
  },
  signalRequestIds: plain(),
};

/** The names of the maps. */
export const pendingKinds = Object.keys(pendingCodecs) as (keyof Pending)[];

function plain<Entity>(): Codec<Entity> {
  return {toText: (entity) => JSON.stringify(entity), fromText: (text) => JSON.parse(text) as Entity};
}
