import {type ChildProcess, spawn} from 'node:child_process';
import {watch} from 'node:fs';
import {fileURLToPath} from 'node:url';

/** Milliseconds without a change after which the compiler is taken to be done. */
const quiet = 300;

// Builds again while somebody works: the compiler watches the sources, and the bundle follows the compiled workflows.
const compiler = spawn('tsc', ['--watch', '--preserveWatchOutput'], {stdio: 'inherit'});
compiler.once('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => compiler.kill());
watch(fileURLToPath(new URL('../../dist/workflows/', import.meta.url)), {recursive: true}, bundleLater());

/** @returns what bundles once nothing has changed for a while; a bundle that is under way then is given up */
function bundleLater(): () => void {
  let waiting: NodeJS.Timeout | undefined;
  let bundling: ChildProcess | undefined;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      bundling?.kill();
      bundling = bundle();
    }, quiet);
  };
}

function bundle(): ChildProcess {
  const script = fileURLToPath(new URL('./bundle-workflows.ts', import.meta.url));
  return spawn(process.execPath, [script], {stdio: 'inherit'}).once('exit', (code) => {
    if (code === 0) console.log('The workflow bundle is new: start the worker again.');
  });
}
