import {expect, it} from 'vitest';
import {runProgram} from '../../workflows/interpreter/index.ts';
import {observe} from './observe.ts';
import {runInNode} from './reference.ts';
import {scriptedHost} from './scripted-host.ts';

/** An await where an operand belongs: what stands to its left is kept while it waits. */
const programs = [
  "return (console.log('first'), await later(2), await later(3))",
  'return [...new Map(await later([[1, 2]]))]',
  'return [...new Set(await later([1, await later(2)]))]',
  'return Math.max(...(await later([1, 5])), await later(3), ...[4])',
  'return [...(await later([1])), 0, ...(await later([2, 3]))]',
  'return ({...(await later({a: 1})), b: await later(2), ...{c: 3}})',
  'const o = {f(x) { return [x]; }}; return o.f?.(await later(1))',
  'const o = {}; return [o.f?.(await later(1)), o?.a, o.a?.b[await later(2)]]',
  'const f = undefined; return [f?.(await later(1)), await later(2)]',
  'const f = (x) => x + 1; return [f?.(await later(1)), await later(2)]',
  "const o = {a: {b: 7}}; return [o?.[await later('a')].b, o?.a?.[await later('b')]]",
  'let n = 1; n += await later((n = 5)); return n',
  'const o = {n: 1}; o.n += await later(2); o[await later("m")] = await later(3); return o',
  'let i = 0; const a = [10, 20]; return [a[i++] + (await later(a[i++])), i]',
  'return [(await later(0)) || (await later(7)), null ?? (await later(8)), 1 && (await later(9))]',
  'return (await later(true)) ? await later(1) : await later(2)',
  'return [typeof (await later(1)), void (await later(1)), !(await later(0)), -(await later(2))]',
  'const {a = await later(1), ...rest} = await later({b: 2}); return [a, rest]',
  'const [a = await later(1), [b] = await later([2])] = []; return [a, b]',
  'const f = async (a = later(3), {b} = {b: 4}) => [await a, b]; return await f()',
  "const f = async () => { try { return await later(1); } finally { console.log(await later('out')); } }; return await f()",
  "const f = async () => { try { throw new Error('a'); } catch (e) { return await later(e.message); } finally { await later(0); } }; return await f()",
  'const f = async () => { try { return 1; } finally { return await later(2); } }; return await f()',
  'let seen = []; outer: for (const a of [1, 2, 3]) { for (const b of await later([1, 2])) { try { if (b === 2) continue outer; if (a === 3) break outer; seen.push([a, b]); } finally { seen.push(await later(b)); } } } return seen',
  'let n = 0; do { n += await later(1); if (n === 2) continue; } while ((await later(n)) < 4); return n',
  'let n = 0; for (let i = await later(0); i < (await later(3)); i += await later(1)) { n += i; } return n',
  'const out = []; for (const [k, v] of Object.entries(await later({a: 1, b: 2}))) out.push(k + (await later(v))); return out.join()',
  'const o = {a: 1, b: 2}; return [delete o.a, delete o[await later("b")], Object.keys(o).length]',
];

it.each(programs)('%s', async (program) => {
  const source = `const later = async (x) => x; ${program}`;
  const expected = await runInNode(source);
  expect(expected).toHaveProperty('value');
  expect(observe(await runProgram(source, scriptedHost()))).toEqual(expected);
});
