import type {ModelScript, ScriptedStep} from '../../activities/model/scripted.ts';
import type {ToolMessage} from '../../workflows/protocol/transcript.ts';

/** One thing that the scripted model understands. */
export interface Intent {
  /** What to type, for people. */
  example: string;
  pattern: RegExp;
  steps(match: RegExpExecArray): readonly ScriptedStep[];
}

/** What the scripted model does for a free prompt: the first that matches. */
export const intents: readonly Intent[] = [
  {
    example: 'write a note in the sandbox',
    pattern: /^write\b\s*(.*)$/is,
    steps: ([, what = '']) => [
      {calls: [{name: 'write_file', input: {path: fileIn(what) ?? 'note.txt', content: `${what.trim()}\n`}}]},
      {answer: ([written]) => `I wrote ${shown(written)}.`},
    ],
  },
  {
    example: 'list the files',
    pattern: /^list\b/i,
    steps: () => [{calls: [{name: 'list_files', input: {}}]}, {answer: ([listed]) => listAnswer(listed)}],
  },
  {
    example: 'read note.txt',
    pattern: /^read\s+(\S+)/i,
    steps: ([, path = '']) => [
      {calls: [{name: 'read_file', input: {path}}]},
      {answer: ([read]) => shown(read)},
    ],
  },
  {
    example: 'delegate: write a haiku',
    pattern: /^delegate\b[\s:]*(.*)$/is,
    steps: ([, task = '']) => [
      {calls: [{name: 'spawn', input: {agent_name: 'generic', task: task.trim() || 'write a note'}}]},
      {answer: ([answered]) => `The subagent says: ${shown(answered)}`},
    ],
  },
  {
    example: 'run a program',
    pattern: /^run\b.*\bprogram\b/i,
    steps: () => [
      {calls: [{name: 'run_ptc', input: {code: sampleProgram}}]},
      {answer: ([ran]) => `The program returned ${shown(ran)}.`},
    ],
  },
];

const sampleProgram = `const paths = ['one', 'two', 'three'].map((name) => 'program/' + name + '.txt');
await gather(...paths.map((path) => write_file({path, content: 'Written by a program.\\n'})));
const texts = await gather(...paths.map((path) => read_file({path})));
texts.map((text) => text.length)`;

/** The plain `scripted` model. */
export const intentScript: ModelScript = ({agent, prompt}) => {
  for (const {pattern, steps} of intents) {
    const match = pattern.exec(prompt.trim());
    if (match) return steps(match);
  }
  return [{answer: agent === 'generic' ? `Done: ${prompt.trim()}` : explanation}];
};

const explanation = [
  'I am a scripted model and understand five things:',
  ...intents.map(({example}) => `  ${example}`),
  'For everything else use a live model, e.g. --model gpt-5.5 with OPENAI_API_KEY or --model claude-sonnet-5 with ANTHROPIC_API_KEY.',
].join('\n');

function fileIn(text: string): string | undefined {
  return /\b(?:to|into|in|named|called)\s+([\w./-]+\.\w+)/i.exec(text)?.[1];
}

function listAnswer(listed: ToolMessage | undefined): string {
  const paths = Array.isArray(listed?.result) ? listed.result : [];
  return paths.length === 0 ? 'The sandbox is empty.' : paths.join('\n');
}

function shown(message: ToolMessage | undefined): string {
  if (message?.failure) return message.failure.message;
  const result = message?.result ?? null;
  return typeof result === 'string' ? result : JSON.stringify(result);
}
