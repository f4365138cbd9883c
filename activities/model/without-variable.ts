/**
 * Makes something while a variable is hidden from it, for what an SDK reads from the environment and has no option
 * for. `make` is synchronous, so that nothing else runs meanwhile.
 */
export function withoutVariable<T>(name: string, make: () => T, environment = process.env): T {
  const value = environment[name];
  delete environment[name];
  try {
    return make();
  } finally {
    if (value !== undefined) environment[name] = value;
  }
}
