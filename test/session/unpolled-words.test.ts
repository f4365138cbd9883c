import {expect, it} from 'vitest';
import {unpolledWords} from '../../source/session/unpolled-words.ts';

const server = {address: 'h:1', namespace: 'default'};

it.each([
  [server, 'q', 'No worker polls q. Start one: durable-tui worker --address h:1 --task-queue q'],
  [
    server,
    "it's",
    "No worker polls it's. Start one: durable-tui worker --address h:1 --task-queue 'it'\\''s'",
  ],
  [server, 'a@b%c+d=e:f,g./-h', /--task-queue a@b%c\+d=e:f,g\.\/-h$/],
  [server, 'a b', /--task-queue 'a b'$/],
  [server, 'a;', /--task-queue 'a;'$/],
  [server, ';a', /--task-queue ';a'$/],
  [server, '', /--task-queue ''$/],
  [{...server, namespace: 'team'}, 'q', /--task-queue q --namespace team$/],
  [{...server, apiKey: 'secret'}, 'q', /--task-queue q, with your credentials$/],
  [{...server, tls: {}}, 'q', /--task-queue q, with your credentials$/],
])('of %j and the queue %j says which worker to start', (connection, queue, words) => {
  const said = unpolledWords(connection as never, queue);
  if (typeof words === 'string') expect(said).toBe(words);
  else expect(said).toMatch(words);
});
