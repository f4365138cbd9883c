import type {ModelScript} from '../../activities/model/scripted.ts';
import type {RunStatus} from '../history/run-tree.ts';

/** One scripted run: what it is asked, what the model says, and what must come of it. */
export interface Scenario {
  name: string;
  /** A few words. */
  title: string;
  /** What to look at, in one line. */
  shows: string;
  prompt: string;
  script: ModelScript;
  /** Something that is done to the run from outside, by whoever runs it: a command or the app. */
  interruption?: Interruption;
  expected: {
    status: Exclude<RunStatus, 'running'>;
    answer?: string;
    /** Contents by path in the sandbox. `{workflowId}` stands for the root run's id. */
    files: Readonly<Record<string, string>>;
    /** The history as a readable tree, without times. */
    history: string;
  };
  /** True where the order of events depends on timing; such histories are compared call by call. */
  concurrent: boolean;
}

/** Cancels the run or kills its worker as soon as an activity is running. */
export interface Interruption {
  action: 'cancel' | 'kill-worker';
  /** The activity's id, and the end of its workflow's id: empty for the root, `/t1.c1` for a subagent. */
  once: {activityId: string; workflow: string};
}
