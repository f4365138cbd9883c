import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {type ProgramJson, runProgram} from '../../workflows/interpreter/index.ts';
import {observe} from './observe.ts';
import {type Observation, runInNode} from './reference.ts';
import {scriptedHost} from './scripted-host.ts';
import {suspended} from './suspend.ts';

// Read as text: a JSON import of the test runner refuses lone surrogates, which some rows have.
const matrix = JSON.parse(readFileSync(new URL('support-matrix.json', import.meta.url), 'utf8')) as Matrix;

interface Matrix {
  works: Working[];
  leftOut: {program: string; refused: string; because: string}[];
  differs: {program: string; value: ProgramJson; node: ProgramJson; because: string}[];
}

interface Working extends Partial<Observation> {
  area: string;
  program: string;
}

test.for(matrix.works)('$area: $program', async ({area: _area, program, ...row}) => {
  const expected = {logs: [], ...row};
  expect(observe(await runProgram(program, scriptedHost()))).toEqual(expected);
  expect(await runInNode(program)).toEqual(expected);
});

/** Areas whose programs have promises of their own: more waits change their order, in Node as here. */
const asynchronous = ['async', 'for await'];
/** The message of this one shows the source. */
const showsSource = 'o.f() } catch (e) { return [e.name, e.message] }';

test.for(
  matrix.works.filter(({area, program}) => !asynchronous.includes(area) && !program.includes(showsSource)),
)('suspended, $area: $program', async ({area: _area, program, ...row}) => {
  const expected = {logs: [], ...row};
  const source = suspended(program, 'all');
  expect(observe(await runProgram(source, scriptedHost())), source).toEqual(expected);
  expect(await runInNode(source), source).toEqual(expected);
});

test('nearly every program waits once it is suspended', () => {
  const waiting = matrix.works.filter(({program}) => suspended(program, 'all').includes('(await ('));
  expect(waiting.length).toBeGreaterThan(0.98 * matrix.works.length);
});

test.for(matrix.works.filter(({area}) => asynchronous.includes(area)))(
  'with more waits, $area: $program',
  async ({program}) => {
    const source = suspended(program, 'literals');
    expect(observe(await runProgram(source, scriptedHost())), source).toEqual(await runInNode(source));
  },
);

test.for(matrix.leftOut)('refused: $program', async ({program, refused}) => {
  const host = scriptedHost();
  const outcome = await runProgram(`await echo({});\n${program}`, host);
  expect(outcome).toMatchObject({status: 'failed', failure: {kind: refused, position: {line: 2}}, calls: []});
  if (refused !== 'SyntaxError') expect(outcome).toHaveProperty('failure.hint');
  expect(host.log).toEqual([]);
});

test.for(matrix.differs)('differs from JavaScript: $program', async ({program, value, node}) => {
  expect(observe(await runProgram(program, scriptedHost()))).toMatchObject({value});
  expect(await runInNode(program)).toMatchObject({value: node});
});
