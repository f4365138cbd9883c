import {json, pairingObjection, sse, type Wire, type WireAnswer, type WireError} from './wire.ts';

interface Item {
  type?: string;
  role?: string;
  id?: string;
  call_id?: string;
  name?: string;
  arguments?: string;
  output?: string;
  encrypted_content?: string;
}

/** OpenAI's own errors, which both of its APIs share. */
export const openaiErrors: Record<WireError, {status: number; type: string; code: string | null}> = {
  authentication: {status: 401, type: 'invalid_request_error', code: 'invalid_api_key'},
  badRequest: {status: 400, type: 'invalid_request_error', code: null},
  contextTooLong: {status: 400, type: 'invalid_request_error', code: 'context_length_exceeded'},
  overloaded: {status: 503, type: 'server_error', code: null},
  permission: {status: 403, type: 'invalid_request_error', code: null},
  quota: {status: 429, type: 'insufficient_quota', code: 'insufficient_quota'},
  rateLimited: {status: 429, type: 'requests', code: 'rate_limit_exceeded'},
  serverError: {status: 500, type: 'server_error', code: 'server_error'},
  unknownModel: {status: 404, type: 'invalid_request_error', code: 'model_not_found'},
};

/** OpenAI's Responses API as its documentation has it. */
export const responsesWire: Wire = {
  provider: 'openai',
  model: 'gpt-test-1',
  path: '/v1/responses',
  keys: (origin, apiKey) => ({openai: {apiKey, baseURL: `${origin}/v1`}, anthropic: {problem: 'none'}}),
  events(answer) {
    const output = itemsOf(answer);
    const started = {id: 'resp_1', object: 'response', status: 'in_progress', output: []};
    const events: Record<string, unknown>[] = [
      {type: 'response.created', response: started},
      {type: 'response.in_progress', response: started},
      ...output.flatMap((item, index) => itemEvents(item, index, answer)),
      endOf(answer, output),
    ];
    return events.map((event, index) => sse({...event, sequence_number: index}, String(event.type)));
  },
  whole: (answer) => endOf(answer, itemsOf(answer)).response as Record<string, unknown>,
  error(kind, message) {
    const {status, type, code} = openaiErrors[kind];
    return json(status, {error: {message, type, param: null, code}});
  },
  streamedError: (kind, message) =>
    sse({type: 'error', code: openaiErrors[kind].code ?? 'server_error', message, param: null}, 'error'),
  objection({headers, body}) {
    if (!headers.authorization?.startsWith('Bearer ')) return 'You must provide an API key.';
    const input = body.input as Item[];
    if (input.some(({type, encrypted_content}) => type === 'reasoning' && !encrypted_content)) {
      return 'Items are not persisted when `store` is set to false.';
    }
    const calls = input.filter(({type}) => type === 'function_call');
    if (calls.some(({name}) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name ?? ''))) return "Invalid 'name'";
    if (calls.some(({call_id = ''}) => call_id.length > 64)) return "Invalid 'call_id'";
    const outputs = input.filter(({type}) => type === 'function_call_output');
    return pairingObjection(idsOf(calls), idsOf(outputs));
  },
  reasoningIn: ({body}) => (body.input as Item[]).filter(({type}) => type === 'reasoning'),
  resultsIn: ({body}) =>
    (body.input as Item[])
      .filter(({type}) => type === 'function_call_output')
      .map(({call_id = '', output = ''}) => ({
        id: call_id,
        text: output,
        failed: output.startsWith('Error: '),
      })),
};

function idsOf(items: readonly Item[]): string[] {
  return items.map(({call_id = ''}) => call_id);
}

type OutputItem = Record<string, unknown> & {type: string; id: string};

function itemsOf({reasoning, text, calls = [], refusal, stop}: WireAnswer): OutputItem[] {
  const items: OutputItem[] = [];
  if (reasoning) {
    const summary = [{type: 'summary_text', text: reasoning.join('')}];
    items.push({type: 'reasoning', id: 'rs_1', summary, encrypted_content: 'Z2FybGlj'});
  }
  const status = stop === 'length' ? 'incomplete' : 'completed';
  const content = refusal
    ? [{type: 'refusal', refusal}]
    : [{type: 'output_text', text: text?.join(''), annotations: [], logprobs: []}];
  if (text || refusal) items.push({type: 'message', id: 'msg_1', role: 'assistant', status, content});
  const functionCalls = calls.map(({id, name, arguments: pieces}, index) => {
    return {type: 'function_call', id: `fc_${index}`, call_id: id, name, arguments: pieces.join(''), status};
  });
  return [...items, ...functionCalls];
}

function itemEvents(item: OutputItem, output_index: number, {text, calls = []}: WireAnswer) {
  const at = {output_index, item_id: item.id};
  const pieces = calls.find(({id}) => id === item.call_id)?.arguments ?? [];
  return [
    {type: 'response.output_item.added', output_index, item: {...item, status: 'in_progress'}},
    ...(item.type === 'message' ? (text ?? []) : []).map((delta) => {
      return {type: 'response.output_text.delta', ...at, content_index: 0, delta, logprobs: []};
    }),
    ...pieces.map((delta) => ({type: 'response.function_call_arguments.delta', ...at, delta})),
    {type: 'response.output_item.done', output_index, item},
  ];
}

function endOf({stop = 'end'}: WireAnswer, output: OutputItem[]): Record<string, unknown> {
  const usage = {
    input_tokens: 100,
    input_tokens_details: {cached_tokens: 60},
    output_tokens: 25,
    output_tokens_details: {reasoning_tokens: 5},
    total_tokens: 125,
  };
  const cut = {length: 'max_output_tokens', filter: 'content_filter', end: undefined, refusal: undefined}[
    stop
  ];
  const status = cut ? 'incomplete' : 'completed';
  const incomplete_details = cut ? {reason: cut} : null;
  const response = {id: 'resp_1', object: 'response', status, incomplete_details, error: null, output, usage};
  return {type: `response.${status}`, response};
}
