import type {NativeTools} from '../agent/agent-run.ts';
import {runPtc} from './ptc.ts';
import {spawn} from './subagents.ts';

/** Every tool that a manifest may mark `transport: 'workflow'`. */
export const nativeTools: NativeTools = {spawn, run_ptc: runPtc};
