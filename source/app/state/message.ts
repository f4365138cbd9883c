import type {ServerFacts, StartStep} from '../../runtime/connection.ts';
import type {RunReference, RunSummary, SessionUpdate, StartRequest} from '../../session/session.ts';

/** Everything that can happen to the app. */
export type Message =
  | {readonly type: 'key'; readonly key: string; readonly text?: string}
  | {readonly type: 'paste'; readonly text: string}
  | {readonly type: 'resized'; readonly columns: number; readonly rows: number}
  | {readonly type: 'ticked'; readonly now: number}
  | {readonly type: 'step'; readonly step: StartStep; readonly now: number}
  | {readonly type: 'connected'; readonly facts: ServerFacts; readonly now: number}
  | {readonly type: 'connectFailed'; readonly text: string}
  | {readonly type: 'lost'; readonly text: string}
  | {readonly type: 'updates'; readonly updates: readonly SessionUpdate[]; readonly now: number}
  | {readonly type: 'started'; readonly id: number; readonly run: RunReference; readonly now: number}
  | {readonly type: 'startFailed'; readonly id: number; readonly text: string}
  | {readonly type: 'attached'; readonly run: RunReference}
  | {readonly type: 'attachFailed'; readonly workflowId: string; readonly text: string}
  | {readonly type: 'listed'; readonly runs: readonly RunSummary[]; readonly now: number}
  | {readonly type: 'historyRead'; readonly prompts: readonly string[]}
  | {readonly type: 'sandboxListed'; readonly folder: string; readonly files: readonly string[]}
  | {readonly type: 'told'; readonly text: string}
  | {readonly type: 'failed'; readonly text: string}
  | {readonly type: 'terminate'; readonly code: number};

/** Everything the app can do. */
export type Command =
  | {readonly type: 'connect'; readonly delay: number}
  | {readonly type: 'start'; readonly id: number; readonly request: StartRequest}
  | {readonly type: 'attach'; readonly workflowId: string}
  | {readonly type: 'cancel'; readonly workflowId: string}
  | {readonly type: 'list'}
  | {readonly type: 'remember'; readonly prompt: string}
  | {readonly type: 'copy'; readonly text: string}
  | {readonly type: 'save'; readonly workflowIds: readonly string[]}
  | {readonly type: 'listSandbox'}
  | {readonly type: 'redraw'}
  | {readonly type: 'quit'; readonly code: number};
