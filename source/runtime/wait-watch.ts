import {formatDuration} from '../history/duration.ts';
import type {PendingActivity} from '../history/event.ts';
import type {SessionUpdate} from '../session/session.ts';
import {patience} from './deadlines.ts';

/**
 * Tells a person at a terminal what a run waits for: attempts that failed, and steps that take long, the next time after
 * twice as long, and so on.
 */
export class WaitWatch {
  readonly #tell: (words: string) => void;
  /** Activity types, by workflow and activity. */
  readonly #names = new Map<string, string>();
  /** Attempts that failed, as they have been told. */
  readonly #told = new Set<string>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(tell: (words: string) => void) {
    this.#tell = tell;
  }

  observe(update: SessionUpdate): void {
    if (update.type === 'events') {
      for (const {eventType, workflowId, attributes} of update.events) {
        const {name} = (attributes.activityType ?? {}) as {name?: string};
        if (eventType === 'ActivityTaskScheduled' && name !== undefined)
          this.#names.set(keyOf(workflowId, String(attributes.activityId)), name);
      }
    } else if (update.type === 'pending') this.#look(update.workflowId, update.pending);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #look(workflowId: string, pending: readonly PendingActivity[]): void {
    const running = new Set<string>();
    for (const activity of pending) {
      const step = keyOf(workflowId, activity.activityId);
      const name = this.#names.get(step) ?? activity.activityId;
      if (activity.lastFailure !== undefined) this.#failed(step, name, activity, activity.lastFailure);
      if (activity.state === 'scheduled') continue;
      running.add(step);
      if (!this.#timers.has(step)) this.#wait(step, name, patience.step);
    }
    for (const [step, timer] of this.#timers) {
      if (!step.startsWith(keyOf(workflowId, '')) || running.has(step)) continue;
      clearTimeout(timer);
      this.#timers.delete(step);
    }
  }

  #failed(step: string, name: string, {attempt, nextAttemptTime}: PendingActivity, failure: string): void {
    const isWaiting = nextAttemptTime !== undefined;
    const mark = `${step} ${attempt}`;
    if (this.#told.has(mark)) return;
    this.#told.add(mark);
    const when = isWaiting ? ` in ${formatDuration(nextAttemptTime - Date.now())}` : '';
    this.#tell(`${name} failed and is tried again${when}, attempt ${attempt}: ${failure}`);
  }

  #wait(step: string, name: string, length: number): void {
    const timer = setTimeout(
      () => {
        this.#tell(`${name} has been running for more than ${formatDuration(length)}.`);
        this.#wait(step, name, 2 * length);
      },
      length === patience.step ? length : length / 2,
    );
    this.#timers.set(step, timer.unref());
  }
}

function keyOf(workflowId: string, activityId: string): string {
  return `${workflowId} ${activityId}`;
}
