/** Reads `--lang`, and says in the language that is spoken what commander finds wrong with how it was called. */
import type { CommanderError } from 'commander';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import type { Language } from '../../reasons/language.ts';

const LANG = '--lang';

export interface Spoken {
  /** Null where `--lang` is not given, or names none. */
  readonly language: Language | null;
  /** The arguments without it. */
  readonly args: readonly string[];
  readonly fault: Reason | null;
}

/** `--lang` may stand anywhere before `--`: it holds for whatever is printed. `args`: what was typed after the program's name. */
export function readLanguage(args: readonly string[]): Spoken {
  const ends = args.indexOf('--');
  const at = args.findIndex((arg, i) => (ends < 0 || i < ends) && (arg === LANG || arg.startsWith(`${LANG}=`)));
  const given = args[at];
  if (given === undefined) return { language: null, args, fault: null };
  const apart = given === LANG;
  const value = apart ? args[at + 1] : given.slice(LANG.length + 1);
  const rest = args.toSpliced(at, apart ? 2 : 1);
  if (value === 'zh' || value === 'en') return { language: value, args: rest, fault: null };
  const fault =
    value === undefined
      ? reason('usage.missing-value', { option: LANG })
      : reason('usage.value', { option: LANG, value, expected: ['zh', 'en'] });
  return { language: null, args: rest, fault };
}

/** What commander says in English, by the code of its error; what it quotes stands in single quotes. */
export function whyMisused({ code, message }: CommanderError): Reason {
  const [said = ''] = message.replace(/^error: /, '').split('\n');
  const given = /'(.*?)'/.exec(said)?.[1] ?? '';
  const what = WRONG[code]?.(given, said) ?? reason('usage.other', { said });
  const near = /\(Did you mean (?:one of )?(.+)\?\)/.exec(message)?.[1]?.split(', ');
  return near === undefined ? what : reason('usage.near', { what, near: near.map((one) => `\`${one}\``) });
}

const WRONG: Readonly<Record<string, (given: string, said: string) => Reason>> = {
  'commander.unknownOption': (given) => reason('usage.unknown-option', { given }),
  'commander.unknownCommand': (given) => reason('usage.unknown-command', { given }),
  'commander.missingArgument': (name) => reason('usage.missing-argument', { name }),
  'commander.optionMissingArgument': (option) => reason('usage.missing-value', { option }),
  'commander.excessArguments': (_given, said) => {
    const [expected = 0, given = 0] = (/Expected (\d+) .* got (\d+)/.exec(said) ?? []).slice(1).map(Number);
    return reason('usage.too-many', { expected, given });
  },
};
