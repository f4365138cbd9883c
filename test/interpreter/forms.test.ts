import {expect, test} from 'vitest';
import {type ProgramFailure, runProgram} from '../../workflows/interpreter/index.ts';
import {scriptedHost} from './scripted-host.ts';

// Forms in which models write a program that are no program to a parser, or one that would do nothing.

test.for([
  ['async () => { return await echo({value: 1}) }', 1],
  ['async () => { return 1 };', 1],
  ['() => 2', 2],
  ['(async () => { return 3 })', 3],
  ['(async function () { return await echo({value: 3}) })', 3],
  ['(async () => { return 4 })()', 4],
  ['const n = 5;\nasync () => n', 5],
  ['async function main() { return await echo({value: 6}) }', 6],
  ['function run() { return 7 }', 7],
  ['const main = async () => { return 8 };', 8],
  ['"use strict";\nconst one = () => 1;\nasync function main() { return one() + 8 }', 9],
  ['async function main() { return 10 }\nawait main()', 10],
  ['async function main() { return 11 }\nmain();', 11],
  ['async ({path = "a"} = {}, ...rest) => [path, rest.length]', ['a', 0]],
  ['function a() { return 1 } function b() {}', null],
  ['const a = () => 1; const b = 2;', null],
] as const)('a program that is one function is run: %j', async ([program, value]) => {
  expect(await runProgram(program, scriptedHost())).toMatchObject({status: 'completed', value});
});

test('a program that is a function which needs arguments is refused before anything runs', async () => {
  const host = scriptedHost();
  const outcome = await runProgram('await echo({});\nasync (tools) => { await tools.echo({}) }', host);
  expect(outcome).toMatchObject({
    failure: {
      kind: 'UnsupportedSyntax',
      position: {line: 2, column: 8},
      hint: expect.stringContaining('global'),
    },
  });
  expect(host.log).toEqual([]);
});

const fence = '```';

test.for([
  [`${fence}js\nreturn 1\n${fence}`, 1],
  [`${fence}javascript\r\nreturn 1\r\n${fence}\r\n`, 1],
  [`\n  ${fence}\nconst a = 2;\na\n  ${fence}\n`, 2],
  [`${fence}js\nreturn 3`, 3],
  ['~~~js\nreturn 4\n~~~', 4],
  [`${fence}js\nreturn 5\n${fence}\nThis returns five.`, 5],
  [`${fence}ts\nasync () => {\n  return {a: 6}\n}\n${fence}`, {a: 6}],
  [`${fence}js\nreturn "a " + \`\\\`b\`\n${fence}`, 'a `b'],
] as const)('the fences around a program are taken off: %j', async ([program, value]) => {
  expect(await runProgram(program, scriptedHost())).toMatchObject({status: 'completed', value});
});

test('in fences, lines keep their numbers', async () => {
  const outcome = await runProgram(`${fence}js\nconst a = 1;\n  a.b.c\n${fence}`, scriptedHost());
  expect(outcome).toMatchObject({failure: {position: {line: 3, column: 7}}});
  expect((outcome as {failure: ProgramFailure}).failure.frame).toContain('> 3 |   a.b.c');
});

test.for([`${fence}js\n1\n${fence}\n${fence}js\n2\n${fence}`, `Here it is:\n${fence}js\n1\n${fence}`])(
  'of several blocks none is guessed: %j',
  async (program) => {
    expect(await runProgram(program, scriptedHost())).toMatchObject({status: 'failed', calls: []});
  },
);

const files = 'const files = ["a"], count = 1;\n';

test.for([
  ['{files, count}', {files: ['a'], count: 1}],
  ['{ files }', {files: ['a']}],
  ['{total: count}', {total: 1}],
  ['{total: count, files}', {total: 1, files: ['a']}],
  ['{files, total: count};', {files: ['a'], total: 1}],
  ['{"total": count, "files": files}\n', {total: 1, files: ['a']}],
  ['{...{a: 1}, count}', {a: 1, count: 1}],
  [
    '{\n  total: count,\n  nested: {\n    a: 1,\n    b: [\n      {c: 1, d: 2},\n    ],\n  },\n}',
    {total: 1, nested: {a: 1, b: [{c: 1, d: 2}]}},
  ],
  ['{total: {a: 1}}', {total: {a: 1}}],
  [
    '{total: await echo({value: 2}), files: files.map((f) => {\n  return {f};\n})}',
    {total: 2, files: [{f: 'a'}]},
  ],
  ['{}', {}],
  ['if (count) { files.push("b"); }\n{files, n: 2}', {files: ['a', 'b'], n: 2}],
  ['{ count; }', 1],
  ['{ files.push("b") }', 2],
  ['{ let x = 1; x + 1 }', 2],
  ['{ again: for (;;) break again }', null],
  ['({files, count})', {files: ['a'], count: 1}],
] as const)('a block at the end that is meant as an object is one: %j', async ([end, value]) => {
  const outcome = await runProgram(files + end, scriptedHost());
  expect(outcome).toMatchObject({status: 'completed', value});
  expect(outcome).toHaveProperty('value', value);
});

test('places in and after an object at the end are right', async () => {
  const outcome = await runProgram(`${files}{count: 1, b: null.x}`, scriptedHost());
  expect(outcome).toMatchObject({failure: {name: 'TypeError', position: {line: 2, column: 20}}});
});

test.for([
  ['{files, count', '2:14'],
  ['{a: 1, b: }', '2:9'],
  ['const o = {a: 1 b: 2}', '2:17'],
] as const)('what is no object either keeps its own error: %s', async ([end, place]) => {
  const outcome = await runProgram(files + end, scriptedHost());
  expect(outcome).toMatchObject({failure: {kind: 'SyntaxError'}});
  const {position} = (outcome as {failure: ProgramFailure}).failure;
  expect(`${position?.line}:${position?.column}`).toBe(place);
});

test.for([
  ['JSON.parse(await echo({value: {a: 1}})).a', 1],
  ['JSON.parse(await echo({value: [1, 2]}))[1]', 2],
  ['JSON.parse(await echo({value: "[3]"}))[0]', 3],
] as const)('a result can be parsed once more: %s', async ([program, value]) => {
  expect(await runProgram(program, scriptedHost())).toMatchObject({status: 'completed', value});
});

test.for([
  [
    'try { await fail({message: "no disk"}) } catch (cause) { throw new Error("own", {cause}) }',
    'ToolExecutionError: no disk',
  ],
  [
    'const low = new RangeError("low"); throw new Error("top", {cause: new TypeError("mid", {cause: low})})',
    'TypeError: mid; RangeError: low',
  ],
  ['throw new Error("own", {cause: {code: 5}})', '{"code":5}'],
  ['throw new Error("own", {cause: "text"})', 'text'],
  [
    'await Promise.any([fail({message: "a"}), fail({message: "b"})])',
    'ToolExecutionError: a; ToolExecutionError: b',
  ],
  ['const e = new Error("a"); e.cause = e; throw e', undefined],
  ['throw new Error("plain")', undefined],
] as const)('a failure says what led to it: %s', async ([program, cause]) => {
  const outcome = await runProgram(program, scriptedHost());
  expect((outcome as {failure: ProgramFailure}).failure.cause).toBe(cause);
});

test('a long chain of causes is cut', async () => {
  const program =
    'let e = new Error("0"); for (let i = 1; i < 99; i++) e = new Error("n" + i, {cause: e}); throw e';
  const outcome = await runProgram(program, scriptedHost());
  expect(outcome).toHaveProperty(
    'failure.cause',
    'Error: n97; Error: n96; Error: n95; Error: n94; Error: n93',
  );
});
