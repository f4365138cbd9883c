// Each pattern reads a character a few times at most, whatever a message says.
const segment = /[^\s\\/'"`:,;()]+/u.source;
// A folder's name may have spaces; up to four words tell it from a sentence.
const folder = `${segment}(?: ${segment}){0,3}`;

const webAddress = /\b(?!file:)[A-Za-z][A-Za-z0-9+.-]{1,20}:\/\/[^\s'"`]+/u.source;
const fileAddress = /\bfile:\/\/[^\s'"`]+/u.source;
const quotedPath = /(?<quote>['"`])(?:file:\/\/)?(?:[A-Za-z]:)?[\\/][^'"`\n]*\k<quote>/u.source;
const pathFromDrive = `\\b[A-Za-z]:[\\\\/](?:${folder}[\\\\/])*(?:${segment})?`;
const notWithinPath = /(?<![\p{L}\p{N}_.~\\/-])/u.source;
const pathFromRoot = `${notWithinPath}(?:/|\\\\\\\\)(?:${folder}[\\\\/])+(?:${segment})?`;

const addresses = new RegExp(
  `(?<web>${webAddress})|${quotedPath}|${fileAddress}|${pathFromDrive}|${pathFromRoot}`,
  'gu',
);

/**
 * A message without absolute paths of the machine that it was made on. Paths in the sandbox become relative to it,
 * others `<path>`; addresses on the web and relative paths stay.
 *
 * @param sandbox the sandbox's absolute path
 */
export function withoutHostPaths(message: string, sandbox: string): string {
  return message
    .replaceAll(`file://${sandbox}/`, '')
    .replaceAll(`${sandbox}/`, '')
    .replaceAll(sandbox, '.')
    .replace(addresses, (match, ...groups) => {
      const {web, quote = ''} = groups.at(-1) as {web?: string; quote?: string};
      const isOneName = match.search(/[\\/].*[\\/]/) < 0;
      return web !== undefined || isOneName ? match : `${quote}<path>${quote}`;
    });
}
