import {portToProcess} from '../../source/runtime/port.ts';
import {serve} from '../../source/runtime/wire.ts';
import {type Example, example} from './wire-api.ts';

const {fail} = serve<Example>(
  example({giveUp: (error) => fail(error), die: () => process.kill(process.pid, 'SIGKILL')}),
  portToProcess(process),
);
