import {languageSummary} from '../../workflows/interpreter/language-summary.ts';
import type {ToolDescription} from '../../workflows/protocol/model-step.ts';
import {toolSignature} from '../../workflows/protocol/signature.ts';

/** Characters of signatures, about 2,000 tokens; a program finds the rest with `search_tools`. */
const signatureBudget = 8000;

/**
 * The tools as a model is told of them: `run_ptc` gets its language and the signatures of all other tools. This is
 * done at each model step and not in the manifest, which every history carries.
 */
export function describeTools(tools: readonly ToolDescription[]): ToolDescription[] {
  return tools.map((tool) => {
    if (tool.name !== 'run_ptc') return tool;
    const callable = tools.filter(({name}) => name !== tool.name);
    return {...tool, description: [tool.description, languageSummary, callableTools(callable)].join('\n')};
  });
}

function callableTools(tools: readonly ToolDescription[]): string {
  const lines: string[] = [];
  let characters = 0;
  for (const tool of tools) {
    const line = `${toolSignature(tool)}: ${tool.description}`;
    characters += line.length;
    if (characters > signatureBudget) break;
    lines.push(line);
  }
  const left = tools.length - lines.length;
  const more = left === 0 ? [] : [`${left} more: search_tools("a few words") returns their signatures.`];
  return ['Tools in programs:', ...lines, ...more].join('\n');
}
