import {expect, test} from 'vitest';
import {runProgram} from '../../workflows/interpreter/index.ts';
import {generateProgram} from './generate-program.ts';
import {observe} from './observe.ts';
import {runInNode} from './reference.ts';
import {scriptedHost} from './scripted-host.ts';

const count = process.env.TEST_LONG === '1' ? 20_000 : 300;

test(`${count} random programs come to the same in Node and in the interpreter`, {
  timeout: 1_200_000,
}, async () => {
  const ends = {value: 0, throws: 0};
  for (let seed = 1; seed <= count; seed++) {
    const program = generateProgram(seed);
    const expected = await runInNode(program);
    const observed = observe(await runProgram(program, scriptedHost(), {output: 1_000_000}));
    expect(observed, `seed ${seed}:\n${program}`).toEqual(expected);
    ends['value' in expected ? 'value' : 'throws'] += 1;
  }
  console.log(`${count} random programs compared: ${ends.value} gave a value, ${ends.throws} threw`);
  expect(ends.value).toBeGreaterThan(count / 3);
});
