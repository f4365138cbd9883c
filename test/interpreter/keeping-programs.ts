/** A program that tries to hold the workflow, or to fill its memory; most never end by themselves. */
export interface HostileProgram {
  name: string;
  source: string;
}

const never = 'const never = new Promise(() => {})';
const nevers = `${never}; const all = new Array(200).fill(never)`;
const rows = 'const a = Array.from({length: 1000}, (_, i) => i)';
const table = 'const o = Object.fromEntries(Array.from({length: 1000}, (_, i) => ["k" + i, i]))';

/** Loops that keep what they make: `k` is a list. */
const kept: [name: string, setUp: string, made: string][] = [
  ['objects', '', '{a: 1, b: {c: 2, d: [3]}}'],
  ['empty objects', '', '{}'],
  ['objects of many properties', '', '{a: 1, b: 2, c: 3, d: 4, e: 5}'],
  ['numbers in objects', 'let i = 0.5', '{i: i++}'],
  ['arrays', '', '[[1, 2], [3, 4], [5, 6], [7, 8]]'],
  ['arrays with a gap', '', '((a) => { a[999] = 1; return a })([])'],
  ['arrays that were pushed to', '', '((a) => { a.push(1); return a })([])'],
  ['large arrays', '', 'new Array(1000000).fill(0)'],
  ['sparse arrays', '', 'new Array(1000000)'],
  ['mapped arrays', rows, 'a.map((x) => [x])'],
  ['closures', '', '((x, y) => () => [x, y])({}, [])'],
  ['closures of many variables', '', '((a, b, c, d, e) => () => [a, b, c, d, e])(1, 2, 3, 4, 5)'],
  ['Maps and Sets', '', 'new Map([[1, 2]]), new Set([3])'],
  ['pairs of a Map', 'const m = new Map(Array.from({length: 1000}, (_, i) => [i, i]))', '[...m]'],
  ['groups', rows, 'Map.groupBy(a, (x) => x), Object.groupBy(a, (x) => x)'],
  ['unions', 'const s = new Set(Array.from({length: 10000}, (_, i) => i))', 's.union(s)'],
  ['entries', table, 'Object.entries(o), {...o}'],
  ['clones', 'const w = Array.from({length: 1000}, () => ({a: {}}))', 'structuredClone(w)'],
  ['parsed JSON', 'const t = JSON.stringify(new Array(1000).fill({a: [1.5]}))', 'JSON.parse(t)'],
  ['errors', '', 'new Error("no")'],
  ['iterators', '', '[1].entries(), "ab".matchAll(/a/g), [1].values().map((x) => x).take(3)'],
  ['regular expressions', 'let i = 0', '/a/g, new RegExp("(a|b){1,30}" + i++)'],
  ['matches', 'const s = "ab ".repeat(1000)', '[...s.matchAll(/(\\w)(?<n>\\w)/g)]'],
  ['texts', 'let i = 0', '"x".repeat(50000) + i++'],
  [
    'texts in one piece',
    'const s = "x".repeat(1000); let i = 0',
    '((t) => { t.charCodeAt(3); return t })(s + i++)',
  ],
  [
    'short texts of wide characters',
    'const s = "\u3042".repeat(250); let i = 0',
    `((t) => { t.charCodeAt(3); return t })(\`\${s}\${i++}\`)`,
  ],
  ['wide texts in upper case', 'const s = "\u044f".repeat(900000)', 's.toUpperCase()'],
  ['wide characters', 'const s = "\u0100\u0101".repeat(50000)', '[...s], s.split("")'],
  ['parts', 'const s = "some words ".repeat(10000)', 's.split(" ")'],
  ['joined texts', 'const w = new Array(1000).fill("\u3042")', 'w.join("")'],
  ['replaced texts', 'const s = "\u3042".repeat(9000)', 's.replaceAll("\u3042", "\u3042\u3042")'],
  ['promises', '', 'Promise.resolve(1)'],
  ['promises with their functions', '', 'Promise.withResolvers(), new Promise(() => {})'],
];

/** Programs that keep promises, functions that wait, and what reacts to them. */
const keptAlive: [name: string, source: string][] = [
  ['a race in an endless loop', `${never}; for (;;) await Promise.race([never, null])`],
  ['a race of many', `${nevers}; all.push(null); for (;;) await Promise.race(all)`],
  [
    'a race of functions',
    'const f = async () => { await new Promise(() => {}) }; for (;;) await Promise.race([f(), null])',
  ],
  [
    'groups of what never ends',
    `${nevers}; for (;;) { Promise.all(all); Promise.allSettled(all); Promise.any(all); gather(all) }`,
  ],
  ['reactions to one promise', `${never}; for (;;) never.then(() => 1)`],
  ['reactions without functions', `${never}; for (;;) never.catch(null)`],
  ['a chain of reactions', `let p = new Promise(() => {}); for (;;) p = p.finally(() => 1)`],
  [
    'reactions to many promises',
    `${never}; const k = []; for (;;) k.push(never.then((x) => x).finally(() => 1))`,
  ],
  ['asynchronous recursion', 'const f = async (n) => { await null; await f(n + 1) }; await f(0)'],
  [
    'asynchronous recursion by two',
    'const f = async (n) => { await null; await gather(f(n), f(n)) }; await f(0)',
  ],
  ['functions that wait', `${never}; const f = async () => { await never }; for (;;) f()`],
  [
    'functions that wait deep inside',
    `${never}; const f = async () => { for (const x of [1]) { try { if (x) { await never } } finally { x } } }; for (;;) f()`,
  ],
  ['functions that start others', 'const f = async (n) => { for (;;) { await null; f(n + 1) } }; await f(0)'],
  ['jobs', 'for (;;) Promise.resolve().then(() => 1)'],
  [
    'jobs that make jobs for ever',
    'const f = () => { Promise.resolve().then(f); Promise.resolve().then(f) }; f(); await new Promise(() => {})',
  ],
  ['thenables that never settle', 'for (;;) Promise.resolve({then: () => {}})'],
  ['rejections that nobody sees', 'for (;;) Promise.reject(new Error("x"))'],
  [
    'objects in Maps',
    'const k = []; for (;;) { const m = new Map(); for (let i = 0; i < 100000; i++) m.set(i, {i}); k.push(m) }',
  ],
];

/** Programs that would fill the memory if their steps didn't pay for it. */
export const keepingPrograms: readonly HostileProgram[] = [
  ...kept.map(([name, setUp, made]) => ({
    name: `${name} kept`,
    source: `${setUp}; const k = []; for (;;) k.push(${made})`,
  })),
  ...keptAlive.map(([name, source]) => ({name, source})),
];
