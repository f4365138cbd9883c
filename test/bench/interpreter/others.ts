import {createRequire} from 'node:module';
import SandboxModule from '@nyariv/sandboxjs';

/** Published interpreters of JavaScript in JavaScript, for comparison. Each runs a program's source once. */
export const otherInterpreters: Record<string, (source: string) => void> = {
  sval: runInSval,
  sandboxjs: runInSandboxJs,
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
