import type {Subcommand} from './subcommand.ts';

/** Subcommands that run something, each with code of its own that is loaded when it is asked for. */
export const subcommands: Readonly<Record<string, () => Promise<Subcommand>>> = {
  attach: async () => (await import('./attach.ts')).attach,
  drill: async () => (await import('./drill.ts')).drill,
  'migration-demo': async () => (await import('./migration-demo.ts')).migrationDemo,
  'migration-fuzz': async () => (await import('./migration-fuzz.ts')).migrationFuzz,
  replay: async () => (await import('./replay.ts')).replay,
  worker: async () => (await import('./worker.ts')).worker,
};
