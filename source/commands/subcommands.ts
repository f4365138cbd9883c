import type {Subcommand} from './subcommand.ts';

/** Subcommands that run something, each with code of its own that is loaded when it is asked for. */
export const subcommands: Readonly<Record<string, () => Promise<Subcommand>>> = {
  attach: async () => (await import('./attach.ts')).attach,
  worker: async () => (await import('./worker.ts')).worker,
};
