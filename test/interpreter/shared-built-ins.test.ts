import {expect, test} from 'vitest';
import {makeGlobals} from '../../workflows/interpreter/builtins/globals.ts';
import {runProgram} from '../../workflows/interpreter/index.ts';
import {attackClasses} from './escape-corpus.ts';
import {scriptedHost} from './scripted-host.ts';

// All workflows of a worker share one interpreter, so what one program does to a built-in must not reach another.

const targets = [
  'Object',
  'Array',
  'Math',
  'Math.max',
  'JSON',
  'console',
  'Promise',
  'Promise.all',
  'Error',
  'Map',
]
  .concat([
    'URL',
    'URL.parse',
    'URLSearchParams',
    'Date',
    'Date.UTC',
    '[].map',
    '"a".trim',
    'Object.keys',
    'gather',
    'new Map().set',
    '/a/.test',
    'isNaN',
  ])
  .map((target) => `(${target})`);

const vandalism = [
  (target: string) => `${target}.mark = 1`,
  (target: string) => `${target}["mark"] = 1`,
  (target: string) => `${target}[0] = 1`,
  (target: string) => `${target}.name = "mark"`,
  (target: string) => `${target}.length = 9`,
  (target: string) => `${target}.prototype = {mark: 1}`,
  (target: string) => `${target}.keys = 1`,
  (target: string) => `${target}.mark ??= 1`,
  (target: string) => `${target}.mark++`,
  (target: string) => `delete ${target}.name`,
  (target: string) => `delete ${target}.max`,
  (target: string) => `Object.assign(${target}, {mark: 1})`,
  (target: string) => `Object.freeze(${target})`,
  (target: string) => `[${target}.mark] = [1]`,
  (target: string) => `({a: ${target}.mark} = {a: 1})`,
  (target: string) => `for (${target}.mark of [1]) {}`,
];

const programs = targets.flatMap((target) => {
  // By way of a variable, since what can be seen to be wrong is refused before it runs.
  return vandalism.map((write) => `const t = ${target}; try { ${write('t')} } catch {} return 0;`);
});

/** Everything that can be reached from the built-ins, as paths with what stands there. */
function builtInState(): string[] {
  const seen = new Set<unknown>();
  const lines: string[] = [];
  const walk = (path: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) {
      lines.push(`${path} ${typeof value === 'function' ? 'function' : String(value)}`);
      return;
    }
    lines.push(`${path} ${Object.isFrozen(value)}`);
    if (seen.has(value)) return;
    seen.add(value);
    const own = value instanceof Map ? [...value] : Object.entries(value);
    for (const [key, inner] of own) walk(`${path}.${key}`, inner);
  };
  walk('', makeGlobals(new Map(), scriptedHost()));
  return lines;
}

test('no program changes the built-ins that all programs share', async () => {
  const before = builtInState();
  expect(before.length).toBeGreaterThan(500);
  const attacks = attackClasses.flatMap((attack) => attack.programs);
  for (const program of [...programs, ...attacks]) {
    await runProgram(program, scriptedHost(), {steps: 1e5, stepsBetweenYields: 1e6});
  }
  expect(builtInState()).toEqual(before);
}, 60_000);

test('what a program freezes stays free for the next one', async () => {
  await runProgram('Object.freeze(Array); Object.freeze(Math); return 0;', scriptedHost());
  const outcome = await runProgram('return [Object.isFrozen(Array), Object.isFrozen(Math)]', scriptedHost());
  expect(outcome).toMatchObject({status: 'completed', value: [false, false]});
});
