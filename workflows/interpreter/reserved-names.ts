/** Words that cannot be the name of a function in a program, as in any module of JavaScript. */
export const reservedWords: readonly string[] = (
  'arguments async await break case catch class const continue debugger default delete do else enum eval export extends ' +
  'false finally for function if implements import in instanceof interface let new null package private protected public ' +
  'return static super switch this throw true try typeof var void while with yield'
).split(' ');

/** Names that programs and scripts know as something else than a tool. A test holds them to what there is. */
export const globalNames: readonly string[] = (
  'AggregateError Array Boolean Date Error EvalError Infinity JSON Map Math NaN Number Object Promise RangeError ' +
  'ReferenceError RegExp Set String SyntaxError TypeError URIError URL URLSearchParams console decodeURI ' +
  'decodeURIComponent encodeURI encodeURIComponent gather isFinite isNaN parseFloat parseInt search_tools sleep ' +
  'structuredClone undefined ' +
  'agent args budget log parallel phase pipeline workflow'
).split(' ');

/** Whether a tool of this name could be called in a program. */
export function isReservedName(name: string): boolean {
  return reservedWords.includes(name) || globalNames.includes(name);
}
