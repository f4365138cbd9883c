import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {stripTypes} from '../../../activities/model/strip-types.ts';

describe('blanks types and keeps every other character in its place', () => {
  test.each([
    ['const a: number = 1; return a', 'const a         = 1; return a'],
    ['const a = (await f({x: 1})) as string;\na', 'const a = (await f({x: 1}))          ;\na'],
    ['const f = <T,>(a: T): T => a;', 'const f =     (a   )    => a;'],
    ['interface A {b: 1}\nreturn 2', '                  \nreturn 2'],
    ['const a = b!.c;', 'const a = b .c;'],
    ['```ts\nconst a: number = 1;\na\n```', '     \nconst a         = 1;\na\n   '],
    ['for (const x of (y as string[])) await g(x)', 'for (const x of (y            )) await g(x)'],
  ])('%j', async (source, expected) => {
    expect(await stripTypes(source)).toBe(expected);
    expect(expected).toHaveLength(source.length);
  });
});

describe('leaves alone', () => {
  test.each([
    ['JavaScript', 'const a = await f({x: 1});\nreturn a'],
    ['JavaScript that TypeScript reads otherwise', 'const a = f<b>(c);'],
    ['the last expression', '({a: 1})'],
    ['an enum', 'enum A {B}\nconst c: number = 1'],
    ['a syntax error', 'const a: = ;'],
    ['an import', 'import x from "y"; const a: number = 1'],
    ['nothing', ''],
    ['brackets nested beyond every stack', `${'['.repeat(100_000)}: number`],
    ['sources that are too long', `const a: number = 1;${' '.repeat(256 * 1024)}`],
  ])('%s', async (_name, source) => {
    expect(await stripTypes(source)).toBe(source);
  });
});

test('keeps lines and columns where types span lines and characters beyond ASCII', async () => {
  const source = 'const a: {\n  é: "日本";\n} = x;\nreturn a';
  const stripped = await stripTypes(source);
  expect(stripped.split('\n').map((line) => line.trim())).toEqual(['const a', '', '= x;', 'return a']);
  expect(stripped.split('\n').at(-1)).toBe('return a');
});

test('goes on after a source that breaks the stripper', async () => {
  const broken = `const a: number = ${'('.repeat(20_000)}1${')'.repeat(20_000)}`;
  expect(await stripTypes(broken)).toBe(broken);
  expect(await stripTypes('const a: number = 1')).toBe('const a         = 1');
});

test('prints nothing, not even that Node calls the function experimental', () => {
  const module = new URL('../../../activities/model/strip-types.ts', import.meta.url);
  const program = `import {stripTypes} from ${JSON.stringify(module.href)}; await stripTypes('let a: number');`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {encoding: 'utf8'});
  expect({status: run.status, stdout: run.stdout, stderr: run.stderr}).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
});
