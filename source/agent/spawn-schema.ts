import type {JsonObject, JsonSchema} from '../../workflows/protocol/json.ts';
import type {AgentDefinition, SubagentDefinition} from './define-agent.ts';

/** Characters of a description that is made from instructions. */
const longestBeginning = 120;

/**
 * The schema of `spawn` for an agent: `agent_name` is one of its subagents, each with what it is good for. With none
 * the schema stays as it is, since a choice among nothing is no schema.
 */
export function withAgentNames(schema: JsonSchema, {agents = {}}: AgentDefinition): JsonSchema {
  const names = Object.keys(agents);
  if (names.length === 0) return schema;
  const lines = Object.entries(agents).map(([name, agent]) => `${name}: ${descriptionOf(agent)}`);
  const properties = schema.properties as JsonObject;
  return {
    ...schema,
    properties: {...properties, agent_name: {type: 'string', enum: names, description: lines.join('\n')}},
  };
}

function descriptionOf({description, instructions}: SubagentDefinition): string {
  const words = description?.trim() || instructions.trim().split('\n')[0] || '';
  if (description || words.length <= longestBeginning) return words;
  return `${words.slice(0, longestBeginning).toWellFormed()}…`;
}
