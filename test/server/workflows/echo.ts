import {proxyActivities} from '@temporalio/workflow';
import type {activities} from '../activities.ts';

/** Says what it is given, with a retry policy that asks for another attempt at once. */
export const {echo} = proxyActivities<typeof activities>({
  startToCloseTimeout: '10s',
  retry: {initialInterval: '10ms', maximumAttempts: 3},
});
