import {sizeOfPayloads} from '../commands/payload-size.ts';
import {method} from '../grpc/method.ts';
import {signalRun} from '../run/lifecycle.ts';
import {invalidArgument} from '../wire/service-error.ts';
import {findOpenRun} from './lookup.ts';

const maximumSignalSize = 2 * 1024 * 1024;

export const signalWorkflowExecution = method('SignalWorkflowExecution', (engine, request) => {
  const {signalName, input, identity, header, requestId} = request;
  if (!signalName) throw invalidArgument('SignalName is not set on request.');
  if (sizeOfPayloads(input) > maximumSignalSize) throw invalidArgument('Blob data size exceeds limit.');
  const run = findOpenRun(engine, request.namespace, request.workflowExecution);
  const signal = {signalName, input: input ?? null, identity, header: header ?? null};
  engine.change(run, (change) => signalRun(change, signal, requestId));
  return {};
});
