/** Numbers from 0 up to a limit, the same for the same seed. */
export type Random = (below: number) => number;

/** Mulberry32: small, and good enough to vary programs. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/**
 * Makes a random program of the language that ends: every loop is bounded, and functions call no later ones.
 *
 * @param tool a tool that the program calls often, alone and in groups, with an object that has a `value`
 */
export function generateProgram(seed: number, tool?: string): string {
  return new Generator(seededRandom(seed), tool).program();
}

const numbers = ['0', '1', '2', '-1', '3.5', 'NaN', '1e9', '(1 / 3)'];
const texts = ["''", "'a'", "'abc'", "'10'", '`x`', "'é😀'"];
const others = [
  'true',
  'false',
  'null',
  'undefined',
  '[]',
  '{}',
  '[1, 2, 3]',
  "{a: 1, b: 'x'}",
  "['b', 'a']",
];
const arithmetic = ['+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>'];
const comparisons = ['<', '>', '<=', '>=', '==', '!=', '===', '!=='];
const logical = ['&&', '||', '??'];
const assignments = ['=', '+=', '-=', '*=', '??=', '||=', '&&='];

class Generator {
  readonly #random: Random;
  /** Names that may be read, innermost last; those of `let` may be written too. */
  readonly #names: {name: string; writable: boolean; kind: 'value' | 'function' | 'async'}[] = [];
  #fresh = 0;
  #depth = 0;
  #loops = 0;
  #async = true;
  readonly #tool: string | undefined;

  constructor(random: Random, tool: string | undefined) {
    this.#random = random;
    this.#tool = tool;
  }

  program(): string {
    const body = this.#statements(4 + this.#random(5));
    return `${body}\nreturn [${this.#values().join(', ')}]`;
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#random(items.length)] as T;
  }

  #values(): string[] {
    return this.#names.filter(({kind}) => kind === 'value').map(({name}) => name);
  }

  #statements(count: number): string {
    return Array.from({length: count}, () => this.#statement()).join('\n');
  }

  /** A block with names of its own. */
  #block(extra: () => string = () => ''): string {
    const known = this.#names.length;
    this.#depth += 1;
    const head = extra();
    const body = this.#statements(1 + this.#random(3));
    this.#depth -= 1;
    this.#names.length = known;
    return `{ ${head}${body} }`;
  }

  #statement(): string {
    if (this.#depth > 2) return this.#simple();
    const make = this.#pick([
      () => this.#simple(),
      () => this.#simple(),
      () => this.#declare(),
      () => this.#declare(),
      () => this.#destructure(),
      () => `if (${this.#expression()}) ${this.#block()} else ${this.#block()}`,
      () => this.#for(),
      () => this.#forOf(),
      () => this.#while(),
      () => this.#try(),
      () => this.#switch(),
      () => this.#function(),
    ]);
    return make();
  }

  #simple(): string {
    const writable = this.#names.filter((known) => known.writable);
    const choice = this.#random(6);
    if (choice === 0 && this.#loops > 0) return this.#pick(['break;', 'continue;', ';']);
    if (choice === 1) return `console.log(${this.#expression()});`;
    if (choice === 2 && this.#depth > 0) return `if (${this.#expression()}) throw ${this.#thrown()};`;
    if (writable.length === 0) return `console.log(${this.#expression()});`;
    const {name} = this.#pick(writable);
    if (choice === 3) return `${name}${this.#pick(['++', '--'])};`;
    return `${name} ${this.#pick(assignments)} ${this.#expression()};`;
  }

  #thrown(): string {
    return this.#pick([
      () => `new Error(String(${this.#expression()}))`,
      () => 'new TypeError("generated")',
      () => this.#expression(),
    ])();
  }

  #declare(): string {
    const writable = this.#random(2) === 0;
    const value = this.#expression();
    return `${writable ? 'let' : 'const'} ${this.#declared(writable)} = ${value};`;
  }

  #destructure(): string {
    const value = this.#pick(['[1, [2, 3], 4]', "'xyz'", 'new Set([5, 6])', '[undefined, null]']);
    const fallback = this.#withoutAwait(() => this.#expression());
    const [first, second, rest] = [this.#declared(true), this.#declared(true), this.#declared(true)];
    return `let [${first}, ${second} = ${fallback}, ...${rest}] = ${value};`;
  }

  /** A pattern can't wait; see the support matrix. */
  #withoutAwait(make: () => string): string {
    const outer = this.#async;
    this.#async = false;
    const made = make();
    this.#async = outer;
    return made;
  }

  #declared(writable: boolean, kind: 'value' | 'function' | 'async' = 'value'): string {
    const name = `v${this.#fresh++}`;
    this.#names.push({name, writable, kind});
    return name;
  }

  #inLoop(make: () => string): string {
    this.#loops += 1;
    const made = make();
    this.#loops -= 1;
    return made;
  }

  #for(): string {
    const counter = `i${this.#fresh++}`;
    const bound = 1 + this.#random(4);
    const body = this.#inLoop(() => {
      return this.#block(() => {
        this.#names.push({name: counter, writable: false, kind: 'value'});
        return '';
      });
    });
    return `for (let ${counter} = 0; ${counter} < ${bound}; ${counter}++) ${body}`;
  }

  #forOf(): string {
    const iterable = this.#pick([
      '[1, 2]',
      "'ab'",
      'Object.entries({k: 1})',
      'new Map([[1, 2]])',
      '[3, 4].entries()',
    ]);
    const item = `v${this.#fresh++}`;
    const awaited = this.#async && this.#random(4) === 0;
    const body = this.#inLoop(() => {
      return this.#block(() => {
        this.#names.push({name: item, writable: false, kind: 'value'});
        return awaited ? `await echo({value: ${this.#random(5)}}); ` : '';
      });
    });
    const waits = this.#async && this.#random(4) === 0 ? ' await' : '';
    return `for${waits} (const ${item} of ${iterable}) ${body}`;
  }

  #while(): string {
    const counter = `w${this.#fresh++}`;
    const body = this.#inLoop(() => this.#block(() => `if (++${counter} > 3) break; `));
    return `let ${counter} = 0; while (${this.#expression()}) ${body}`;
  }

  #try(): string {
    const guarded = this.#block();
    const caught = `e${this.#fresh++}`;
    const handler = this.#block(
      () => `console.log('caught', String(${caught} instanceof Error ? ${caught}.name : ${caught})); `,
    );
    const last = this.#random(3) === 0 ? ` finally ${this.#block(() => "console.log('finally'); ")}` : '';
    return `try ${guarded} catch (${caught}) ${handler}${last}`;
  }

  #switch(): string {
    const cases = Array.from({length: 1 + this.#random(3)}, () => {
      return `case ${this.#atom()}: ${this.#block()}${this.#random(2) ? ' break;' : ''}`;
    });
    const body = [...cases, ...(this.#random(2) ? [`default: ${this.#block()}`] : [])].join(' ');
    return this.#inLoop(() => `do { switch (${this.#expression()}) { ${body} } } while (false);`);
  }

  #function(): string {
    const isAsync = this.#async && this.#random(3) === 0;
    const parameter = `p${this.#fresh++}`;
    const [outerAsync, outerLoops] = [this.#async, this.#loops];
    this.#async = isAsync;
    this.#loops = 0;
    const body = this.#block(() => {
      this.#names.push({name: parameter, writable: true, kind: 'value'});
      return '';
    });
    this.#async = outerAsync;
    this.#loops = outerLoops;
    const code = `(${parameter} = ${this.#atom()}, ...rest) => { ${body}; return [${parameter}, rest.length] }`;
    return `const ${this.#declared(false, isAsync ? 'async' : 'function')} = ${isAsync ? 'async ' : ''}${code};`;
  }

  #atom(): string {
    const known = this.#values();
    if (known.length > 0 && this.#random(2) === 0) return this.#pick(known);
    return this.#pick([...numbers, ...texts, ...others]).replace(/^\{(.*)\}$/, '({$1})');
  }

  #expression(): string {
    this.#depth += 1;
    const made = this.#depth > 4 ? this.#atom() : this.#compound();
    this.#depth -= 1;
    return made;
  }

  #compound(): string {
    const sub = () => this.#expression();
    const make = this.#pick([
      () => this.#atom(),
      () => `((${sub()}) ${this.#pick(arithmetic)} (${sub()}))`,
      () => `(${sub()} ${this.#pick(comparisons)} ${sub()})`,
      () => `((${sub()}) ${this.#pick(logical)} (${sub()}))`,
      () => `(${sub()} ? ${sub()} : ${sub()})`,
      () => `${this.#pick(['!', '+', '~', 'typeof ', 'void '])}(${sub()})`,
      () => `[${sub()}, ${sub()}]`,
      () => `({a: ${sub()}, ['k' + ${this.#random(3)}]: ${sub()}})`,
      () => `(${sub()})?.a`,
      () => `[${sub()}, ${sub()}][${this.#random(3)}]`,
      () => `((x, y) => [x, y]).${this.#pick(['call(null, ', 'bind(null, 1)('])}${sub()})`,
      () => `((...all) => all).apply(null, [${sub()}, ${sub()}])`,
      () => `[].concat.call([1], ${sub()})`,
      () => this.#date(),
      () => this.#url(),
      () => `[3, 1, 2].map((x, i) => x ${this.#pick(arithmetic)} i)`,
      () => `[${sub()}, ${sub()}].filter(Boolean)`,
      () => `String(${sub()}).slice(${this.#random(3)})`,
      () => `JSON.stringify([${sub()}])`,
      () => this.#call(),
      () => this.#await(),
      ...(this.#tool === undefined ? [] : Array.from({length: 4}, () => () => this.#await())),
    ]);
    return make();
  }

  #date(): string {
    const date = `new Date(${this.#pick(['0', '1e12', "'2024-02-30'", "'Jan 5, 2024 10:00 PM'", `+(${this.#expression()})`])})`;
    return this.#pick([
      `${date}.toISOString()`,
      `String(${date})`,
      `(${date} - ${this.#expression()})`,
      `(${date} + ${this.#expression()})`,
      `${date}.setMonth(${this.#random(15)})`,
      `JSON.stringify(${date})`,
      `[${date}, ${date}.getDay()]`,
    ]);
  }

  #url(): string {
    const url = `new URL(String(${this.#expression()}), 'http://a.com/b/c?d=1')`;
    const query = `new URLSearchParams({a: ${this.#expression()}})`;
    return this.#pick([
      `${url}.href`,
      `[${url}.search]`,
      `String(${query})`,
      `[...${query}]`,
      `${query}.get('a')`,
    ]);
  }

  #call(): string {
    const functions = this.#names.filter(({kind}) => kind === 'function');
    if (functions.length === 0) return this.#atom();
    return `${this.#pick(functions).name}(${this.#expression()})`;
  }

  #await(): string {
    if (!this.#async) return this.#atom();
    const functions = this.#names.filter(({kind}) => kind === 'async');
    const value = this.#expression();
    if (this.#tool !== undefined && this.#random(4) > 0) return this.#calls(this.#tool, value);
    if (functions.length > 0 && this.#random(2) === 0)
      return `(await ${this.#pick(functions).name}(${value}))`;
    return this.#pick([
      `(await (${value}))`,
      `(await Promise.resolve(${value}))`,
      `(await gather(${value}, 1))`,
    ]);
  }

  #calls(tool: string, value: string): string {
    const call = `${tool}({value: ${value}})`;
    const other = `${tool}({value: ${this.#atom()}})`;
    const safe = `${call}.catch((error) => error.message)`;
    return this.#pick([
      `(await ${safe})`,
      `(await ${call})`,
      `(await gather(${safe}, ${other}.then((x) => [x], () => 0)))`,
      `(await gather([1, 2, 3].map((n) => ${tool}({value: n}))))`,
      `(await Promise.all([${call}, ${other}]))`,
      `(await Promise.race([${safe}, ${other}]))`,
      `(await Promise.allSettled([${call}, ${other}])).map((end) => end.status)`,
      `(await Promise.any([${call}, ${other}]))`,
    ]);
  }
}
