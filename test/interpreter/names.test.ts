import {expect, test} from 'vitest';
import {
  type ProgramFailure,
  type ProgramJson,
  type ProgramParameter,
  runProgram,
} from '../../workflows/interpreter/index.ts';
import {type ScriptedHost, scriptedHost} from './scripted-host.ts';

const parameters: Record<string, ProgramParameter[]> = {
  read_file: [
    {name: 'path', required: true},
    {name: 'offset', required: false},
  ],
  write_file: [
    {name: 'path', required: true},
    {name: 'content', required: true},
  ],
  list_files: [{name: 'path', required: false}],
  now: [],
};

/** A host whose tools give back what they were called with. */
function fileHost(): ScriptedHost {
  const tools = Object.fromEntries(
    Object.keys(parameters).map((name) => [name, (input: ProgramJson) => input]),
  );
  return {...scriptedHost(tools), parametersOf: (tool) => parameters[tool]};
}

async function refusalOf(program: string): Promise<ProgramFailure> {
  const host = fileHost();
  const outcome = await runProgram(`await list_files();\n${program}`, host);
  expect(host.log).toEqual([]);
  expect(outcome).toMatchObject({status: 'failed', failure: {position: {line: 2}}});
  return (outcome as {failure: ProgramFailure}).failure;
}

test.for([
  ['await tools.read_file({path: "a"})', 'await read_file({path: …})'],
  ['await codemode.write_file({})', 'await write_file({path: …, content: …})'],
  ['await mcp.server.now()', 'await now()'],
  ['await sandbox.readFile("a")', 'await read_file({path: …})'],
  ['await tools["list_files"]()', 'await list_files({path: …})'],
  ['const {read_file: read} = tools', 'Declare it, or use one of the tools'],
  ['await callTool("read_file", {path: "a"})', 'await read_file({path: …})'],
  ['await functions.nothing()', 'without `functions.` in front'],
  ['await readFile("a")', 'Did you mean read_file?'],
  ['count++', 'Declare it first: let count = …'],
  ['total += 1', 'Declare it first: let total = …'],
  ['missing', 'Declare it, or use'],
] as const)('a name that nothing declares is refused before anything runs: %s', async ([program, hint]) => {
  const failure = await refusalOf(program);
  expect(failure).toMatchObject({kind: 'ReferenceError', message: expect.stringMatching(/ is not defined$/)});
  expect(failure.hint).toContain(hint);
});

test.for([
  ['fetch("http://a")', 'Only tools'],
  ['const fs = require("fs")', 'global'],
  ['new AbortController()', 'gather'],
  ['const f = (x) => new Blob([x])', 'whole values'],
  ['JSON.parse(atob("e30="))', 'Texts are enough'],
  ['Object.getPrototypeOf({})', 'no prototypes'],
  ['const {random} = Math', 'no randomness'],
  ['Object.prototype.hasOwnProperty.call({}, "a")', 'Object.hasOwn'],
  ['Promise.finally()', 'Promise has: resolve'],
  ['Object.key({})', 'Did you mean Object.keys?'],
  ['console.logs(1)', 'Did you mean console.log?'],
] as const)('what JavaScript has and programs have not is refused before anything runs: %s', async (row) => {
  const [program, hint] = row;
  const failure = await refusalOf(program);
  expect(failure.kind).toBe('UnsupportedSyntax');
  expect(failure.hint).toContain(hint);
});

test('everything that is missing is named at once, up to nine', async () => {
  const failure = await refusalOf('fetch(a);\nb();\nMath.random();');
  expect(failure.message).toBe('`fetch` is not available in programs');
  expect(failure.hint).toContain('Also line 2: a is not defined.');
  expect(failure.hint).toContain('Also line 3: b is not defined.');
  expect(failure.hint).toContain('Also line 4: `Math.random` is not available in programs.');
  const many = await refusalOf(Array.from({length: 20}, (_, index) => `name${index}`).join('\n'));
  expect(many.hint).toContain('And 11 more.');
});

test.for([
  ['typeof fetch', 'undefined'],
  ['typeof Math.random', 'undefined'],
  ['typeof missing === "undefined"', true],
  ['const {nothing = 5} = Math; nothing', 5],
  ['const fetch = () => 7; fetch()', 7],
  ['const tools = {read_file}; (await tools.read_file({path: "a"})).path', 'a'],
  ['const o = {fetch: 1, Math: 2}; o.fetch + o.Math', 3],
  ['fetch: for (;;) break fetch; 1', 1],
  ['[Math.max.name, read_file.name, Array.isArray.length]', ['max', 'read_file', 1]],
] as const)('names that are declared, asked for or only look free are let through: %s', async (row) => {
  const [program, value] = row;
  expect(await runProgram(program, fileHost())).toMatchObject({status: 'completed', value});
});

test.for([
  ['await list_files()', {}],
  ['await now()', {}],
  ['await now(undefined)', {}],
  ['await read_file("a")', {path: 'a'}],
  ['await list_files("notes")', {path: 'notes'}],
  ['await Promise.all(["a", "b"].map(read_file))', [{path: 'a'}, {path: 'b'}]],
  ['await gather(["a"].map(read_file))', [{path: 'a'}]],
  ['await gather([{path: "a"}].map(read_file))', [{path: 'a'}]],
  ['const p = []; ["a"].forEach((...all) => p.push(read_file(...all))); await p[0]', {path: 'a'}],
  ['await Promise.resolve("a").then(read_file)', {path: 'a'}],
] as const)('a call without an object means what it must mean: %s', async ([program, value]) => {
  expect(await runProgram(program, fileHost())).toMatchObject({status: 'completed', value});
});

test.for([
  ['await read_file()', 'read_file needs path'],
  ['await write_file("a", "text")', 'write_file takes one object'],
  ['await write_file("a")', 'write_file takes one object'],
  ['await read_file("a", 5)', 'read_file takes one object'],
  ['await ["a"].map(read_file)', 'not awaited'],
  ['await ["a"].map((path) => read_file({path}))', 'not awaited'],
  ['return ["a"].map(async (path) => 1)', 'not awaited'],
  ['["a"].flatMap(async function (path) {})', 'not awaited'],
] as const)('a call that can’t be meant is refused before anything runs: %s', async ([program, message]) => {
  const failure = await refusalOf(program);
  expect(failure).toMatchObject({kind: 'UnsupportedSyntax', message: expect.stringContaining(message)});
  expect(failure.hint).toMatch(/await (read_file|write_file|Promise\.all)\(/);
});

test.for([
  'const call = write_file; await call("a", "text")',
  'await write_file(...["a", "text"])',
  'const call = read_file; await call()',
  'await Promise.all(["a"].map(write_file))',
])('where it shows only later, the failure says how the tool is called: %s', async (program) => {
  const host = fileHost();
  const outcome = await runProgram(program, host);
  expect(outcome).toMatchObject({
    failure: {name: 'TypeError', message: expect.stringMatching(/\(\{path: …/)},
  });
  expect(host.log).toEqual([]);
});

test.for([
  'const f = () => ["a"].map(async (x) => x); (await Promise.all(f())).length',
  'const f = () => { return ["a"].map(async (x) => x) }; (await Promise.all(f())).length',
  'await [1].map(Number)',
])('arrays of promises that are awaited elsewhere, and others, are let through: %s', async (program) => {
  expect(await runProgram(program, fileHost())).toMatchObject({status: 'completed'});
});
