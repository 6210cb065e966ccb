/** Removes what hijacked mirrors salt a text with: pinyin after characters, doubled commas, rows of stars. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { T } from '../thresholds.ts';

const PINYIN = /(?<=[\u3400-\u9fff])[(（][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňḿ]{1,6}[)）]/g;
const TONE = /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňḿ]/;
const DOUBLED = /([,，])[,，]+/g;
const STARS = /\*{4,}/g;

export interface Unsalted {
  readonly text: string;
  readonly repairs: readonly Reason[];
}

/** `text`, HTML or plain, without the salt; `repairs` says what was found. */
export function unsalt(text: string): Unsalted {
  const repairs: Reason[] = [];
  let out = text;
  if (TONE.test(out)) {
    const found = out.match(PINYIN) ?? [];
    if (found.filter((part) => TONE.test(part)).length >= T.salt.pinyin) {
      out = out.replace(PINYIN, (part) => (TONE.test(part) ? '' : part));
      repairs.push(reason('repair.text.pinyin'));
    }
  }
  if ((out.match(DOUBLED)?.length ?? 0) >= T.salt.doubled) {
    out = out.replace(DOUBLED, '$1');
    repairs.push(reason('repair.text.commas'));
  }
  if (STARS.test(out)) out = out.replace(STARS, '\n');
  return { text: out, repairs };
}
