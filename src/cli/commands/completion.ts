/** `deltawire completion`: prints what makes a shell complete commands and options. */
import type { Command } from 'commander';
import { ROLES } from '../../daemon/daemon.ts';
import { reason } from '../../reasons/catalogue.ts';
import { type ExitCode, refuse } from '../output/exit.ts';
import { nameOf } from '../program.ts';

const SHELLS: Readonly<Record<string, (commands: readonly Completed[]) => string>> = { bash, zsh, fish };

/** Options of which the values are known. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  '--role': ['all', ...ROLES],
  '--lang': ['zh', 'en'],
  '--stage': ['parse'],
};

interface Completed {
  /** Words after the program's name; empty for the program itself. */
  readonly name: string;
  readonly commands: readonly { readonly name: string; readonly about: string }[];
  readonly options: readonly { readonly flag: string; readonly about: string; readonly takesValue: boolean }[];
  /** What may stand as first argument, where that is known. */
  readonly values: readonly string[];
}

export async function runCompletion(shell: string, program: Command): Promise<ExitCode> {
  const write = SHELLS[shell];
  if (write === undefined || !Object.hasOwn(SHELLS, shell))
    throw refuse(reason('usage.value', { option: 'completion', value: shell, expected: Object.keys(SHELLS) }), 2);
  process.stdout.write(write(every(program)));
  return 0;
}

function every(command: Command): readonly Completed[] {
  const help = command.createHelp();
  const name = nameOf(command);
  const own = {
    name,
    commands: help.visibleCommands(command).map((one) => ({ name: one.name(), about: one.description() })),
    options: help.visibleOptions(command).map(({ long, description, required, optional }) => ({
      flag: long ?? '',
      about: description,
      takesValue: required || optional,
    })),
    values: name === 'completion' ? Object.keys(SHELLS) : [],
  };
  return [own, ...command.commands.flatMap(every)];
}

/** Which command the words before the one that is typed name; what is none, such as an option's value, is passed over. */
const find = (commands: readonly Completed[]) => `  for word in "\${words[@]:1:cword-1}"; do
    case "$path\${path:+ }$word" in
      ${commands.flatMap(({ name }) => (name === '' ? [] : `'${name}'`)).join('|')}) path="$path\${path:+ }$word" ;;
    esac
  done`;

function bash(commands: readonly Completed[]): string {
  const values = Object.entries(VALUES).map(([flag, all]) => `    ${flag}) offered='${all.join(' ')}' ;;`);
  const rows = commands.map(
    ({ name, commands: below, options, values: first }) =>
      `    '${name}') offered='${[...below.map((one) => one.name), ...first, ...options.map(({ flag }) => flag)].join(' ')}' ;;`,
  );
  return `# deltawire: bash
_deltawire() {
  local words=("\${COMP_WORDS[@]}") cword=$COMP_CWORD current="\${COMP_WORDS[COMP_CWORD]}" path='' word offered=''
${find(commands)}
  case "\${words[cword-1]}" in
${values.join('\n')}
    *)
      case "$path" in
${rows.map((row) => `    ${row}`).join('\n')}
      esac ;;
  esac
  COMPREPLY=($(compgen -W "$offered" -- "$current"))
}
complete -o default -F _deltawire deltawire
`;
}

/** zsh runs the functions of bash by itself (zshcompsys(1), "bashcompinit"). */
function zsh(commands: readonly Completed[]): string {
  const script = bash(commands).replace('# deltawire: bash\n', '');
  return `# deltawire: zsh
autoload -Uz compinit bashcompinit
(( \${+functions[compdef]} )) || compinit
bashcompinit
${script}`;
}

function fish(commands: readonly Completed[]): string {
  const quote = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = commands.flatMap(({ name, commands: below, options, values }) => {
    const parts = name.split(' ').filter(Boolean);
    const seen = parts.map((part) => `__fish_seen_subcommand_from ${part}`).join('; and ');
    const on = parts.length === 0 ? '' : `-n ${quote(seen)} `;
    const first =
      parts.length === 0
        ? `-n __fish_use_subcommand `
        : `-n ${quote(`${seen}; and not __fish_seen_subcommand_from ${below.map((one) => one.name).join(' ')}`)} `;
    return [
      ...below.map((one) => `complete -c deltawire -f ${first}-a ${one.name} -d ${quote(one.about)}`),
      ...values.map((value) => `complete -c deltawire -f ${on}-a ${value}`),
      ...options.map(({ flag, about, takesValue }) => {
        const known = VALUES[flag];
        const value = known !== undefined ? ` -x -a ${quote(known.join(' '))}` : takesValue ? ' -r' : '';
        return `complete -c deltawire ${on}-l ${flag.slice(2)}${value} -d ${quote(about)}`;
      }),
    ];
  });
  return `# deltawire: fish\n${lines.join('\n')}\n`;
}
