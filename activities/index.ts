import {
  definitionsActivityType,
  modelActivityType,
  toolActivityType,
} from '../workflows/protocol/identity.ts';
import type {Capability} from './define.ts';
import {createDefinitionsRequest} from './definitions-request.ts';
import {createFirstRuns} from './first-runs.ts';
import {createHeldManifests} from './held-manifests.ts';
import {createModelRequest, type ModelDependencies} from './model/request.ts';
import {type RunnableTool, type ToolEnvironment, toolActivity} from './tool-activity.ts';

/** Everything that activities need from the process they run in. */
export interface ActivityDependencies extends ToolEnvironment, Omit<ModelDependencies, 'manifestOf'> {
  capabilities: readonly Capability[];
}

/** Runs whose chain a worker remembers. */
const knownRuns = 1000;

/** Manifests of other runs that a worker keeps, of at most 1 MB each. */
const keptManifests = 20;

/** The activities of a worker, by activity type: `model.request`, `sandbox.write_file`, … */
export function createActivities(
  dependencies: ActivityDependencies,
): Record<string, (...input: never[]) => Promise<unknown>> {
  const firstRunOf = createFirstRuns(knownRuns);
  const tools = dependencies.capabilities.flatMap((capability) =>
    Object.entries(capability.tools)
      .filter((entry): entry is [string, RunnableTool] => entry[1].run !== undefined)
      .map(([name, tool]) => [
        toolActivityType({capability: capability.name, name}),
        toolActivity(name, tool, dependencies, firstRunOf),
      ]),
  );
  const manifestOf = createHeldManifests(keptManifests);
  return {
    [modelActivityType]: createModelRequest({...dependencies, manifestOf}),
    [definitionsActivityType]: createDefinitionsRequest({...dependencies, manifestOf}),
    ...Object.fromEntries(tools),
  };
}
