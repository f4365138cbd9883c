import {describe, expect, it} from 'vitest';
import {withoutHostPaths} from '../../activities/host-paths.ts';

const sandbox = '/home/someone/.demo-sandbox';

describe('withoutHostPaths', () => {
  it.each([
    [`open '${sandbox}/a.txt'`, "open 'a.txt'"],
    [`scandir '${sandbox}'`, "scandir '.'"],
    [`import of file://${sandbox}/a.js`, 'import of a.js'],
    ['at /home/someone/file.js:12:3', 'at <path>:12:3'],
    ['at run (/home/someone/file.js)', 'at run (<path>)'],
    ['imported from file:///home/someone/file.js', 'imported from <path>'],
    ['x:/home/someone/file.js', '<path>'],
    ['cause:/home/someone/file.js', 'cause:<path>'],
    ['PATH=/home/someone/bin:/usr/local/bin', 'PATH=<path>:<path>'],
    ['copy /home/a/b to /home/c/d', 'copy <path> to <path>'],
    ["open '/home/some one/my file.js' failed", "open '<path>' failed"],
    ['open "file:///home/some%20one/my file.js"', 'open "<path>"'],
    ['at /home/some one/project/file.js', 'at <path>'],
    ['at /Users/A. B. Someone/project/file.js', 'at <path>'],
    ['at C:\\Users\\some one\\file.js', 'at <path>'],
    ["open 'C:/Users/some one/file.js'", "open '<path>'"],
    ['on \\\\server\\share\\file.js', 'on <path>'],
  ])('%s', (message, clean) => {
    expect(withoutHostPaths(message, sandbox)).toBe(clean);
  });

  it.each([
    'see https://example.org/a/b and postgres://db.example/a/b/c',
    'notes/a/b.txt and ./a/b and ../a/b',
    'Grüß/a/b and/or either/or/neither',
    "'/help' is no path",
    'the ratio is 1/2/3',
  ])('leaves alone: %s', (message) => {
    expect(withoutHostPaths(message, sandbox)).toBe(message);
  });

  it.each(['a.', 'a/', "'/a/", '/a ', 'x:/', '\\'])('reads a long message once: %j', (part) => {
    const message = part.repeat(200_000);
    expect(withoutHostPaths(`${message} https://example.org/a/b`, sandbox)).toMatch(
      / https:..example.org.a.b$/,
    );
  });
});
