import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {type BundleOptions, bundleWorkflowCode, DefaultLogger} from '@temporalio/worker';

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
const compiledWorkflows = fileURLToPath(new URL('../../dist/workflows/', import.meta.url));

// The bundler's own webpack: a second copy would not take its configuration.
const {ProvidePlugin} = createRequire(createRequire(import.meta.url).resolve('@temporalio/worker'))(
  'webpack',
);

/**
 * Bundles the compiled workflows for Temporal's workflow sandbox.
 *
 * The interpreter is preloaded: it has no state, so all workflows of a worker share it, and with it the machine code that
 * V8 made of it for the programs of earlier ones.
 *
 * @returns the code of the bundle with an inline source map that names no absolute path and carries no sources
 * @throws when a module that the sandbox forbids is reachable from `workflows/index.ts`
 */
export async function buildWorkflowBundle(): Promise<string> {
  const {code} = await bundleWorkflowCode({
    workflowsPath: `${compiledWorkflows}index.js`,
    preloadModules: [`${compiledWorkflows}interpreter/index.js`],
    webpackConfigHook: configureBundle,
    logger: new DefaultLogger('WARN'),
  });
  return code;
}

/** What every bundle of workflows with the interpreter in it needs. */
export const configureBundle: NonNullable<BundleOptions['webpackConfigHook']> = (config) => ({
  ...config,
  // `Worker.create` insists on an inline source map; without the sources it is half the size.
  devtool: 'inline-nosources-cheap-source-map',
  output: {...config.output, devtoolModuleFilenameTemplate: relativeToPackage},
  // In one scope, an imported binding is a variable and not a getter: the interpreter runs on these.
  optimization: {
    minimize: true,
    concatenateModules: true,
    usedExports: true,
    providedExports: true,
    sideEffects: true,
  },
  plugins: [
    ...(config.plugins ?? []),
    // The parser copies nodes with a global that the sandbox lacks.
    new ProvidePlugin({
      structuredClone: [`${compiledWorkflows}interpreter/syntax/clone-node.js`, 'cloneNode'],
      ...Object.fromEntries(
        constantGlobals.map((name) => [name, [`${compiledWorkflows}interpreter/host-globals.js`, name]]),
      ),
    }),
  ],
});

/** Looked up once instead of at every use, which is dear in the sandbox. Temporal replaces none of these. */
const constantGlobals = 'Array Boolean JSON Map Math Number Object RegExp Set String Symbol WeakSet'.split(
  ' ',
);

function relativeToPackage({resourcePath}: {resourcePath: string}): string {
  return resourcePath.replaceAll(packageRoot, '');
}
