import {expect, it} from 'vitest';
import {closing, shutdownTime} from '../../source/runtime/deadlines.ts';

it('let whoever waits for another one wait longer than that one waits itself', () => {
  const host = shutdownTime() + closing.host;
  expect([closing.tools, shutdownTime(), host, closing.thread, closing.app]).toEqual(
    [closing.tools, shutdownTime(), host, closing.thread, closing.app].toSorted((a, b) => a - b),
  );
  expect(closing.lastingWorker).toBeGreaterThan(closing.host);
});
