import {commands} from './commands.ts';
import {flags, spelling} from './flags.ts';
import {UsageError} from './usage-error.ts';

type Shell = 'bash' | 'zsh' | 'fish';

/**
 * A script that completes commands and flags.
 *
 * @throws UsageError for a shell that we have none for
 */
export function completionScript(shell: string): string {
  if (!Object.hasOwn(scripts, shell))
    throw new UsageError(`There is no completion for "${shell}": use bash, zsh or fish.`);
  return scripts[shell as Shell]();
}

const scripts: Readonly<Record<Shell, () => string>> = {bash, zsh, fish};

function words(): string {
  return [...commands.map(({name}) => name), ...flags.map(spelling)].join(' ');
}

function bash(): string {
  return `_durable_tui() {
  COMPREPLY=($(compgen -W '${words()}' -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _durable_tui durable-tui
`;
}

function zsh(): string {
  const described = [
    ...commands.map(({name, meaning}) => `'${name}:${escaped(meaning)}'`),
    ...flags.map((flag) => `'${spelling(flag)}:${escaped(flag.meaning)}'`),
  ];
  return `#compdef durable-tui
_durable_tui() {
  local -a words_described=(${described.join(' ')})
  _describe 'durable-tui' words_described || _files
}
compdef _durable_tui durable-tui
`;
}

function fish(): string {
  const lines = [
    ...commands.map(
      ({name, meaning}) =>
        `complete -c durable-tui -n __fish_use_subcommand -a ${name} -d '${escaped(meaning)}'`,
    ),
    ...flags.map((flag) => {
      const short = flag.short ? ` -s ${flag.short}` : '';
      return `complete -c durable-tui -l ${spelling(flag).slice(2)}${short} -d '${escaped(flag.meaning)}'`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function escaped(text: string): string {
  return text.replace(/['":]/g, '’');
}
