import {setImmediate as nextTurn} from 'node:timers/promises';
import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import {CommandError, UsageError} from '../../source/errors.ts';

/** What the other side of the tests' wires offers. */
export interface Example {
  add(a: number, b: number): Promise<number>;
  fail(kind: 'usage' | 'command' | 'agent' | 'bug' | 'words'): Promise<never>;
  /** Never answers. */
  wait(): Promise<string>;
  /** Counts up to a limit that `count` sets. */
  numbers(listener: (number: number) => void): () => void;
  count(limit: number): Promise<void>;
  listeners(): Promise<number>;
  /** Fails as a whole. */
  giveUp(): Promise<void>;
  /** Ends the thread or process at once. */
  die(): Promise<void>;
}

const errors = {
  usage: () => new UsageError('Leave out --x.\nA second line.'),
  command: () => new CommandError('No server.'),
  agent: () => new AgentDefinitionError('No agent.'),
  bug: () => new TypeError('x is not a function'),
  words: () => 'only words',
};

/** @param options what only the other side's kind can do */
export function example(options: {giveUp(error: Error): void; die(): void}): Example {
  const listeners = new Set<(number: number) => void>();
  return {
    add: async (a, b) => a + b,
    async fail(kind) {
      throw errors[kind]();
    },
    wait: () => new Promise(() => {}),
    numbers(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async count(limit) {
      for (let number = 1; number <= limit; number++) for (const listener of listeners) listener(number);
    },
    listeners: async () => listeners.size,
    async giveUp() {
      options.giveUp(new CommandError('The worker has ended.'));
    },
    async die() {
      await nextTurn();
      options.die();
    },
  };
}
