import {Socket} from 'node:net';
import {lifeline} from './lifeline.ts';
import {killOwnGroup} from './own-group.ts';

// The host's guard, a thread of its own: a tool or a module that never returns holds the host's own event loop, which
// then hears neither its parent nor the end of it.

new Socket({fd: lifeline, readable: true, writable: true})
  .on('error', killOwnGroup)
  .on('close', killOwnGroup)
  .resume();
