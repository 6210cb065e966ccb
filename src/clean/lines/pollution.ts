/** Removes what hijacked mirrors salt a text with: pinyin after characters, doubled commas, rows of stars. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { T } from '../thresholds.ts';

const PINYIN = /(?<=[\u3400-\u9fff])[(（][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňḿ]{1,6}[)）]/g;
const TONE = /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňḿ]/;
/** Where the letters of `TONE` lie: hardly a text has one, and the ranges are looked through in a fraction of the time. */
const NEAR_TONE = /[\u00e0-\u01dc\u1e3f]/;
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
  if (NEAR_TONE.test(out) && TONE.test(out)) {
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
  if (out.includes('****')) out = out.replace(STARS, '\n');
  return { text: out, repairs };
}
