import type {ToolEntry} from '../../workflows/protocol/manifest.ts';
import {typeOf} from '../../workflows/protocol/signature.ts';
import {type AgentChoice, assembleAgent} from '../agent/assemble.ts';
import {createManifest} from '../agent/manifest.ts';
import {type CommandContext, success} from '../command.ts';
import {wantsJson} from '../command-line/flag-values.ts';
import {agentChoice} from '../config.ts';
import {printable} from '../history/printable.ts';
import {jsonLine} from '../output/json-line.ts';
import {tableLines} from '../output/table.ts';

/** A tool that an agent's model is offered. */
interface OfferedTool extends ToolEntry {
  /** A live model would not be offered it. */
  scriptedOnly: boolean;
}

/**
 * `tools`: prints the tools of an agent with their arguments.
 *
 * @throws AgentDefinitionError where the agent cannot be used
 */
export async function listTools({flags, terminal}: CommandContext<'tools'>): Promise<number> {
  const tools = await terminal.whileLoading(() => offeredTools(agentChoice(flags)));
  terminal.out(wantsJson(flags) ? toolLines(tools) : toolList(tools));
  return success;
}

function toolList(tools: readonly OfferedTool[]): string {
  const lines = tableLines([
    ['tool', 'arguments (? may be left out)', 'what it does'],
    ...tools.map(({name, input, description, scriptedOnly}) => [
      name,
      printable(typeOf(input)),
      `${printable(description)}${scriptedOnly ? ' Only for scripted models.' : ''}`,
    ]),
  ]);
  return `${lines.join('\n')}\n`;
}

/** As JSON, one tool a line; `input` is a JSON Schema. */
function toolLines(tools: readonly OfferedTool[]): string {
  return tools
    .map(({name, capability, description, input, scriptedOnly}) =>
      jsonLine({type: 'tool', name, capability, description, input, scriptedOnly}),
    )
    .join('');
}

async function offeredTools(choice: AgentChoice): Promise<OfferedTool[]> {
  const agent = await assembleAgent(choice);
  const scripted = new Set((agent.scriptedCapabilities ?? []).map(({name}) => name));
  const {tools} = createManifest(agent);
  return tools.map((tool) => ({...tool, scriptedOnly: scripted.has(tool.capability)}));
}
