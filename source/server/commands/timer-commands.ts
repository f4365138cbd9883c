import {record} from '../run/record.ts';
import {cancelTimer, startTimer} from '../run/timer.ts';
import {WorkflowTaskFailedCause} from '../wire/enums.ts';
import {int64} from '../wire/numbers.ts';
import type {CommandTable} from './command-table.ts';

/** The commands of timers and markers, which need nothing outside the run. */
export const timerCommands: CommandTable = {
  startTimer: {
    check({timerId}, {timerIds}) {
      const id = timerId ?? '';
      if (!timerIds.has(id)) {
        timerIds.add(id);
        return undefined;
      }
      return {
        cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_START_TIMER_DUPLICATE_ID,
        message: 'invalid history builder state for action: add-timer-started-event',
      };
    },
    apply(attributes, {change, completedEventId, userMetadata}) {
      startTimer(change, attributes, completedEventId, userMetadata);
    },
  },
  cancelTimer: {
    check({timerId}, {timerIds}) {
      // A timer that fired meanwhile waits in the buffer; canceling it takes it out again, so its id still counts.
      if (timerIds.delete(timerId ?? '')) return undefined;
      return {
        cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_CANCEL_TIMER_ATTRIBUTES,
        message: 'invalid history builder state for action: add-timer-canceled-event',
      };
    },
    apply({timerId}, {change, completedEventId, identity}) {
      cancelTimer(change, timerId ?? '', completedEventId, identity);
    },
  },
  recordMarker: {
    apply(attributes, {change, completedEventId, userMetadata}) {
      record(
        change,
        'markerRecorded',
        {
          markerName: attributes.markerName ?? '',
          details: attributes.details ?? {},
          header: attributes.header ?? null,
          failure: attributes.failure ?? null,
          workflowTaskCompletedEventId: int64(completedEventId),
        },
        userMetadata,
      );
    },
  },
};
