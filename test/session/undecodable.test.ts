import {describe, expect, it} from 'vitest';
import {undecodableAs, undecodableIn} from '../../source/session/undecodable.ts';

const bytes = (text: string) => Buffer.from(text);
const base64 = (text: string) => bytes(text).toString('base64');
const withInput = (payload: object) => ({
  eventId: 1,
  attributes: {nothing: null, list: [1, 'x'], token: bytes('ab'), input: {payloads: [payload]}},
});

describe('a history', () => {
  it.each<[string, object, string | undefined]>([
    [
      'encrypted bytes',
      {metadata: {encoding: bytes('binary/encrypted')}, data: bytes('x')},
      'binary/encrypted',
    ],
    [
      'encrypted JSON',
      {metadata: {encoding: base64('binary/encrypted')}, data: base64('x')},
      'binary/encrypted',
    ],
    ['broken JSON', {metadata: {encoding: bytes('json/plain')}, data: bytes('{')}, 'json/plain'],
    ['JSON without data', {metadata: {encoding: base64('json/plain')}}, 'json/plain'],
    ['JSON', {metadata: {encoding: base64('json/plain')}, data: base64('{}')}, undefined],
    ['nothing', {metadata: {encoding: bytes('binary/null')}}, undefined],
    ['plain bytes', {metadata: {encoding: bytes('binary/plain')}, data: bytes('{')}, undefined],
    ['protobuf', {metadata: {encoding: bytes('binary/protobuf')}, data: bytes('{')}, undefined],
    ['protobuf as JSON', {metadata: {encoding: bytes('json/protobuf')}, data: bytes('{')}, undefined],
    ['metadata of another kind', {metadata: {other: 1}}, undefined],
    ['no metadata', {metadata: null, data: null}, undefined],
  ])('with %s', (_what, payload, encoding) => {
    const events = [{eventId: 0}, withInput({metadata: null}), withInput(payload), withInput(payload)];
    expect(undecodableIn(events)).toEqual(encoding && {at: 'event 3', encoding});
  });
});

it.each<[unknown, string | undefined]>([
  [{undecodable: 'binary/encrypted', bytes: 5}, 'binary/encrypted'],
  [{undecodable: 'binary/encrypted'}, undefined],
  [{undecodable: 7, bytes: 5}, undefined],
  [[{undecodable: 'x', bytes: 5}], undefined],
  [Object.assign([], {undecodable: 'x', bytes: 5}), undefined],
  [null, undefined],
  [undefined, undefined],
  ['text', undefined],
])('%j is a note of an encoding: %s', (value, encoding) => {
  expect(undecodableAs(value as never)).toBe(encoding);
});
