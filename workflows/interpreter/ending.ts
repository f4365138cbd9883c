import {describeFailure, type FailureFacts} from './failure.ts';
import type {ProgramCall, ProgramJson, ProgramOutcome, UnhandledFailure} from './program.ts';
import type {GuestPromise} from './runtime/promise.ts';
import type {Realm} from './runtime/realm.ts';
import {BudgetExceeded, GuestThrow} from './runtime/signals.ts';
import type {Source} from './syntax/source.ts';
import {toText} from './values/convert.ts';
import {NotPlainData, toJson} from './values/json.ts';
import {GuestError, GuestToolError, type Value} from './values/value.ts';

const {stringify} = JSON;

/**
 * What a program that is over came to.
 *
 * @param calls that it made
 * @param main its result where it began at all
 * @param failure what ended it, if anything did
 */
export function outcomeOf(
  realm: Realm,
  source: Source,
  calls: ProgramCall[],
  main: GuestPromise | undefined,
  failure: FailureFacts | undefined,
): ProgramOutcome {
  const report = () => {
    const unhandled = unhandledFailures(realm, source);
    return {logs: realm.console, calls, steps: realm.meter.steps, unhandled};
  };
  const failed = (facts: FailureFacts): ProgramOutcome => {
    return {status: 'failed', failure: describeFailure(source, facts), ...report()};
  };
  if (failure) return failed(failure);
  if (main?.state !== 'fulfilled') return failed(deadlock);
  try {
    return {status: 'completed', value: resultOf(realm, main.result), ...report()};
  } catch (error) {
    return failed(factsOfResult(error));
  }
}

/** The failure of a program that waits for what can't happen any more. */
const deadlock: FailureFacts = {
  kind: 'RuntimeError',
  name: 'Error',
  message: 'The program waits for a promise that nothing will settle',
  hint: 'Call resolve or reject of every new Promise, or await tool calls directly.',
};

/**
 * The program's result as JSON.
 *
 * @throws NotPlainData or BudgetExceeded
 */
function resultOf(realm: Realm, value: Value): ProgramJson {
  const json = toJson(realm, value, 'the result');
  const {length} = stringify(json);
  const limit = realm.meter.budgets.result;
  if (length > limit) {
    throw new BudgetExceeded(
      `budget result: the result has ${length} characters of JSON, the limit is ${limit}`,
      'Return a summary, or write the data with a tool and return where it is.',
    );
  }
  return json;
}

/** Why a result can't be returned. */
function factsOfResult(error: unknown): FailureFacts {
  if (error instanceof NotPlainData) return {kind: 'InvalidResult', name: 'InvalidResult', ...error};
  if (error instanceof BudgetExceeded) return {kind: 'BudgetExceeded', name: 'BudgetExceeded', ...error};
  throw error;
}

/** An exception that the program didn't catch, as a failure. */
export function factsOfThrown(realm: Realm, thrown: Value, start: number | undefined): FailureFacts {
  if (!(thrown instanceof GuestError)) {
    return {kind: 'RuntimeError', name: 'Error', message: `Thrown: ${shown(realm, thrown)}`, start};
  }
  const kind = thrown instanceof GuestToolError ? 'ToolError' : 'RuntimeError';
  const name = shown(realm, thrown.hidden.get('name'));
  const message = shown(realm, thrown.hidden.get('message'));
  return {kind, name, message, start: thrown.start ?? start, cause: causesOf(realm, thrown)};
}

/** How many errors of a chain or a group are told. */
const mostCauses = 5;

/** What led to an error: the chain of its causes, or the errors of an AggregateError. */
function causesOf(realm: Realm, error: GuestError): string | undefined {
  const causes: Value[] = [];
  for (let inner: Value = error; inner instanceof GuestError && causes.length < mostCauses; ) {
    const errors: Value = inner.hidden.get('errors');
    if (!inner.hidden.has('cause')) {
      if (Array.isArray(errors)) causes.push(...errors.slice(0, mostCauses - causes.length));
      break;
    }
    inner = inner.hidden.get('cause');
    causes.push(inner);
  }
  return causes.length === 0 ? undefined : causes.map((cause) => shownError(realm, cause)).join('; ');
}

function shownError(realm: Realm, cause: Value): string {
  if (!(cause instanceof GuestError)) return shown(realm, cause);
  return `${shown(realm, cause.hidden.get('name'))}: ${shown(realm, cause.hidden.get('message'))}`;
}

// What was thrown is the program's own: turning it into text may throw again, or be plain data.
function shown(realm: Realm, value: Value): string {
  try {
    if (typeof value !== 'object' || value === null) return toText(realm, value);
    return stringify(toJson(realm, value, 'value'));
  } catch (error) {
    if (error instanceof NotPlainData || error instanceof GuestThrow || error instanceof BudgetExceeded) {
      return 'a value that is not plain data';
    }
    throw error;
  }
}

/** How many unhandled failures are listed; there may be any number of them. */
const mostListed = 20;

/**
 * The rejections that nothing in the program reacted to before it ended, oldest first, at most 20. Calls that were cancelled
 * count only where the program ended well without awaiting them: else its failure says why.
 */
function unhandledFailures(realm: Realm, source: Source): UnhandledFailure[] {
  const failures: UnhandledFailure[] = [];
  for (const promise of realm.rejections) {
    if (failures.length === mostListed) break;
    const facts = factsOfThrown(realm, promise.result, promise.start);
    if (facts.name === 'CancelledError' && (!realm.ended || isSleep(promise.result))) continue;
    const {name, message, position} = describeFailure(source, facts);
    failures.push({...callOf(promise.result), ...(position && {line: position.line}), name, message});
  }
  return failures;
}

/** A sleep that nobody awaits is no failure, unlike a call. */
function isSleep(thrown: Value): boolean {
  return thrown instanceof GuestToolError && !thrown.properties.has('call');
}

function callOf(thrown: Value): Pick<UnhandledFailure, 'call' | 'tool'> {
  if (!(thrown instanceof GuestToolError)) return {};
  const call = thrown.properties.get('call');
  const tool = thrown.properties.get('tool');
  return typeof call === 'number' && typeof tool === 'string' ? {call, tool} : {};
}
