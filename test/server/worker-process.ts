import {readFile} from 'node:fs/promises';
import {NativeConnection, Runtime, Worker} from '@temporalio/worker';
import {activities} from './activities.ts';

// A worker in a process of its own, so that a test can kill it: node worker-process.ts <address> <bundle> <task queue>
const [address = '', bundle = '', taskQueue = ''] = process.argv.slice(2);
Runtime.install({telemetryOptions: {logging: {forward: {}, filter: 'ERROR'}}});
const worker = await Worker.create({
  connection: await NativeConnection.connect({address}),
  taskQueue,
  workflowBundle: {code: await readFile(bundle, 'utf8')},
  activities,
  stickyQueueScheduleToStartTimeout: '1s',
});
await worker.run();
