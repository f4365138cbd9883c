// Who waits for whom, and how long: the one table of what runs. All times are milliseconds. Whoever waits for something
// that waits itself waits longer: the tools of a worker, its process, the app's thread, the app.

/** Ending in good order. */
export const closing = {
  /** Tools in flight, once their worker is to stop: what is nearly done gets done, and nobody notices the wait. */
  tools: 1000,
  /** The same for `worker`: a deployment stops it, nobody watches, and work that is cut off is done again. */
  toolsOfLastingWorker: 10_000,
  /** A tool that was cancelled then: it hears of it within a heartbeat, and may have files to close. */
  cancelledTools: 1500,
  /** A server after its workers: it closes connections and writes nothing. */
  server: 500,
  /** A host process beyond its own time: only one whose event loop is held needs to be killed from outside. */
  host: 500,
  /** What a process wrote last, after its end: whoever has its standard error as well may keep it open for ever. */
  lastWords: 500,
  /** The app's thread: longer than the host process that it waits for. */
  thread: 4000,
  /** The app, whose terminal has been given back by then: longer than the thread that it waits for. */
  app: 5000,
  /** A command that does not say otherwise, from SIGTERM on: whoever sent it kills after ten seconds or less. */
  command: 2000,
  /** `worker` beyond the time of its host, which by then has been killed: only words are left to be written. */
  lastingWorker: 2000,
} as const;

/** What is said of something that does not answer, or given up. A busy machine may be slow. */
export const patience = {
  /** A worker's connection: the SDK would wait for ever for a server that takes it and says nothing. */
  connection: 10_000,
  /** A server on this machine that we started: nobody else starts it again. */
  ownServer: 10_000,
  /** A history's replay: core never answers for one that breaks its rules. */
  replay: 30_000,
  /** A step of a run, until a person is told that it goes on: a model may well take so long. */
  step: 10_000,
  /** An event loop that a tool holds: longer than what a library computes now and then. */
  heldLoop: 5000,
  /** An event loop while modules load, which takes long on a busy machine. */
  loading: 20_000,
} as const;

/** Between two signs of life. */
export const rhythm = {
  /** Of a host's event loop: several for each report. */
  pulse: 200,
  /** Of its guard to the parent: a person hears of trouble in seconds, and reading costs nothing. */
  report: 1000,
} as const;

/** Reports of a guard that may be missing before its process counts as stopped. */
export const missingReports = 10;

/**
 * Milliseconds that a host takes at most to end in order; whatever is left of it then is killed.
 *
 * @param tools what its worker's tools get
 */
export function shutdownTime(tools: number = closing.tools): number {
  return tools + closing.cancelledTools + closing.server;
}
