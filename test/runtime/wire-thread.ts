import {parentPort} from 'node:worker_threads';
import {portToParent} from '../../source/runtime/port.ts';
import {serve} from '../../source/runtime/wire.ts';
import {type Example, example} from './wire-api.ts';

if (!parentPort) throw new Error('This is a thread of wire.test.ts.');
const {fail} = serve<Example>(
  example({giveUp: (error) => fail(error), die: () => process.exit(0)}),
  portToParent(parentPort),
);
