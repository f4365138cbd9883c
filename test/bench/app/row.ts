/** One number of the benchmark's table. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What the number should not exceed. */
  readonly target: number;
}
