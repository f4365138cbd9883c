import {parseCallId} from '../../workflows/protocol/identity.ts';
import {programTool} from '../../workflows/protocol/native-tools.ts';
import type {CallNode, RunNode, TurnNode} from './run-tree.ts';

/** Every call of a run with the calls inside programs, in the order of the tree. */
export function* allCalls(run: RunNode): Generator<CallNode> {
  for (const turn of run.turns) yield* callsOfTurn(turn);
}

function* callsOfTurn(turn: TurnNode): Generator<CallNode> {
  if (turn.model) yield turn.model;
  for (const call of turn.calls) {
    yield call;
    yield* call.calls;
  }
}

/** The call with this id, e.g. `t1.c2.3`. */
export function findCall(run: RunNode, callId: string): CallNode | undefined {
  return lastCall(run, (call) => call.id === callId);
}

/** The call that an event of the newest run scheduled or initiated. */
export function callOfEvent(run: RunNode, eventId: number): CallNode | undefined {
  return lastCall(run, (call) => call.eventIds[0] === eventId);
}

// From the newest call back: what happens concerns the newest calls, so long runs cost no more than short ones.
function lastCall(run: RunNode, matches: (call: CallNode) => boolean): CallNode | undefined {
  for (let index = run.turns.length - 1; index >= 0; index--) {
    const {model, calls} = run.turns[index] as TurnNode;
    const call = lastIn(calls, matches) ?? (model && matches(model) ? model : undefined);
    if (call) return call;
  }
  return undefined;
}

function lastIn(calls: readonly CallNode[], matches: (call: CallNode) => boolean): CallNode | undefined {
  for (let index = calls.length - 1; index >= 0; index--) {
    const call = calls[index] as CallNode;
    const found = matches(call) ? call : lastIn(call.calls, matches);
    if (found) return found;
  }
  return undefined;
}

/** The newest program, of those that still run or of those that `matches` takes. */
export function lastProgram(
  run: RunNode,
  matches: (call: CallNode) => boolean = (call) => !isOver(call),
): CallNode | undefined {
  return lastCall(run, (call) => call.kind === 'program' && matches(call));
}

/** The run with something that a program does beside its calls, after those that it has made, or put in its own place. */
export function putIn(run: RunNode, program: CallNode, call: CallNode): RunNode {
  const index = program.calls.findIndex(({id}) => id === call.id);
  const calls = index >= 0 ? program.calls.with(index, call) : [...program.calls, call];
  return putCall(run, {...program, calls});
}

/** The turn that is under way: calls with foreign ids are counted to it. */
export function currentTurn(run: RunNode): number {
  return run.turns.at(-1)?.number ?? 1;
}

/** The run with this call added, or put in the place of the one with its id. */
export function putCall(run: RunNode, call: CallNode): RunNode {
  const position = parseCallId(call.id) ?? {turn: currentTurn(run), call: 1};
  return changeTurn(run, position.turn, (turn) => {
    if (position.call === undefined) return {...turn, model: call};
    if (position.inner === undefined) return {...turn, calls: put(turn.calls, call)};
    const programId = call.id.slice(0, call.id.lastIndexOf('.'));
    const program = turn.calls.find(({id}) => id === programId) ?? unseenProgram(programId, call);
    return {...turn, calls: put(turn.calls, {...program, calls: put(program.calls, call)})};
  });
}

/** A program of which only the calls are known, as where its source could not be decoded. */
function unseenProgram(id: string, call: CallNode): CallNode {
  return {
    id,
    kind: 'program',
    name: programTool,
    state: 'running',
    attempt: 1,
    calls: [],
    runId: call.runId,
    eventIds: [],
  };
}

function changeTurn(run: RunNode, number: number, change: (turn: TurnNode) => TurnNode): RunNode {
  const index = run.turns.findLastIndex((turn) => turn.number === number);
  if (index >= 0) return {...run, turns: run.turns.with(index, change(run.turns[index] as TurnNode))};
  return {...run, turns: [...run.turns, change({number, calls: []})]};
}

/** Calls with this one added or replaced, in program order: ids are compared by their numbers. */
function put(calls: readonly CallNode[], call: CallNode): readonly CallNode[] {
  const index = calls.findLastIndex(({id}) => id === call.id);
  if (index >= 0) return calls.with(index, call);
  const after = calls.findLastIndex(({id}) => order(id) <= order(call.id));
  return calls.toSpliced(after + 1, 0, call);
}

// What is no call stays behind those that were there when it came.
function order(callId: string): number {
  if (callId.startsWith('sleep.')) return 0;
  const position = parseCallId(callId);
  return position?.inner ?? position?.call ?? Number.POSITIVE_INFINITY;
}

/** The run with every call replaced by what `change` makes of it; the very same run where nothing changes. */
export function mapCalls(run: RunNode, change: (call: CallNode) => CallNode): RunNode {
  const mapCall = (call: CallNode): CallNode => {
    const calls = mapped(call.calls, mapCall);
    return change(calls === call.calls ? call : {...call, calls});
  };
  const mapTurn = (turn: TurnNode): TurnNode => {
    const model = turn.model && mapCall(turn.model);
    const calls = mapped(turn.calls, mapCall);
    return model === turn.model && calls === turn.calls ? turn : {...turn, ...(model && {model}), calls};
  };
  const turns = mapped(run.turns, mapTurn);
  return turns === run.turns ? run : {...run, turns};
}

function mapped<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  const changed = items.map(change);
  return changed.every((item, index) => item === items[index]) ? items : changed;
}

/** True once nothing more can happen to the call. */
export function isOver({state}: CallNode): boolean {
  return state === 'completed' || state === 'failed' || state === 'timedOut' || state === 'canceled';
}
