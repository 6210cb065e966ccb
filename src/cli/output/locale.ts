/** Says in which language a command speaks: Chinese where the environment's locale is, English elsewhere. */
import type { Language } from '../../reasons/language.ts';

/** The first of these that is set decides, as POSIX has it (XBD §8.2). */
export function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): Language {
  return /^zh\b|^zh_/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'zh' : 'en';
}
