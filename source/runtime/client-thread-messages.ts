import type {Config} from '../config.ts';
import type {SessionUpdate} from '../session/session.ts';
import type {ServerFacts, StartStep} from './connection.ts';

/** What the app's thread is started with. Plain data: it crosses to another thread. */
export interface AppThreadTask {
  config: Config;
  environment: NodeJS.ProcessEnv;
}

/** What can be asked of the thread, by name. */
export type AppThreadMethod = 'start' | 'attach' | 'cancel' | 'list' | 'historyJson' | 'saveHistories';

/** What the thread says. */
export type AppThreadMessage =
  | {type: 'step'; step: StartStep}
  | {type: 'opened'; facts: ServerFacts}
  /** Nothing was opened, or what was opened is gone; `isUsage`: trying again does not help. */
  | {type: 'failed'; message: string; isUsage: boolean}
  /** Asks for a `more` before the next one is sent. */
  | {type: 'updates'; updates: SessionUpdate[]}
  | {type: 'returned'; id: number; value: unknown}
  | {type: 'threw'; id: number; message: string}
  | {type: 'log'; text: string};

/** What the thread is told. */
export type AppThreadRequest =
  | {type: 'call'; id: number; method: AppThreadMethod; values: readonly unknown[]}
  | {type: 'more'}
  | {type: 'close'};
