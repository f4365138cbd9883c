/** An agent or a capability that cannot be used as it is written. The message is one line for its author. */
export class AgentDefinitionError extends Error {
  override name = 'AgentDefinitionError';
}
