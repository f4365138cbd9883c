/** What everybody needs to know of a tool that the workflow itself implements. */
export interface NativeToolFacts {
  readonly capability: string;
  /** What a call of it is in the tree of a run. */
  readonly kind: 'program' | 'subagent';
  /** Whether its result stands in an event of its own; else only in what the model is told. */
  readonly hasEvent: boolean;
  /** Whether programs may call it. */
  readonly inPrograms: boolean;
}

/** The tools that a manifest may mark `transport: 'workflow'`, by name; `workflows/capabilities/` implements each. */
export const nativeTools = {
  spawn: {capability: 'subagents', kind: 'subagent', hasEvent: true, inPrograms: true},
  run_ptc: {capability: 'ptc', kind: 'program', hasEvent: false, inPrograms: false},
} as const satisfies Record<string, NativeToolFacts>;

export type NativeToolName = keyof typeof nativeTools;

/** Runs a program. */
export const programTool = 'run_ptc' satisfies NativeToolName;

/** Starts a subagent. */
export const subagentTool = 'spawn' satisfies NativeToolName;

/** @returns what is known of a native tool; undefined for any other */
export function nativeToolFacts(name: string): NativeToolFacts | undefined {
  return isNativeName(name) ? nativeTools[name] : undefined;
}

/** @returns whether a capability's tool is one that the workflow implements */
export function isNativeTool({capability, name}: {capability: string; name: string}): boolean {
  return nativeToolFacts(name)?.capability === capability;
}

function isNativeName(name: string): name is NativeToolName {
  return Object.hasOwn(nativeTools, name);
}
