import {z} from 'zod';
import {defineCapability, tool} from '../../activities/define.ts';
import type {ModelScript} from '../../activities/model/scripted.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import type {AgentDefinition} from '../../source/agent/define-agent.ts';

/** A tool whose results are as large as a test wants them, each another. */
export const pages = defineCapability({
  name: 'pages',
  tools: {
    read_page: tool({
      description: 'Reads a page of a book.',
      input: z.object({number: z.number(), bytes: z.number()}),
      run: async ({number, bytes}) => `${number} `.repeat(bytes).slice(0, bytes),
    }),
  },
});

/** An agent that reads pages and can do nothing else. */
export const reader: AgentDefinition = {...defaultAgent, capabilities: [pages], limits: {turns: 1000}};

/** Reads pages; the prompt is `{"turns": …, "bytes": …}` and, where it is not 1, how many `calls` a turn. The answer tells which pages the model has seen. */
export const readPages: ModelScript = ({prompt}) => {
  const {turns, bytes, calls = 1} = JSON.parse(prompt) as {turns: number; bytes: number; calls?: number};
  const reads = Array.from({length: turns}, (_, index) => ({
    calls: Array.from({length: calls}, (_, call) => ({
      name: 'read_page',
      input: {number: index * calls + call + 1, bytes},
    })),
  }));
  return [
    ...reads,
    {
      answer: (results) =>
        JSON.stringify(
          results.map(({result}) => [Number.parseInt(String(result), 10), String(result).length]),
        ),
    },
  ];
};

/** What `readPages` answers when nothing is missing. */
export function allPages({turns, bytes}: {turns: number; bytes: number}): string {
  return JSON.stringify(Array.from({length: turns}, (_, index) => [index + 1, bytes]));
}
