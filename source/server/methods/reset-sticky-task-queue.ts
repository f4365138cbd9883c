import {method} from '../grpc/method.ts';
import {dropSticky} from '../run/workflow-task.ts';
import {findOpenRun} from './lookup.ts';

export const resetStickyTaskQueue = method('ResetStickyTaskQueue', (engine, request) => {
  const run = findOpenRun(engine, request.namespace, request.execution);
  engine.change(run, dropSticky);
  return {};
});
