import {languageSummary} from '../../workflows/interpreter/language-summary.ts';
import type {ToolDescription} from '../../workflows/protocol/manifest.ts';
import {programTool, subagentTool} from '../../workflows/protocol/native-tools.ts';
import {toolSignature, typeOf} from '../../workflows/protocol/signature.ts';

/** Characters of signatures, about 2,000 tokens; a program finds the rest with `search_tools`. */
const signatureBudget = 8000;

/**
 * The tools as a model is told of them: `run_ptc` gets its language and the signatures of all other tools. This is
 * done at each model step and not in the manifest, which every history carries.
 */
export function describeTools(tools: readonly ToolDescription[]): ToolDescription[] {
  return tools.map((tool) => {
    if (tool.name !== programTool) return tool;
    const callable = tools.filter(({name}) => name !== tool.name);
    return {...tool, description: [tool.description, languageSummary, callableTools(callable)].join('\n')};
  });
}

function callableTools(tools: readonly ToolDescription[]): string {
  const lines: string[] = [];
  let left = signatureBudget;
  for (const tool of spawnFirst(tools)) {
    const line = [toolSignature(tool), `${tool.name}(${typeOf(tool.input)})`]
      .map((signature) => `${signature}: ${tool.description}`)
      .find(({length}) => length <= left);
    if (line === undefined) break;
    left -= line.length;
    lines.push(line);
  }
  const unnamed = tools.length - lines.length;
  const more =
    unnamed === 0 ? [] : [`${unnamed} more: search_tools("a few words") returns their signatures.`];
  return ['Tools in programs:', ...lines, ...more].join('\n');
}

/** However many tools there are, a model hears of its subagents. */
function spawnFirst(tools: readonly ToolDescription[]): ToolDescription[] {
  const isSpawn = ({name}: ToolDescription) => name === subagentTool;
  return [...tools.filter(isSpawn), ...tools.filter((tool) => !isSpawn(tool))];
}
