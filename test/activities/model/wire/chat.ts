import {openaiErrors} from './responses.ts';
import {json, pairingObjection, sse, type Wire, type WireAnswer} from './wire.ts';

interface Message {
  role: string;
  content: string | null;
  tool_calls?: {id: string; function: {name: string; arguments: string}}[];
  tool_call_id?: string;
  reasoning_content?: string;
}

/** OpenAI's Chat Completions API, with the reasoning field that many local servers have added. */
export const chatWire: Wire = {
  provider: 'openai-chat',
  model: 'local-test-1',
  path: '/v1/chat/completions',
  keys: (origin, apiKey) => ({openai: {apiKey, baseURL: `${origin}/v1`}, anthropic: {problem: 'none'}}),
  events: (answer) => [
    chunk({role: 'assistant', content: ''}),
    ...(answer.reasoning ?? []).map((reasoning_content) => chunk({reasoning_content})),
    ...(answer.text ?? []).map((content) => chunk({content})),
    ...(answer.refusal ? [chunk({refusal: answer.refusal})] : []),
    ...(answer.calls ?? []).flatMap(callChunks),
    chunk({}, finishReason(answer)),
    sse({...envelope, choices: [], usage}),
    sse('[DONE]'),
  ],
  whole(answer) {
    const calls = (answer.calls ?? []).map(({id, name, arguments: pieces}) => {
      return {id, type: 'function', function: {name, arguments: pieces.join('')}};
    });
    const message = {
      role: 'assistant',
      content: answer.text?.join('') ?? null,
      ...(answer.refusal && {refusal: answer.refusal}),
      ...(answer.reasoning && {reasoning_content: answer.reasoning.join('')}),
      ...(calls.length > 0 && {tool_calls: calls}),
    };
    const choices = [{index: 0, message, finish_reason: finishReason(answer)}];
    return {...envelope, object: 'chat.completion', choices, usage};
  },
  error(kind, message) {
    const {status, type, code} = openaiErrors[kind];
    return json(status, {error: {message, type, param: null, code}});
  },
  streamedError: (kind, message) =>
    sse({error: {message, type: openaiErrors[kind].type, code: openaiErrors[kind].code}}),
  objection({headers, body}) {
    if (!headers.authorization?.startsWith('Bearer ')) return 'You must provide an API key.';
    if (Array.isArray(body.tools) && body.tools.length === 0) return "[] is too short - 'tools'";
    const messages = body.messages as Message[];
    const calls = messages.flatMap(({tool_calls = []}) => tool_calls);
    if (calls.some((call) => !/^[a-zA-Z0-9_-]{1,64}$/.test(call.function.name))) return "Invalid 'name'";
    if (calls.some((call) => !isJsonObject(call.function.arguments)))
      return 'arguments must be a JSON object';
    const results = messages.flatMap(({role, tool_call_id = ''}) => (role === 'tool' ? [tool_call_id] : []));
    return pairingObjection(
      calls.map(({id}) => id),
      results,
    );
  },
  reasoningIn: ({body}) =>
    (body.messages as Message[]).flatMap(({reasoning_content}) =>
      reasoning_content ? [reasoning_content] : [],
    ),
  resultsIn: ({body}) =>
    (body.messages as Message[])
      .filter(({role}) => role === 'tool')
      .map(({tool_call_id = '', content}) => {
        const text = content ?? '';
        return {id: tool_call_id, text, failed: text.startsWith('Error: ')};
      }),
};

const usage = {
  prompt_tokens: 100,
  completion_tokens: 25,
  total_tokens: 125,
  prompt_tokens_details: {cached_tokens: 60},
};

const envelope = {id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'local-test-1'};

function chunk(delta: Record<string, unknown>, finish_reason: string | null = null): string {
  return sse({...envelope, choices: [{index: 0, delta, finish_reason}], usage: null});
}

function callChunks(call: NonNullable<WireAnswer['calls']>[number], index: number): string[] {
  const {id, name, arguments: pieces} = call;
  const opening = {index, id, type: 'function', function: {name, arguments: ''}};
  return [
    chunk({tool_calls: [opening]}),
    ...pieces.map((piece) => chunk({tool_calls: [{index, function: {arguments: piece}}]})),
  ];
}

function finishReason({stop = 'end', calls}: WireAnswer): string {
  if (stop === 'length') return 'length';
  if (stop === 'filter') return 'content_filter';
  return calls?.length ? 'tool_calls' : 'stop';
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
