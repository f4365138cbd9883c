import {describe, expect, it} from 'vitest';
import {newText} from '../../source/output/streamed-text.ts';

describe('newText', () => {
  it.each([
    ['the beginning', undefined, {attempt: 1, offset: 0, tail: 'Once'}, 'Once', false, 4],
    ['what was added', {attempt: 1, end: 4}, {attempt: 1, offset: 0, tail: 'Once upon'}, ' upon', false, 9],
    ['nothing new', {attempt: 1, end: 9}, {attempt: 1, offset: 0, tail: 'Once upon'}, '', false, 9],
    ['a tail that has moved', {attempt: 1, end: 9}, {attempt: 1, offset: 5, tail: 'upon a'}, ' a', false, 11],
    ['a gap', {attempt: 1, end: 4}, {attempt: 1, offset: 7, tail: 'on a'}, '…on a', false, 11],
    ['another attempt', {attempt: 1, end: 9}, {attempt: 2, offset: 0, tail: 'One'}, 'One', true, 3],
  ])('%s', (_, shown, streamed, piece, restarted, end) => {
    expect(newText(shown, streamed)).toEqual({piece, restarted, shown: {attempt: streamed.attempt, end}});
  });
});
