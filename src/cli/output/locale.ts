/** Says in which language a command speaks: as `--lang` says, else Chinese where the environment's locale is, English elsewhere. */
import type { Language } from '../../reasons/language.ts';

let chosen: Language | null = null;

/** `language`: as `--lang` says; null: the locale decides. */
export function chooseLanguage(language: Language | null): void {
  chosen = language;
}

export function spoken(): Language {
  return chosen ?? languageOf(process.env);
}

/** The first of these that is set decides, as POSIX has it (XBD §8.2). */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  return /^zh\b|^zh_/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh' : 'en';
}
