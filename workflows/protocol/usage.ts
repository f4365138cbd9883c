import type {TokenUsage} from './model-step.ts';

/** The sum of two counts; undefined where neither is known. */
export function addUsage(
  total: TokenUsage | undefined,
  step: TokenUsage | undefined,
): TokenUsage | undefined {
  if (!total || !step) return total ?? step;
  return {
    input: total.input + step.input,
    cached: total.cached + step.cached,
    output: total.output + step.output,
  };
}
