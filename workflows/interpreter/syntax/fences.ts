const opening = /^\s*(?:```|~~~)[^\n`]*(?:\n|$)/;
const closing = /^[ \t]*(?:```|~~~)[ \t\r]*$/m;

/**
 * Blanks the Markdown fences around a program, and what follows them. Every other character keeps its line and column. A
 * text with several fenced blocks stays as it is: which of them is meant can't be told.
 */
export function withoutFences(text: string): string {
  const first = opening.exec(text)?.[0];
  if (first === undefined) return text;
  const inner = text.slice(first.length);
  const end = closing.exec(inner)?.index ?? inner.length;
  const rest = inner.slice(end);
  if (/```|~~~/.test(rest.replace(/```|~~~/, ''))) return text;
  return blank(first) + inner.slice(0, end) + blank(rest);
}

function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}
