import type {FailureFacts} from './failure.ts';

/** Adds what to do about a failure where its message tells. */
export function withHint(facts: FailureFacts): FailureFacts {
  const hint = facts.hint ?? hintFor(facts.message);
  return hint === undefined ? facts : {...facts, hint};
}

function hintFor(message: string): string | undefined {
  if (/\brandom is not a function/.test(message)) {
    return 'Programs have no randomness: they must replay to the same calls.';
  }
  return undefined;
}
