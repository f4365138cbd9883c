import {forTerminal} from '../history/printable.ts';

/** The ways out of this process. */
export interface Output {
  /** Writes to standard output as it is. */
  out(text: string, written?: () => void): void;
  /**
   * Makes standard output the command's alone, once others' code is about to run here: what that writes there goes to
   * standard error from then on, so that the command's answer or its JSON stays whole.
   */
  claim(): void;
}

/** Opens them. Whatever is written to standard error from now on is printable, whoever writes it. */
export function openOutput({stdout, stderr}: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Output {
  const out = stdout.write.bind(stdout);
  const error = stderr.write.bind(stderr);
  const printed: typeof stderr.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const written = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
    return error(forTerminal(textOf(chunk, rest[0])), written);
  };
  stderr.write = printed;
  return {
    out: (text, written) => void out(text, written),
    claim() {
      stdout.write = printed;
    },
  };
}

function textOf(chunk: string | Uint8Array, encoding: unknown): string {
  if (typeof chunk !== 'string') return Buffer.from(chunk).toString();
  // As a stream takes it: `hex` and `base64` say what the bytes are.
  const isPlain = typeof encoding !== 'string' || /^utf-?8$/i.test(encoding);
  return isPlain ? chunk : Buffer.from(chunk, encoding as BufferEncoding).toString();
}
