import {describe, expect, it} from 'vitest';
import type {ModelRequest} from '../../../activities/model/provider.ts';
import {type ModelScript, scriptedProvider} from '../../../activities/model/scripted.ts';
import type {TranscriptMessage} from '../../../workflows/protocol/transcript.ts';

const script: ModelScript = ({agent, prompt}) => [
  {
    calls: [
      {name: 'write_file', input: {path: prompt}},
      {name: 'spawn', input: {agent_name: agent}},
    ],
  },
  {answer: (results) => results.map(({callId}) => callId).join()},
  {answer: 'words'},
];
const user = (content: string): TranscriptMessage => ({role: 'user', content});
const told = (callId: string): TranscriptMessage =>
  ({role: 'tool', callId, name: 'any', result: 'r'}) as never;

/** What the script says, and what was streamed meanwhile. */
async function ask(request: Partial<ModelRequest>, pace = 0, signal = new AbortController().signal) {
  const texts: string[] = [];
  const provider = scriptedProvider(new Map([['one', script]]), pace);
  const whole = {model: 'one', agent: 'writer', turn: 1, instructions: '', tools: [], messages: [user('p')]};
  const context = {signal, onText: (text: string) => texts.push(text)};
  const {message} = await provider.request({...whole, ...request}, context as never);
  return {message, texts};
}

describe('a scripted model', () => {
  it('asks for calls, whose ids come from turn and position', async () => {
    expect((await ask({turn: 1})).message).toEqual({
      role: 'assistant',
      content: '',
      toolCalls: [
        {id: 't1.c1', name: 'write_file', input: {path: 'p'}},
        {id: 't1.c2', name: 'spawn', input: {agent_name: 'writer'}},
      ],
    });
  });

  it('answers from the results since the last prompt', async () => {
    const messages = [user('before'), told('t0.c1'), user('now'), told('t1.c1'), told('t1.c2')];
    const {message, texts} = await ask({turn: 2, messages});
    expect(message).toEqual({role: 'assistant', content: 't1.c1,t1.c2', toolCalls: []});
    expect(texts).toEqual(['t1.c1,t1.c2']);
    expect((await ask({turn: 3})).message.content).toBe('words');
  });

  it('works without a prompt', async () => {
    expect((await ask({messages: []})).message.toolCalls[0]?.input).toEqual({path: ''});
  });

  it('says what it has no words for', async () => {
    await expect(ask({model: 'two'})).rejects.toMatchObject({type: 'UnknownModel', nonRetryable: true});
    await expect(ask({turn: 4})).rejects.toThrow('The script of "writer" has no step 4.');
  });

  it('stops at once when it is canceled while it takes its time', async () => {
    await expect(ask({}, 1e6, AbortSignal.abort())).rejects.toMatchObject({name: 'AbortError'});
  });
});
