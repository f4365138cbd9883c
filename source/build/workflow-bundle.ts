import {fileURLToPath} from 'node:url';
import {type BundleOptions, bundleWorkflowCode, DefaultLogger} from '@temporalio/worker';

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
const compiledWorkflows = fileURLToPath(new URL('../../dist/workflows/index.js', import.meta.url));

/**
 * Bundles the compiled workflows for Temporal's workflow sandbox.
 *
 * @returns the code of the bundle with an inline source map that names no absolute path and carries no sources
 * @throws when a module that the sandbox forbids is reachable from `workflows/index.ts`
 */
export async function buildWorkflowBundle(): Promise<string> {
  const {code} = await bundleWorkflowCode({
    workflowsPath: compiledWorkflows,
    preloadModules: ['meriyah'],
    webpackConfigHook: withPortableSourceMap,
    logger: new DefaultLogger('WARN'),
  });
  return code;
}

// `Worker.create` insists on an inline source map; without the sources it is half the size.
const withPortableSourceMap: NonNullable<BundleOptions['webpackConfigHook']> = (config) => ({
  ...config,
  devtool: 'inline-nosources-cheap-source-map',
  output: {...config.output, devtoolModuleFilenameTemplate: relativeToPackage},
});

function relativeToPackage({resourcePath}: {resourcePath: string}): string {
  return resourcePath.replaceAll(packageRoot, '');
}
