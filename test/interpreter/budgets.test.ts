import {expect, test} from 'vitest';
import {defaultBudgets, type ProgramBudgets, runProgram} from '../../workflows/interpreter/index.ts';
import {scriptedHost} from './scripted-host.ts';

const small: Partial<ProgramBudgets> = {
  steps: 100_000,
  stepsBetweenYields: 50_000,
  calls: 5,
  recursion: 50,
  syntaxDepth: 40,
  source: 5_000,
  stringLength: 10_000,
  arrayLength: 1_000,
  output: 100,
  result: 2_000,
};

test.for([
  ['steps', 'while (true) {}'],
  ['steps', 'for (;;) await null'],
  ['steps', 'try { while (true) {} } catch { return "caught" } finally { return "finally" }'],
  ['steps', 'const f = async () => { while (true) await null }; await gather(f(), f())'],
  [
    'steps',
    'let s = 0; for (let i = 0; i < 500; i++) s += [...Array(1000)].map((x, j) => j).join("").length',
  ],
  ['steps', '/(x.*y|x)/gs.test("x"); return "x".repeat(9000).match(/(?:x.*y|x)/gs).length'],
  ['calls', 'for (let i = 0; i < 9; i++) await echo({})'],
  ['calls', 'while (true) echo({})'],
  ['recursion', 'const f = (n) => f(n + 1); return f(0)'],
  ['recursion', 'const f = (n) => [n].map((x) => f(x + 1)); return f(0)'],
  ['recursion', 'const o = {toString: () => "" + o}; return "" + o'],
  ['recursion', 'const f = async () => f(); await f()'],
  ['recursion', 'let f = () => 1; for (let i = 0; i < 200; i++) f = f.bind(null); f()'],
  ['recursion', 'const f = (n) => f.call(null, n + 1); f(0)'],
  ['recursion', 'const f = (n) => f.apply(null, [n + 1]); f(0)'],
  ['recursion', 'const f = (n) => [n].map(f.bind(null, n)); f(0)'],
  ['steps', 'let f = () => 1; for (;;) f = f.bind(null)'],
  ['steps', 'const a = Array(1000).fill(1), f = () => 1; for (;;) f.apply(null, a)'],
  ['syntaxDepth', `return ${'['.repeat(50)}${']'.repeat(50)}`],
  ['syntaxDepth', `return ${'!'.repeat(3_000)}1`],
  ['syntaxDepth', `return ${'('.repeat(2_000)}1${')'.repeat(2_000)}`],
  ['syntaxDepth', `${'if (1) '.repeat(500)} return 1`],
  ['syntaxDepth', `return 1${' + 1'.repeat(500)}`],
  ['source', `// ${'x'.repeat(5_000)}`],
  ['stringLength', 'return "x".repeat(10001)'],
  ['stringLength', 'let s = "x"; while (true) s += s'],
  ['stringLength', 'return "x".padEnd(1e9)'],
  ['stringLength', 'return Array(500).fill("x".repeat(100)).join()'],
  ['stringLength', 'return "x".repeat(200).replaceAll("x", "y".repeat(100))'],
  ['arrayLength', 'const a = []; while (true) a.push(1)'],
  ['arrayLength', 'const a = []; a[5000] = 1'],
  ['arrayLength', 'return new Array(5000)'],
  ['arrayLength', 'let a = [1, 2]; while (true) a = [...a, ...a]'],
  ['arrayLength', 'const m = new Map(); for (let i = 0; ; i++) m.set(i, i)'],
  ['arrayLength', 'const o = {}; for (let i = 0; ; i++) o["k" + i] = i'],
  ['result', 'return "x".repeat(3000)'],
] as const)('exceeding %s ends the program: %s', async ([budget, program]) => {
  const outcome = await runProgram(program, scriptedHost(), small);
  expect(outcome).toMatchObject({
    status: 'failed',
    failure: {kind: 'BudgetExceeded', name: 'BudgetExceeded'},
  });
  expect(outcome).toHaveProperty('failure.message', expect.stringContaining(`budget ${budget}`));
});

test('a program takes the same steps each time', async () => {
  const program =
    'const w = "a b a".split(" "); for (let i = 0; i < 50; i++) w.push(await echo({value: "" + i})); w.sort()';
  const [first, second] = [
    await runProgram(program, scriptedHost()),
    await runProgram(program, scriptedHost()),
  ];
  expect(first).toEqual(second);
  expect(first).toMatchObject({status: 'completed', steps: expect.any(Number)});
});

test('the output is cut, and says so', async () => {
  const outcome = await runProgram(
    'for (let i = 0; i < 100; i++) console.log("line", i)',
    scriptedHost(),
    small,
  );
  expect(outcome).toHaveProperty('logs.length', 14);
  expect(outcome).toHaveProperty('logs.13', expect.stringContaining('output limit'));
});

test('a long program yields to the host in between, and its effects keep their order', async () => {
  const host = scriptedHost();
  const program =
    'const log = []; const f = async () => { log.push("a"); await null; log.push("c") }; const p = f(); log.push("b"); ' +
    'for (let i = 0; i < 60000; i++) {} log.push("d"); await p; log.join("")';
  const outcome = await runProgram(program, host, {steps: 1_000_000, stepsBetweenYields: 50_000});
  expect(outcome).toMatchObject({status: 'completed', value: 'abdc'});
  expect(host.log).toEqual(['yield', 'yield']);
});

test('functions that never wait end where they have run for twice the steps between yields', async () => {
  const program = 'const f = () => { for (;;) {} }; f()';
  const outcome = await runProgram(program, scriptedHost(), {steps: 1_000_000, stepsBetweenYields: 50_000});
  expect(outcome).toMatchObject({
    status: 'failed',
    failure: {message: expect.stringContaining('stepsBetweenYields')},
  });
});

test('the default for source takes a long program and refuses a megabyte', async () => {
  expect(defaultBudgets.source).toBeLessThan(1_000_000);
  const outcome = await runProgram(' '.repeat(1_000_000), scriptedHost());
  expect(outcome).toMatchObject({
    status: 'failed',
    failure: {message: expect.stringContaining('budget source')},
  });
});

const rows = 'const row = "x".repeat(144) + "\\n"; let csv = ""; const o = {csv: ""};';

test.for([
  ['csv += row', 'csv'],
  ['csv = csv + row', 'csv'],
  ['csv = row + csv', 'csv'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a program
  ['csv = `${csv}${row}`', 'csv'],
  ['o.csv += row', 'o.csv'],
  ['o["csv"] += row', 'o.csv'],
] as const)('a text that grows costs what is appended: 5,000 times %s', async ([append, text]) => {
  const program = `${rows} for (let i = 0; i < 5000; i++) ${append}; return ${text}.split("\\n").length`;
  const outcome = await runProgram(program, scriptedHost(), {steps: 250_000, stepsBetweenYields: 250_000});
  expect(outcome).toMatchObject({status: 'completed', value: 5001});
});

test.for([
  't.charCodeAt(5)',
  't.at(-1)',
  't[7]',
  't["7"]',
  'const [first] = t',
  't < "y"',
  't in o',
  'o[t]',
  '"abc".includes(t)',
  '"abc".localeCompare(t)',
  '/abc/.test(t)',
  'switch (t) { case text + "z": }',
  'before.charCodeAt(5)',
])('a joined text pays for all of itself where it is first read: %s', async (read) => {
  const program = `const o = {}; let text = "x".repeat(1600000), before = "";
    for (let i = 0; i < 20; i++) { before = i % 2 ? text : text + "b"; text += "y"; const t = text; ${read} }`;
  const outcome = await runProgram(program, scriptedHost(), {
    steps: 1_000_000,
    stepsBetweenYields: 1_000_000,
  });
  expect(outcome).toMatchObject({failure: {message: expect.stringContaining('budget steps')}});
});
