import {Context} from '@temporalio/activity';
import {type DefinitionsPart, type HeldManifest, outlineOf} from '../workflows/protocol/held-manifest.ts';
import {definitionsActivityType} from '../workflows/protocol/identity.ts';
import type {AgentManifest, ManifestOutline, ToolDescription} from '../workflows/protocol/manifest.ts';
import {classifyToolError} from './classify-error.ts';
import {whileHeartbeating} from './heartbeating.ts';
import type {ManifestOf} from './held-manifests.ts';

/** What the activity needs from the process it runs in. */
export interface DefinitionsDependencies {
  manifestOf: ManifestOf;
  /** Absolute path; shown as `.` where an error names it. */
  sandbox: string;
  /** Milliseconds. */
  heartbeatInterval: number;
}

/** The `agent.definitions` activity: gives a run a part of the manifest that another run holds. */
export function createDefinitionsRequest({
  manifestOf,
  sandbox,
  heartbeatInterval,
}: DefinitionsDependencies): (
  held: HeldManifest,
  part: DefinitionsPart,
) => Promise<ManifestOutline | ToolDescription[]> {
  return async (held, part) => {
    const context = Context.current();
    try {
      const manifest = await whileHeartbeating(context, heartbeatInterval, () => manifestOf(context, held));
      return part === 'outline' ? outlineOf(manifest) : toolsOf(manifest);
    } catch (error) {
      const signal = context.cancellationSignal;
      throw classifyToolError(error, {tool: definitionsActivityType, sandbox, signal});
    }
  };
}

function toolsOf({tools}: AgentManifest): ToolDescription[] {
  return tools.map(({name, description, input}) => ({name, description, input}));
}
