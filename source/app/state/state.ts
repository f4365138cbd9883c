import type {EventWords} from '../../history/describe-event.ts';
import type {HistoryEvent} from '../../history/event.ts';
import {emptyForest} from '../../history/fold.ts';
import type {PendingActivities, RunForest} from '../../history/run-tree.ts';
import type {ServerFacts} from '../../runtime/connection.ts';
import type {RunResult, RunSummary, StartRequest} from '../../session/session.ts';
import {bufferOf, type TextBuffer} from '../text/text-buffer.ts';
import {type ListView, listEnd, listStart} from './list-view.ts';

/** Everything the screen depends on. Immutable; `update` makes the next one. */
export interface AppState {
  readonly size: {readonly columns: number; readonly rows: number};
  /** Milliseconds since the epoch, as of the last message that told it. */
  readonly now: number;
  /** Counts ticks, for what moves while something runs. */
  readonly frame: number;
  readonly scenarios: readonly ScenarioEntry[];
  readonly connection: ConnectionState;
  readonly focus: Pane;
  /** What covers the panes, topmost last. */
  readonly overlays: readonly Overlay[];
  readonly prompt: PromptState;
  readonly picker: PickerState;
  readonly forest: RunForest;
  readonly pending: PendingActivities;
  /** Root runs of this session, oldest first. */
  readonly runs: readonly RunEntry[];
  /** What was entered and is not accepted by a server yet, oldest first. */
  readonly waiting: readonly WaitingStart[];
  readonly nextStart: number;
  readonly events: EventsState;
  readonly tree: TreeState;
  readonly notice?: Notice;
  /** What a second Ctrl+C does; `delete`: Ctrl+D deletes and must not quit. */
  readonly armed?: 'cancel' | 'quit' | 'delete';
  /** The finished run whose conversation the next prompt continues. */
  readonly conversation?: string;
  /** Model of the next runs, where it was chosen here. */
  readonly model?: string;
}

export type Pane = 'prompt' | 'events' | 'history';

/** A scenario as the picker shows it. */
export interface ScenarioEntry {
  readonly name: string;
  readonly title: string;
  readonly shows: string;
}

/** How far the connection to server and worker is. */
export interface ConnectionState {
  readonly phase: 'starting' | 'ready' | 'lost' | 'failed';
  readonly steps: readonly Step[];
  /** Absent until the first connection. */
  readonly facts?: ServerFacts;
  /** What is wrong, where something is. */
  readonly message?: string;
  /** Connections that were lost so far. */
  readonly restarts: number;
  /** Said while the server is away and is waited for. */
  readonly outage?: string;
}

/** A step of starting with its times, in milliseconds since the epoch. */
export interface Step {
  readonly name: string;
  readonly startTime: number;
  readonly endTime?: number;
  readonly failed: boolean;
}

/** A root run that is followed. */
export interface RunEntry {
  readonly workflowId: string;
  /** The prompt, or the scenario's name. */
  readonly title: string;
  /** `lost`: its server has ended, and keeps nothing. */
  readonly state: 'open' | 'closed' | 'unfollowable' | 'lost';
  readonly result?: RunResult;
  /** It waits for a worker, and none polls its queue. */
  readonly isUnpolled?: boolean;
}

interface WaitingStart {
  readonly id: number;
  readonly request: StartRequest;
  /** True once it is on its way to the server. */
  readonly sent: boolean;
}

export interface PromptState {
  readonly buffer: TextBuffer;
  /** Earlier prompts, oldest first. */
  readonly history: readonly string[];
  /** Which earlier prompt is shown; absent while a new one is written. */
  readonly recalled?: number;
  /** What was being written when an earlier prompt was called up. */
  readonly draft: string;
  /** Which completion is selected. */
  readonly completion: number;
}

/** The list of scenarios: the home screen before the first run, an overlay later. */
interface PickerState {
  readonly view: ListView;
  readonly filter: string;
}

export interface EventsState {
  readonly entries: readonly EventEntry[];
  /** Indices of the entries that are shown. */
  readonly shown: readonly number[];
  readonly view: ListView;
  /** Entries that came while the view did not follow. */
  readonly unseen: number;
  readonly filter: string;
  readonly filterError?: string;
  /** Present while the filter is being typed. */
  readonly editing?: TextBuffer;
  /** Workflow tasks and the like are shown too. */
  readonly details: boolean;
}

export interface EventEntry {
  readonly event: HistoryEvent;
  readonly words: EventWords;
  /** The line as text, for filters. */
  readonly text: string;
}

export interface TreeState {
  /** Key of the selected row; the first row where it is gone. */
  readonly selected?: string;
  readonly top: number;
  /** Keeps the selection on what is running. */
  readonly follow: boolean;
  readonly folded: ReadonlySet<string>;
  readonly mode: 'tree' | 'timeline';
}

/** What covers the panes. */
export type Overlay =
  | {readonly type: 'picker'}
  | {readonly type: 'help'; readonly top: number}
  | {readonly type: 'runs'; readonly view: ListView; readonly runs?: readonly RunSummary[]}
  | {readonly type: 'text'; readonly title: string; readonly lines: readonly string[]; readonly top: number}
  | {readonly type: 'detail'; readonly subject: DetailSubject; readonly top: number}
  | {readonly type: 'confirm'; readonly question: string; readonly action: ConfirmedAction};

/** What a detail is about: it is looked up anew for each frame, so that it stays live. */
export type DetailSubject =
  | {readonly type: 'event'; readonly index: number}
  | {readonly type: 'node'; readonly key: string};

/** What happens once a person has agreed. */
export type ConfirmedAction =
  | {readonly type: 'cancel'; readonly workflowId: string}
  | {readonly type: 'quit'; readonly code: number};

/** A line that says what happened or what to do; the next one takes its place. */
export interface Notice {
  readonly text: string;
  readonly tone: 'plain' | 'good' | 'bad';
}

/** What the first state needs to know. */
export interface InitialFacts {
  readonly columns: number;
  readonly rows: number;
  readonly now: number;
  readonly scenarios: readonly ScenarioEntry[];
}

/** The state before anything has happened. */
export function initialState({columns, rows, now, scenarios}: InitialFacts): AppState {
  return {
    size: {columns, rows},
    now,
    frame: 0,
    scenarios,
    connection: {phase: 'starting', steps: [], restarts: 0},
    focus: 'prompt',
    overlays: [],
    prompt: {buffer: bufferOf(), history: [], draft: '', completion: 0},
    picker: {view: listStart, filter: ''},
    forest: emptyForest,
    pending: new Map(),
    runs: [],
    waiting: [],
    nextStart: 1,
    events: {entries: [], shown: [], view: listEnd, unseen: 0, filter: '', details: false},
    tree: {top: 0, follow: true, folded: new Set(), mode: 'tree'},
  };
}
