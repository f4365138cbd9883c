import {DefaultLogger, Runtime} from '@temporalio/worker';

// Failures are the point here; the SDK would log each.
Runtime.install({
  logger: new DefaultLogger('ERROR', () => undefined),
  telemetryOptions: {logging: {forward: {}, filter: 'ERROR'}},
});
