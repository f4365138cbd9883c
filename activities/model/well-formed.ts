/** `JSON.stringify` writes a lone surrogate as an escape; one behind an odd number of backslashes is a real one. */
const loneSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * Replaces lone surrogates in every text of a JSON value, keys included, by U+FFFD as `String.prototype.toWellFormed`
 * does; lengths stay the same. They have no UTF-8, and providers refuse a whole request for one of them.
 *
 * @returns the same value where there is nothing to replace
 */
export function wellFormed<T>(value: T): T {
  const text = JSON.stringify(value);
  if (text === undefined || text.search(loneSurrogate) < 0) return value;
  return JSON.parse(text.replace(loneSurrogate, '$1\\ufffd'));
}
