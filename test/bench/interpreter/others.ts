import {createRequire} from 'node:module';
import SandboxModule from '@nyariv/sandboxjs';
import {getQuickJS} from 'quickjs-emscripten';

/** Published interpreters of JavaScript, in JavaScript or (QuickJS) in C, for comparison. Each runs a program's source once. */
export const otherInterpreters: Record<string, (source: string) => void> = {
  sval: runInSval,
  sandboxjs: runInSandboxJs,
  quickjs: runInQuickJs,
};

interface SvalInterpreter {
  run(source: string): void;
}

const Sval = createRequire(import.meta.url)('sval') as {
  new (options: {ecmaVer: number; sandBox: boolean}): SvalInterpreter;
};

function runInSval(source: string): void {
  new Sval({ecmaVer: 2019, sandBox: true}).run(source);
}

function runInSandboxJs(source: string): void {
  new SandboxModule().compile(source)().run();
}

const quickJs = (await getQuickJS()).newContext();

// In a function, where its variables are locals, as a program's are.
function runInQuickJs(source: string): void {
  quickJs.unwrapResult(quickJs.evalCode(`(function () { ${source}\n})()`)).dispose();
}
