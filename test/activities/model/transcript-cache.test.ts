import {expect, it} from 'vitest';
import {createTranscriptCache} from '../../../activities/model/transcript-cache.ts';

const prefix = (instructions: string) => ({instructions, tools: [], messages: []});

it('a transcript cache forgets what was used least recently', () => {
  const cache = createTranscriptCache(2);
  cache.set('a', prefix('a'));
  cache.set('b', prefix('b'));
  expect(cache.get('a')).toEqual(prefix('a'));
  cache.set('c', prefix('c'));
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([prefix('a'), undefined, prefix('c')]);
  cache.set('a', prefix('again'));
  cache.set('d', prefix('d'));
  expect([cache.get('a'), cache.get('c'), cache.get('d')]).toEqual([prefix('again'), undefined, prefix('d')]);
});
