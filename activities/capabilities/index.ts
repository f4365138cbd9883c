import type {Capability} from '../define.ts';
import {ptc} from './ptc.ts';
import {sandbox} from './sandbox.ts';
import {subagents} from './subagents.ts';

/** What an agent has where nobody says otherwise. */
export const defaultCapabilities: readonly Capability[] = [sandbox, subagents, ptc];
