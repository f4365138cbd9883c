/** A program that is measured, and what a run of it counts. */
export interface MeasuredProgram {
  name: string;
  source: string;
  /** Operations of a run, where a rate is of interest. */
  operations?: number;
  /** Milliseconds that it may take at most inside a workflow. */
  target?: number;
  /** How often one workflow task runs it, 3 by default: many times where what counts is how a worker does that has run programs before. */
  runsPerTask?: number;
}

/** 20,000 numbers in an order that looks random, one after the other in `x`. */
function pseudoRandom(work: string): string {
  return `let x = 1; for (let i = 0; i < 20000; i++) { x = (x * 16807) % 2147483647; ${work} }`;
}

/** Programs that every interpreter of JavaScript can run; the last expression is their value. */
export const measuredPrograms: MeasuredProgram[] = [
  {
    name: '10⁶ additions in a loop',
    source: 'let s = 0; for (let i = 0; i < 1000000; i++) { s += i; } s',
    operations: 1_000_000,
    target: 50,
  },
  {name: 'fib(24)', source: 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); } fib(24)'},
  {
    name: '10⁵ push',
    source: 'const a = []; for (let i = 0; i < 100000; i++) { a.push(i); } a.length',
    operations: 100_000,
    target: 20,
  },
  {
    name: '10⁵ property reads and writes',
    source: 'const o = {x: 0}; for (let i = 0; i < 100000; i++) { o.x = o.x + 1; } o.x',
    operations: 200_000,
    target: 20,
  },
  {
    name: 'sieve of 10⁵',
    source:
      'const p = []; for (let i = 0; i < 100000; i++) { p.push(true); } let c = 0; for (let i = 2; i < 100000; i++) ' +
      '{ if (p[i]) { c++; for (let j = i * 2; j < 100000; j += i) { p[j] = false; } } } c',
  },
  {
    name: 'map, filter, join of 2·10⁴',
    source:
      'const b = []; for (let i = 0; i < 20000; i++) { b.push(i); } ' +
      'b.map(function (x) { return x * 2; }).filter(function (x) { return x % 3 === 0; }).join(",").length',
  },
  {
    name: 'sort of 2·10⁴ numbers',
    source: `const n = []; ${pseudoRandom('n.push(x);')} n.sort(function (a, b) { return a - b; }); n[7]`,
  },
  {
    name: 'sort of 2·10⁴ texts',
    source: `const t = []; ${pseudoRandom('t.push("k" + x);')} t.sort(); t[7].length`,
  },
  {
    name: 'words of 18 kB',
    source:
      'let w = "the quick brown fox, 42 jumps; "; for (let i = 0; i < 9; i++) { w += w; } w.match(/\\w+/g).length',
  },
  {
    name: '2·10⁴ objects in an array',
    source:
      'const r = []; for (let i = 0; i < 20000; i++) { r.push({id: i, name: "n" + i, size: i % 7}); } ' +
      'let z = 0; for (let i = 0; i < r.length; i++) { if (r[i].size > 3) { z += r[i].size; } } z',
  },
];

/** 1,000 tool calls, one after the other, and all at once. */
export const callPrograms: MeasuredProgram[] = [
  {
    name: '1,000 tool calls in turn',
    source: 'let n = 0; for (let i = 0; i < 1000; i++) n += await echo({value: i}); n',
    operations: 1_000,
    target: 100,
  },
  {
    name: '1,000 tool calls at once',
    source: 'const v = await gather(Array.from({length: 1000}, (_, i) => echo({value: i}))); v.length',
    operations: 1_000,
    target: 100,
  },
];

/** Fifty lines as a model writes them. */
export const fiftyLines = Array.from({length: 10}, (_item, index) => {
  return `const files${index} = [{path: 'a${index}.txt', size: ${index}}, {path: 'b', size: 20}];
const names${index} = files${index}.filter((file) => file.size > 5).map((file) => file.path.toUpperCase());
let total${index} = 0;
for (const {size} of files${index}) { if (size % 2 === 0) total${index} += size; else total${index} -= 1; }
console.log(\`\${names${index}.join(', ')}: \${total${index}}\`);`;
}).join('\n');
