import {readFileSync} from 'node:fs';
import {createRequire, type ResolveFnOutput, type registerHooks} from 'node:module';
import {fileURLToPath, pathToFileURL} from 'node:url';

type Resolve = NonNullable<Parameters<typeof registerHooks>[0]['resolve']>;

const ourRequire = createRequire(import.meta.url);

/**
 * How the modules of an author's agent find others, for `import` and `require` alike.
 *
 * An author's folder needs no `node_modules`: `durable-tui` and `zod` fall back to our own copies. And it may say
 * `"type": "commonjs"`: a file that imports and exports is a module all the same.
 */
export const resolveForAuthors: Resolve = (specifier, context, nextResolve) => {
  try {
    return asWritten(nextResolve(specifier, context));
  } catch (error) {
    const ours = ourCopy(specifier);
    if (ours) return {...ours, shortCircuit: true};
    throw error;
  }
};

function ourCopy(specifier: string): Pick<ResolveFnOutput, 'url' | 'format'> | undefined {
  if (specifier === 'durable-tui')
    return {url: new URL('../index.js', import.meta.url).href, format: 'module'};
  if (!/^zod(\/|$)/.test(specifier)) return undefined;
  return {url: pathToFileURL(ourRequire.resolve(specifier)).href, format: 'commonjs'};
}

const asModule: Readonly<Record<string, string>> = {
  commonjs: 'module',
  'commonjs-typescript': 'module-typescript',
};

/** What a folder says of its files counts less than what a file of the author's is. */
function asWritten(found: ResolveFnOutput): ResolveFnOutput {
  const format = asModule[found.format ?? ''];
  if (format === undefined || !/^file:.*\.[jt]s$/.test(found.url) || found.url.includes('/node_modules/'))
    return found;
  return isModule(readFileSync(fileURLToPath(found.url), 'utf8')) ? {...found, format} : found;
}

function isModule(source: string): boolean {
  const imports =
    /^\s*(?:import\s*[\w{*'"]|export\s+(?:default|const|let|class|function|async)\b|export\s*[{*])/m;
  return imports.test(source) && !/\b(?:module\.exports|exports\.\w+\s*=|require\()/.test(source);
}
