import type {Readable} from 'node:stream';

/** Resolves with the match once what a stream has said from now on has one; rejects where it ends without. */
export function says(stream: Readable, pattern: RegExp): Promise<RegExpExecArray> {
  let said = '';
  const found = new Promise<RegExpExecArray>((resolve, reject) => {
    stream.on('data', (chunk: Buffer | string) => {
      said += chunk;
      const match = pattern.exec(said);
      if (match) resolve(match);
    });
    stream.once('end', () => reject(new Error(`It said no ${pattern}: ${said}`)));
  });
  // Whoever waits sees it.
  found.catch(() => undefined);
  return found;
}
