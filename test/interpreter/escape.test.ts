import {expect, test} from 'vitest';
import {type ProgramJson, runProgram} from '../../workflows/interpreter/index.ts';
import {attackClasses} from './escape-corpus.ts';
import {commonTools, scriptedHost} from './scripted-host.ts';

const intrinsics = [Object, Array, Function, String, Number, Promise, RegExp, Map, Set, Error, Math, JSON];

/** Everything that an attack could have changed: the host's globals, and the own keys of its intrinsics. */
function hostState(): string[] {
  const prototypes = intrinsics.map((intrinsic) => (intrinsic as {prototype?: object}).prototype ?? {});
  return [globalThis, ...intrinsics, ...prototypes].map((object) =>
    Reflect.ownKeys(object).map(String).join(' '),
  );
}

/** What must not be in anything that a program gives away. */
const secrets = [process.version, process.cwd(), '[native code]', 'node:internal'];

function isPlain(json: ProgramJson): boolean {
  if (typeof json !== 'object' || json === null) return true;
  const prototype: unknown = Object.getPrototypeOf(json);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return false;
  const descriptors = Object.values(Object.getOwnPropertyDescriptors(json));
  return descriptors.every((own) => 'value' in own && (typeof own.value === 'number' || isPlain(own.value)));
}

const corpus = attackClasses.flatMap(({name, against, programs}) => {
  return programs.map((program) => ({name, against, program}));
});

test('the corpus is as large as promised', () => {
  console.log(`${corpus.length} escape programs in ${attackClasses.length} classes`);
  expect(corpus.length).toBeGreaterThanOrEqual(150);
});

test.for(corpus)('$name: $program', async ({program}) => {
  const before = hostState();
  const inputs: ProgramJson[] = [];
  const echo = (input: ProgramJson) => {
    inputs.push(input);
    return (input as {value?: ProgramJson}).value ?? null;
  };
  const outcome = await runProgram(program, scriptedHost({...commonTools, echo}), {
    calls: 50,
    steps: 1_000_000,
    stepsBetweenYields: 500_000,
  });
  expect(hostState()).toEqual(before);
  expect(({} as {pwned?: unknown}).pwned).toBeUndefined();
  expect((globalThis as {pwned?: unknown}).pwned).toBeUndefined();
  expect(inputs.every(isPlain)).toBe(true);
  if (outcome.status === 'completed') expect(isPlain(outcome.value)).toBe(true);
  const text = JSON.stringify(outcome);
  for (const secret of secrets) expect(text).not.toContain(secret);
});
