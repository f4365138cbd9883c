import {describe, expect, test} from 'vitest';
import {toModelStepResult} from '../../../activities/model/answer.ts';
import type {AnswerPart} from '../../../activities/model/answer-parts.ts';
import {type AssistantTurn, toConversation} from '../../../activities/model/conversation.ts';
import {partsOf} from '../../../activities/model/provider-state.ts';
import type {JsonValue} from '../../../workflows/protocol/json.ts';
import type {AssistantMessage} from '../../../workflows/protocol/transcript.ts';

const author = {provider: 'openai', model: 'gpt-5.5'};
const parts: AnswerPart[] = [
  {kind: 'verbatim', item: {type: 'reasoning', id: 'r1'}},
  {kind: 'text', text: 'I look it up. 📄', phase: 'commentary'},
  {kind: 'call', name: 'f', arguments: '{"a":1}'},
  {kind: 'text', text: ''},
  {kind: 'verbatim', item: {type: 'reasoning', id: 'r2'}},
  {kind: 'call', name: 'g', arguments: ''},
  {kind: 'text', text: 'Then I answer.', phase: 'final_answer'},
];
const {message} = toModelStepResult(parts, author, 3);

describe('an answer of several parts', () => {
  test('becomes one message', () => {
    expect(message.content).toBe('I look it up. 📄\n\nThen I answer.');
    expect(message.toolCalls).toEqual([
      {id: 't3.c1', name: 'f', input: {a: 1}},
      {id: 't3.c2', name: 'g', input: {}},
    ]);
  });

  test('keeps texts and arguments once', () => {
    expect(JSON.stringify(message.providerState)).not.toMatch(/look it up|"a":1/);
  });

  test('goes back to its author in its own order', () => {
    expect(partsOf(turnOf(message), author)).toEqual([
      {kind: 'verbatim', item: {type: 'reasoning', id: 'r1'}},
      {kind: 'text', text: 'I look it up. 📄', phase: 'commentary'},
      {kind: 'call', call: expect.objectContaining({id: 't3_c1'})},
      {kind: 'verbatim', item: {type: 'reasoning', id: 'r2'}},
      {kind: 'call', call: expect.objectContaining({id: 't3_c2'})},
      {kind: 'text', text: 'Then I answer.', phase: 'final_answer'},
    ]);
  });

  test.each<[string, Partial<AssistantMessage>]>([
    ['no state', {providerState: null}],
    ['a state of another form', {providerState: ['x']}],
    ['slots of another form', {providerState: {...author, slots: [null, 4, {text: 'long'}]}}],
    ['a state that has too few calls', {providerState: withSlots([{text: 18}, {call: true}])}],
    ['a state that has too many calls', {providerState: withSlots(Array(3).fill({call: true}))}],
    ['a state that has too little text', {providerState: withSlots([{text: 2}, {call: true}, {call: true}])}],
  ])('goes back plainly where there is %s', (_name, fields) => {
    expect(partsOf(turnOf({...message, ...fields}), author)).toEqual([
      {kind: 'text', text: message.content},
      {kind: 'call', call: expect.objectContaining({id: 't3_c1'})},
      {kind: 'call', call: expect.objectContaining({id: 't3_c2'})},
    ]);
  });

  test.each([
    ['another model', {...author, model: 'gpt-6'}],
    ['another provider', {...author, provider: 'anthropic'}],
  ])('goes back plainly to %s', (_name, other) => {
    expect(partsOf(turnOf(message), other).map(({kind}) => kind)).toEqual(['text', 'call', 'call']);
  });
});

test('an answer without reasoning has no state', () => {
  const plain = toModelStepResult([{kind: 'text', text: 'Hi.'}], author, 1);
  expect(plain).toEqual({message: {role: 'assistant', content: 'Hi.', toolCalls: []}});
});

function withSlots(slots: JsonValue[]): JsonValue {
  return {...author, slots};
}

function turnOf(assistant: AssistantMessage): AssistantTurn {
  const [turn] = toConversation([assistant]);
  if (turn?.role !== 'assistant') throw new Error('An assistant message is an assistant turn.');
  return turn;
}
