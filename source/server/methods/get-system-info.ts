import {method} from '../grpc/method.ts';

/** The release of the real server whose behaviour this one follows. */
export const serverVersion = '1.29.1';

export const getSystemInfo = method('GetSystemInfo', () => ({
  serverVersion,
  capabilities: {
    signalAndQueryHeader: true,
    internalErrorDifferentiation: true,
    activityFailureIncludeHeartbeat: true,
    encodedFailureAttributes: true,
    upsertMemo: true,
    sdkMetadata: true,
    countGroupByExecutionStatus: true,
    buildIdBasedVersioning: false,
    supportsSchedules: false,
    eagerWorkflowStart: false,
    nexus: false,
  },
}));
