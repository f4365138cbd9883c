import type {Client, Connection} from '@temporalio/client';
import {isLoopback, type ServerConnection} from '../backend/connection.ts';
import {Follower} from './follower.ts';
import {OutageWatch} from './outage-watch.ts';
import {PendingActivityWatch} from './pending-activities.ts';
import {QueueWatch} from './queue-watch.ts';
import type {SessionUpdate} from './session.ts';

/** Milliseconds between two looks at activities in flight: by how near the server is. */
const lookInterval = {near: 100, far: 1000};

/** What looks after the runs that a session follows. */
export interface Watches {
  readonly follower: Follower;
  readonly outage: OutageWatch;
  close(): void;
}

/**
 * Sets up everything that watches a server and its runs; each hears from the others what concerns it.
 *
 * @param signal ends all of it
 * @param tell hears everything that happens
 */
export function openWatches(
  client: Client,
  server: ServerConnection,
  signal: AbortSignal,
  tell: (update: SessionUpdate) => void,
): Watches {
  const connection = client.connection as Connection;
  const queues = new QueueWatch(connection, server, tell);
  const outage = new OutageWatch(connection, server.address, signal, (update) => {
    if (update.state === 'restored') queues.outageEnded();
    tell(update);
  });
  const interval = isLoopback(server) ? lookInterval.near : lookInterval.far;
  const pending = new PendingActivityWatch(connection, server.namespace, interval, tell);
  const follower = new Follower(client, server, signal, (update) => {
    tell(update);
    for (const watch of [pending, queues]) {
      if (update.type === 'events') watch.observe(update.workflowId, update.events);
      if (update.type === 'unfollowable') watch.forget(update.workflowId);
    }
  });
  const close = () => {
    pending.close();
    queues.close();
  };
  return {follower, outage, close};
}
