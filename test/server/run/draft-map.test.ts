import {describe, expect, it} from 'vitest';
import {DraftMap} from '../../../source/server/run/draft-map.ts';

interface Entity {
  name: string;
}

const committed = () =>
  new Map<string, Entity>([
    ['a', Object.freeze({name: 'first'})],
    ['b', Object.freeze({name: 'second'})],
  ]);

describe('a draft of a map', () => {
  it('shows what is committed', () => {
    const draft = new DraftMap(committed());
    expect([...draft]).toEqual([...committed()]);
    expect([...draft.keys()]).toEqual(['a', 'b']);
    expect([...draft.values()]).toEqual([{name: 'first'}, {name: 'second'}]);
    expect(draft.size).toBe(2);
    expect([draft.has('a'), draft.has('c')]).toEqual([true, false]);
    expect(draft.get('c')).toBeUndefined();
    expect(draft.changed.size).toBe(0);
  });

  it('gives a copy to change, the same one each time', () => {
    const target = committed();
    const draft = new DraftMap(target);
    const copy = draft.get('a') as Entity;
    copy.name = 'changed';
    expect(draft.get('a')).toBe(copy);
    expect([...draft.values()]).toEqual([{name: 'changed'}, {name: 'second'}]);
    expect(target.get('a')?.name).toBe('first');
    draft.commit(target);
    expect(target.get('a')).toBe(copy);
    expect(Object.isFrozen(copy)).toBe(true);
  });

  it('counts and lists what is set and deleted', () => {
    const target = committed();
    const draft = new DraftMap(target);
    draft.set('c', {name: 'third'}).set('a', {name: 'again'});
    expect(draft.size).toBe(3);
    expect(draft.delete('b')).toBe(true);
    expect(draft.delete('b')).toBe(false);
    expect(draft.delete('z')).toBe(false);
    expect(draft.size).toBe(2);
    expect([draft.has('b'), draft.get('b')]).toEqual([false, undefined]);
    expect([...draft]).toEqual([
      ['a', {name: 'again'}],
      ['c', {name: 'third'}],
    ]);
    const seen: unknown[] = [];
    draft.forEach((value, key, map) => {
      seen.push([key, value.name, map === draft]);
    });
    expect(seen).toEqual([
      ['a', 'again', true],
      ['c', 'third', true],
    ]);
    expect([...target.keys()]).toEqual(['a', 'b']);
    draft.commit(target);
    expect([...target.keys()]).toEqual(['a', 'c']);
  });

  it('counts what is set again after it was deleted', () => {
    const draft = new DraftMap(committed());
    draft.delete('a');
    draft.set('a', {name: 'back'});
    expect(draft.size).toBe(2);
    expect([...draft.keys()]).toEqual(['a', 'b']);
  });

  it('lists nothing of what is set and deleted again', () => {
    const draft = new DraftMap(committed());
    draft.set('c', {name: 'third'});
    draft.delete('c');
    expect([...draft.keys()]).toEqual(['a', 'b']);
  });

  it('keeps plain values as they are', () => {
    const target = new Map([['flag', true]]);
    const draft = new DraftMap(target);
    expect(draft.get('flag')).toBe(true);
  });
});
