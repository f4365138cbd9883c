import {UsageError} from '../errors.ts';
import {commandNames, commands} from './commands.ts';
import {type Flag, flags, spelling} from './flags.ts';

type Shell = 'bash' | 'zsh' | 'fish';

/** What may stand after some words, e.g. `text` and `jsonl` after `-o` and `--output`. */
interface Values {
  after: readonly string[];
  values: readonly string[];
}

/**
 * A script that completes commands, flags and their values.
 *
 * @param scenarios names of the catalogue
 * @throws UsageError for a shell that we have none for
 */
export function completionScript(shell: string, scenarios: readonly string[]): string {
  if (!Object.hasOwn(scripts, shell))
    throw new UsageError(`There is no completion for "${shell}": use bash, zsh or fish.`);
  return scripts[shell as Shell](scenarios);
}

const scripts: Readonly<Record<Shell, (scenarios: readonly string[]) => string>> = {bash, zsh, fish};

/** Of the flags that take one of a few values. */
function valuesOf({name, choices}: Flag, scenarios: readonly string[]): readonly string[] | undefined {
  if (name === 'scenario') return scenarios;
  return name === 'model' ? ['scripted'] : choices;
}

function written(flag: Flag): string[] {
  return [spelling(flag), ...(flag.short ? [`-${flag.short}`] : [])];
}

function knownValues(scenarios: readonly string[]): Values[] {
  const ofFlags = flags.map((flag) => ({after: written(flag), values: valuesOf(flag, scenarios) ?? []}));
  return [
    ...ofFlags.filter(({values}) => values.length > 0),
    {after: ['help'], values: commandNames},
    {after: ['completion'], values: Object.keys(scripts)},
  ];
}

function words(): string {
  return [...commandNames, ...flags.map(spelling)].join(' ');
}

/** Bash takes `--flag=value` for three words, and completes files where a function finds nothing. */
function bash(scenarios: readonly string[]): string {
  const cases = knownValues(scenarios).map(
    ({after, values}) => `    ${after.join('|')}) values='${values.join(' ')}' ;;`,
  );
  const others = flags.filter((flag) => flag.type !== 'boolean' && !valuesOf(flag, scenarios));
  return `_durable_tui() {
  local values word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  if [[ "$word" == = ]]; then word=
  elif [[ "$previous" == = ]]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  case "$previous" in
${cases.join('\n')}
    ${others.flatMap(written).join('|')}) values= ;;
    *) values='${words()}' ;;
  esac
  COMPREPLY=($(compgen -W "$values" -- "$word"))
}
complete -o default -F _durable_tui durable-tui
`;
}

function zsh(scenarios: readonly string[]): string {
  const cases = knownValues(scenarios).map(
    ({after, values}) => `    ${after.join('|')}) compadd ${values.join(' ')}; return ;;`,
  );
  const described = [
    ...commands.map(({name, meaning}) => `'${name}:${escaped(meaning)}'`),
    ...flags.map((flag) => `'${spelling(flag)}:${escaped(flag.meaning)}'`),
  ];
  return `#compdef durable-tui
_durable_tui() {
  case "\${words[CURRENT-1]}" in
${cases.join('\n')}
  esac
  local -a words_described=(${described.join(' ')})
  _describe 'durable-tui' words_described || _files
}
compdef _durable_tui durable-tui
`;
}

function fish(scenarios: readonly string[]): string {
  const operands = knownValues(scenarios).filter(({after: [word]}) => !word?.startsWith('-'));
  const lines = [
    ...commands.map(
      ({name, meaning}) =>
        `complete -c durable-tui -n __fish_use_subcommand -a ${name} -d '${escaped(meaning)}'`,
    ),
    ...operands.map(
      ({after, values}) =>
        `complete -c durable-tui -n '__fish_seen_subcommand_from ${after}' -x -a '${values.join(' ')}'`,
    ),
    ...flags.map((flag) => {
      const short = flag.short ? ` -s ${flag.short}` : '';
      const values = valuesOf(flag, scenarios);
      const value = values ? ` -x -a '${values.join(' ')}'` : flag.type === 'boolean' ? '' : ' -r';
      return `complete -c durable-tui -l ${spelling(flag).slice(2)}${short}${value} -d '${escaped(flag.meaning)}'`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function escaped(text: string): string {
  return text.replace(/['":]/g, '’');
}
