import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {modelVariables, vendorOf} from '../../activities/model/model-keys.ts';
import {anthropicWire} from '../activities/model/wire/anthropic.ts';
import {secretKey, serve} from '../activities/model/wire/ask.ts';
import {chatWire} from '../activities/model/wire/chat.ts';
import {responsesWire} from '../activities/model/wire/responses.ts';
import {streamed, type Wire} from '../activities/model/wire/wire.ts';
import {type CommandOutcome, durableTui, emptyFolder, jsonLines} from './command-line.ts';

const outputs: string[][] = [[], ['--json', '--debug', '--log-level', 'debug']];

describe.each([responsesWire, chatWire, anthropicWire])('$provider, end to end', (wire) => {
  it.each(outputs.map((output) => ({output})))(
    'answers, and the key is nowhere: $output',
    async ({output}) => {
      const {origin, requests} = await serve(wire, (request) =>
        streamed(wire, wire.resultsIn(request).length > 0 ? {text: ['All ', 'written.']} : writeNote),
      );
      const cwd = await emptyFolder();
      const outcome = await run(wire, origin, cwd, output);
      expect(outcome.stdout).toContain('All written.');
      if (output.includes('--json')) expect(jsonLines(outcome).at(-1)?.usage).toEqual(countedBy(wire));
      expect(outcome.code).toBe(0);
      // The key is there where it belongs, so the search would find it.
      expect(JSON.stringify(requests.map(({headers}) => headers))).toContain(secretKey);
      expect(requests).toHaveLength(2);
      const files = await filesBelow(cwd);
      expect(files.map(({path}) => path)).toContain('.demo-sandbox/note.txt');
      expect(files.filter(({path}) => path.startsWith('histories/'))).toHaveLength(1);
      expectNoKey(outcome, files);
    },
  );

  it('is told which subagents there are and what each is good for, in calls and in programs', async () => {
    const {origin, requests} = await serve(wire, () => streamed(wire, {text: ['Hi.']}));
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'agent.ts'), team);
    const {code} = await run(wire, origin, cwd, ['--agent', 'agent.ts']);
    expect(code).toBe(0);
    const tools = (requests[0]?.body.tools ?? []) as object[];
    const [spawn, program] = ['spawn', 'run_ptc'].map((name) =>
      JSON.stringify(tools.find((tool) => JSON.stringify(tool).includes(`"name":"${name}"`))),
    );
    expect(spawn).toContain('"enum":["writer","critic"]');
    expect(spawn).toContain('writer: Writes prose.\\ncritic: You find faults.');
    expect(program).toContain(
      'spawn({agent_name: \\"writer\\" | \\"critic\\" /* writer: Writes prose. critic: You find faults. */, task: string})',
    );
  });

  it('fails on a refused key with a sentence that does not have it', async () => {
    const {origin} = await serve(wire, () =>
      wire.error('authentication', `Incorrect API key provided: ${secretKey}.`),
    );
    const cwd = await emptyFolder();
    const outcome = await run(wire, origin, cwd, ['--json', '--debug']);
    expect(jsonLines(outcome).at(-1)?.error).toContain(modelVariables[vendorOf(wire.provider)].apiKey);
    expect(outcome.code).toBe(1);
    expectNoKey(outcome, await filesBelow(cwd));
  });
});

const team = `import {defineAgent, ptc, subagents} from 'durable-tui';
export default defineAgent({
  name: 'team',
  instructions: 'Work.',
  capabilities: [subagents, ptc],
  agents: {
    writer: {description: 'Writes prose.', instructions: 'Write what you are told to.'},
    critic: {instructions: 'You find faults.\\nBe kind.'},
  },
});
`;

/** Tokens of a run by one model. */
function countedBy({provider, model}: Wire): object {
  const tokens = {input: expect.any(Number), cached: expect.any(Number), output: expect.any(Number)};
  return {[`${provider}:${model}`]: tokens};
}

const writeNote = {
  calls: [{id: 'call_1', name: 'write_file', arguments: ['{"path": "note.txt", ', '"content": "hello"}']}],
};

function run(wire: Wire, origin: string, cwd: string, output: readonly string[]): Promise<CommandOutcome> {
  const {provider, model} = wire;
  const names = modelVariables[vendorOf(provider)];
  const access = wire.keys(origin, secretKey)[vendorOf(provider)] as {baseURL: string};
  return durableTui(
    [
      '--in-process',
      '--model',
      `${provider}:${model}`,
      '--save-history',
      'histories',
      ...output,
      'Write a note.',
    ],
    {cwd, environment: {[names.apiKey]: secretKey, [names.baseURL]: access.baseURL}},
  );
}

interface FoundFile {
  path: string;
  content: string;
}

async function filesBelow(folder: string): Promise<FoundFile[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return {path: path.slice(folder.length + 1), content: await readFile(path, 'utf8')};
      }),
  );
}

/** Neither the key nor its encoded form, which a payload in a saved history would have. */
function expectNoKey({stdout, stderr}: CommandOutcome, files: readonly FoundFile[]): void {
  const payloads = files.flatMap(({content}) => content.match(/[A-Za-z0-9+/]{16,}={0,2}/g) ?? []);
  const decoded = payloads.map((payload) => Buffer.from(payload, 'base64').toString('utf8'));
  const texts = [stdout, stderr, ...files.map(({content}) => content), ...decoded];
  expect(texts.filter((text) => text.includes(secretKey))).toEqual([]);
}
