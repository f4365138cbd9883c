import {writeFile} from 'node:fs/promises';
import {buildWorkflowBundle} from './workflow-bundle.ts';

await writeFile(new URL('../../dist/workflow-bundle.js', import.meta.url), await buildWorkflowBundle());
