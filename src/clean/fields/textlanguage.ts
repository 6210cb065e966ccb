/** Decides an entry's language and script: the text is believed before the feed. */
import { detectScript } from '../../zh/script.ts';
import type { Entry } from '../../model/entry.ts';
import { T } from '../thresholds.ts';
import { plainly } from './field.ts';
import type { ReadField } from './field.ts';

const KANA = /[\u3040-\u30ff]/;
const SAMPLE = 500;

type Language = Pick<Entry, 'language' | 'script'>;

export const readLanguage: ReadField<Language> = ({ text, headline }, raw) =>
  plainly(languageOf(text === '' ? headline.title : text, raw.language));

function languageOf(text: string, claimed: string | null): Language {
  const sample = text.slice(0, SAMPLE);
  const han = ideographsIn(sample);
  if (han === 0 || han < sample.length * T.language.han || KANA.test(sample))
    return { language: claimed, script: null };
  const script = detectScript(text);
  if (script === null) return { language: claimed?.startsWith('zh') === true ? claimed : 'zh', script };
  return { language: script === 'hant' ? 'zh-Hant' : 'zh-Hans', script };
}

function ideographsIn(text: string): number {
  let found = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x3400 && unit <= 0x9fff) found++;
  }
  return found;
}
