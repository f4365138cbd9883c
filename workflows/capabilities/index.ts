import type {NativeTool} from './native-tool.ts';
import {runPtc} from './ptc.ts';
import {spawn} from './subagents.ts';

/** Every tool that a manifest may mark `transport: 'workflow'`, by `<capability>.<tool>`. */
export const nativeTools: ReadonlyMap<string, NativeTool> = new Map([
  ['subagents.spawn', spawn],
  ['ptc.run_ptc', runPtc],
]);
