/** The language in few words, for the description of `run_ptc` that a model reads. */
export const languageSummary = `JavaScript: const/let, functions and arrows (also async), destructuring, spread, template strings, ?. and ??, if/switch/loops/labels, try/catch/finally, regular expressions without lookaround or backreferences, and Array, Object, String, Number, Math, JSON, Map, Set, Promise, RegExp, Error with their usual methods.
Tools are global async functions that take one object: await read_file({path}). gather(a, b) or Promise.all run calls at once and cancel the rest when one fails; Promise.allSettled waits for all. A failed call throws an error with name, message and tool.
The value is what you return, else the last expression; it must be plain data. console.log(...) lines are returned too.
Not there: classes, this, generators, import, eval, Date, timers, randomness, fetch, files.`;
