import type {ServerLine} from '../output/printer.ts';
import type {Runtime} from './open-runtime.ts';

/** Where a run goes, as a printer says it. */
export function serverLine({choice, server, taskQueue, webUrl}: Runtime): ServerLine {
  return {
    kind: choice.kind,
    address: server.address,
    why: choice.why,
    taskQueue,
    ...(webUrl !== undefined && {webUrl}),
  };
}
