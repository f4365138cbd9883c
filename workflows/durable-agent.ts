import type {AgentManifest} from './protocol/manifest.ts';

export interface AgentInput {
  manifest: AgentManifest;
  prompt: string;
}

export async function durableAgent(input: AgentInput): Promise<{answer: string}> {
  return {answer: input.prompt};
}
