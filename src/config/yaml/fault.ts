/** Writes a fault of the config as the line that people read. */
import type { Fault } from '../../model/config.ts';
import type { Language } from '../../reasons/language.ts';
import { say } from '../../reasons/render.ts';

export function showFault({ file, line, column, why }: Fault, language: Language): string {
  return `${file}:${line}:${column}: ${say(why, language)}`;
}
