// The package's public API.

export type {ActivitySettings} from '../activities/activity-settings.ts';
export {AgentDefinitionError} from '../activities/agent-definition-error.ts';
export {faults} from '../activities/capabilities/faults.ts';
export {defaultCapabilities} from '../activities/capabilities/index.ts';
export {ptc} from '../activities/capabilities/ptc.ts';
export {sandbox} from '../activities/capabilities/sandbox.ts';
export {subagents} from '../activities/capabilities/subagents.ts';
export {type Capability, defineCapability, type Tool, type ToolContext, tool} from '../activities/define.ts';
export {ToolExecutionError, ToolRetryableError, ToolValidationError} from '../activities/errors.ts';
export type {ModelScript, ScriptedStep} from '../activities/model/scripted.ts';
export {sandboxPath} from '../activities/sandbox-path.ts';
export type {AgentResult} from '../workflows/protocol/agent.ts';
export {type AgentDefinition, defineAgent, type SubagentDefinition} from './agent/define-agent.ts';
export {runAgent} from './agent/run-agent.ts';
export {type AgentWorkerSettings, createWorkerOptions} from './agent/worker-options.ts';
