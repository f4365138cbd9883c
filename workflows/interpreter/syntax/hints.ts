import type {Source} from './source.ts';

/** What to do about a syntax error at an offset of the parsed text, where that can be told. */
export function syntaxHint(source: Source, start: number): string | undefined {
  const {line} = source.position(start);
  const text = source.line(line) ?? '';
  if (looksLikeTypes(text))
    return 'Write plain JavaScript: leave out type annotations, interfaces and casts.';
  if (/^\s*(import|export)\b/.test(text)) return 'There are no modules: tools and built-ins are global.';
  return undefined;
}

function looksLikeTypes(line: string): boolean {
  return (
    /\b(const|let|var)\s+[\w$]+\s*:/.test(line) ||
    /[(,]\s*[\w$]+\??\s*:\s*[\w$[\]<>|{} ]+\s*[,)=]/.test(line) ||
    /\)\s*:\s*[\w$[\]<>|{} ]+\s*(=>|\{)/.test(line) ||
    /^\s*(interface|type|enum|declare|namespace|abstract)\s+[\w$]+/.test(line) ||
    /\b(as|satisfies)\s+(const|[\w$]+)/.test(line) ||
    /[\w$]\s*<[\w$[\]|, ]+>\s*\(/.test(line) ||
    /[\w$)\]]!\s*[.;,)]/.test(line)
  );
}
