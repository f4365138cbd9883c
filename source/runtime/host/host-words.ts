import type {HostTask} from './host-process.ts';

/** What a host process is, for people. */
export function hostName({backend, worker}: HostTask, pid: number | undefined): string {
  const server = {embedded: 'the embedded server', 'dev-server': 'the dev server', existing: ''}[
    backend.kind
  ];
  const parts = [server, worker ? 'the worker' : ''].filter((part) => part !== '');
  return `The process with ${parts.join(' and ') || 'the connection'} (${pid ?? 'not started'})`;
}

/**
 * How it ended.
 *
 * @param written what it last wrote: V8 says there why it gave up
 */
export function endWords(name: string, code: number | null, signal: string | null, written: string): string {
  if (/heap out of memory|Allocation failed/.test(written)) return `${name} ran out of memory.`;
  if (signal === 'SIGKILL') return `${name} was killed.`;
  return `${name} ended (${signal ?? `exit code ${code}`}). Run again with --debug to see why.`;
}
