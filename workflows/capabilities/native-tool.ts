import type {AgentRun} from '../agent/agent-run.ts';
import type {ToolCall} from '../agent/call-tool.ts';
import type {JsonObject} from '../protocol/json.ts';
import type {ToolOutcome} from '../protocol/tool-call.ts';

/** A tool that is implemented inside the workflow. Errors that it throws are treated as a tool's own. */
export type NativeTool = (context: NativeToolContext) => Promise<ToolOutcome>;

export interface NativeToolContext {
  run: AgentRun;
  call: ToolCall & {input: JsonObject};
  /** Crosses the same durable boundary as the model's own calls. */
  callTool(call: ToolCall): Promise<ToolOutcome>;
}
