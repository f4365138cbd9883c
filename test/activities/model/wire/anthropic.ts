import {json, pairingObjection, sse, type Wire, type WireAnswer, type WireError} from './wire.ts';

interface Block {
  type: string;
  id?: string;
  name?: string;
  text?: string;
  input?: unknown;
  tool_use_id?: string;
  content?: string;
  is_error?: boolean;
  cache_control?: unknown;
}
interface Message {
  role: string;
  content: Block[];
}

const errors: Record<WireError, {status: number; type: string}> = {
  authentication: {status: 401, type: 'authentication_error'},
  badRequest: {status: 400, type: 'invalid_request_error'},
  contextTooLong: {status: 400, type: 'invalid_request_error'},
  overloaded: {status: 529, type: 'overloaded_error'},
  permission: {status: 403, type: 'permission_error'},
  quota: {status: 402, type: 'billing_error'},
  rateLimited: {status: 429, type: 'rate_limit_error'},
  serverError: {status: 500, type: 'api_error'},
  unknownModel: {status: 404, type: 'not_found_error'},
};

/** Anthropic's Messages API as its documentation has it. */
export const anthropicWire: Wire = {
  provider: 'anthropic',
  model: 'claude-test-1',
  path: '/v1/messages',
  keys: (origin, apiKey) => ({openai: {problem: 'none'}, anthropic: {apiKey, baseURL: origin}}),
  events: (answer) => [
    messageStart(),
    sse({type: 'ping'}, 'ping'),
    ...blocksOf(answer).flatMap((block, index) => blockEvents(block, index)),
    sse(
      {
        type: 'message_delta',
        delta: {
          stop_reason: stopReason(answer),
          stop_sequence: null,
          stop_details: answer.refusal
            ? {type: 'refusal', category: null, explanation: answer.refusal}
            : null,
        },
        usage: {output_tokens: 25, input_tokens: null},
      },
      'message_delta',
    ),
    sse({type: 'message_stop'}, 'message_stop'),
  ],
  whole(answer) {
    const content = blocksOf(answer).map(({start, deltas}) => ({...start, ...joinedDeltas(deltas)}));
    const usage = {...inputUsage, output_tokens: 25};
    const stop_details = answer.refusal ? {type: 'refusal', explanation: answer.refusal} : null;
    return {...emptyMessage, content, usage, stop_reason: stopReason(answer), stop_details};
  },
  error(kind, message) {
    const {status, type} = errors[kind];
    const text = kind === 'contextTooLong' ? `prompt is too long: 9 tokens > 8 maximum. ${message}` : message;
    return json(status, {type: 'error', error: {type, message: text}, request_id: 'req_1'});
  },
  streamedError: (kind, message) => sse({type: 'error', error: {type: errors[kind].type, message}}, 'error'),
  objection({headers, body}) {
    // The SDK's version 1 sends the key as a bearer token; the API takes both.
    if (!headers['x-api-key'] && !headers.authorization) return 'x-api-key header is required';
    if (!headers['anthropic-version']) return 'anthropic-version: header is required';
    if (typeof body.max_tokens !== 'number') return 'max_tokens: Field required';
    return messagesObjection(body.messages as Message[]);
  },
  reasoningIn: ({body}) => blocksIn(body).filter(({type}) => type.includes('thinking')),
  resultsIn: ({body}) =>
    blocksIn(body)
      .filter(({type}) => type === 'tool_result')
      .map((block) => ({
        id: block.tool_use_id ?? '',
        text: block.content ?? '',
        failed: block.is_error === true,
      })),
};

function messagesObjection(messages: Message[]): string | undefined {
  const blocks = messages.flatMap(({content}) => content);
  if (messages[0]?.role !== 'user') return 'first message must be the user';
  if (messages.some(({content}) => content.length === 0)) return 'content must not be empty';
  if (blocks.some(({type, text}) => type === 'text' && !text?.trim() && text !== ' ')) {
    return 'text content blocks must contain non-whitespace text';
  }
  const uses = blocks.filter(({type}) => type === 'tool_use');
  const names = uses.every(
    ({id, name}) => /^[a-zA-Z0-9_-]+$/.test(id ?? '') && /^[\w-]{1,128}$/.test(name ?? ''),
  );
  if (!names) return 'tool_use: String should match pattern';
  if (uses.some(({input}) => typeof input !== 'object' || input === null))
    return 'input: should be an object';
  if (blocks.filter((block) => block.cache_control).length > 4)
    return 'A maximum of 4 blocks with cache_control';
  const results = blocks.filter(({type}) => type === 'tool_result').map(({tool_use_id = ''}) => tool_use_id);
  return (
    pairingObjection(
      uses.map(({id = ''}) => id),
      results,
    ) ?? resultsFollowCalls(messages)
  );
}

function resultsFollowCalls(messages: Message[]): string | undefined {
  const misplaced = messages.some(({content}, index) => {
    const ids = content.filter(({type}) => type === 'tool_use').map(({id}) => id);
    const next = messages[index + 1]?.content.map((block) => block.tool_use_id) ?? [];
    return ids.some((id) => !next.includes(id));
  });
  return misplaced ? '`tool_use` ids were found without `tool_result` blocks immediately after' : undefined;
}

function blocksIn(body: Record<string, unknown>): Block[] {
  return (body.messages as Message[]).flatMap(({content}) => content);
}

const inputUsage = {input_tokens: 30, cache_read_input_tokens: 60, cache_creation_input_tokens: 10};

const emptyMessage = {id: 'msg_1', type: 'message', role: 'assistant', content: [], model: 'claude-test-1'};

function messageStart(): string {
  const usage = {...inputUsage, output_tokens: 1};
  const message = {...emptyMessage, usage, stop_reason: null, stop_sequence: null};
  return sse({type: 'message_start', message}, 'message_start');
}

/** What the deltas of a block come to. */
function joinedDeltas(deltas: readonly Record<string, unknown>[]): Record<string, unknown> {
  const joined: Record<string, string> = {};
  for (const {type: _type, ...fields} of deltas) {
    for (const [name, piece] of Object.entries(fields)) joined[name] = (joined[name] ?? '') + String(piece);
  }
  const {partial_json, ...rest} = joined;
  return {...rest, ...(partial_json && {input: JSON.parse(partial_json)})};
}

interface StreamedBlock {
  start: Record<string, unknown>;
  deltas: Record<string, unknown>[];
}

function blocksOf({reasoning, text, calls = []}: WireAnswer): StreamedBlock[] {
  const blocks: StreamedBlock[] = [];
  if (reasoning) {
    const deltas = reasoning.map((thinking) => ({type: 'thinking_delta', thinking}));
    const signature = {type: 'signature_delta', signature: 'c2lnbmF0dXJl'};
    blocks.push({start: {type: 'thinking', thinking: '', signature: ''}, deltas: [...deltas, signature]});
    blocks.push({start: {type: 'redacted_thinking', data: 'b3BhcXVl'}, deltas: []});
  }
  if (text) {
    blocks.push({
      start: {type: 'text', text: ''},
      deltas: text.map((piece) => ({type: 'text_delta', text: piece})),
    });
  }
  const uses = calls.map(({id, name, arguments: pieces}) => ({
    start: {type: 'tool_use', id, name, input: {}},
    deltas: ['', ...pieces].map((partial_json) => ({type: 'input_json_delta', partial_json})),
  }));
  return [...blocks, ...uses];
}

function blockEvents({start, deltas}: StreamedBlock, index: number): string[] {
  return [
    sse({type: 'content_block_start', index, content_block: start}, 'content_block_start'),
    ...deltas.map((delta) => sse({type: 'content_block_delta', index, delta}, 'content_block_delta')),
    sse({type: 'content_block_stop', index}, 'content_block_stop'),
  ];
}

function stopReason({stop = 'end', calls}: WireAnswer): string {
  if (stop === 'length') return 'max_tokens';
  if (stop === 'refusal' || stop === 'filter') return 'refusal';
  return calls?.length ? 'tool_use' : 'end_turn';
}
