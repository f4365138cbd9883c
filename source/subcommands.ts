import type {Subcommand} from './subcommand.ts';

/** Subcommands that run something, each with code of its own that is loaded when it is asked for. */
export const subcommands: Readonly<Record<string, () => Promise<Subcommand>>> = {
  attach: async () => (await import('./commands/attach.ts')).attach,
  drill: async () => (await import('./commands/drill.ts')).drill,
  'migration-demo': async () => (await import('./commands/migration-demo.ts')).migrationDemo,
  'migration-fuzz': async () => (await import('./commands/migration-fuzz.ts')).migrationFuzz,
  replay: async () => (await import('./commands/replay.ts')).replay,
  worker: async () => (await import('./commands/worker.ts')).worker,
};
