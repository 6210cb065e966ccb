/** Words that headlines of one story exchange freely, long forms and short forms of names among them, each settled to one. */
import { writeDigits } from '../../zh/numerals.ts';
import { ROWS } from './synonymrows.ts';

/** First code unit → words that begin with it, longest first, and what they settle to. */
const WORDS = byFirstUnit();

function byFirstUnit(): ReadonlyMap<number, readonly (readonly [string, string])[]> {
  const words = new Map<number, [string, string][]>();
  const exchanged = ROWS.flatMap(([, ...others]) => others);
  for (const [settled = '', ...others] of ROWS) {
    // The first stands as it is, but where it holds another of any row (暂停开放, 停开), or guards itself: 南大 is a part of 越南大使.
    const guarded = others.length === 0 || exchanged.some((word) => settled.includes(word));
    for (const word of guarded ? [settled, ...others] : others) {
      const first = word.charCodeAt(0);
      words.set(first, [...(words.get(first) ?? []), [word, settled]]);
    }
  }
  for (const list of words.values()) list.sort(([a], [b]) => b.length - a.length);
  return words;
}

/** 沪苏浙皖 in any order. */
const PROVINCES = /[沪苏浙皖]{2,4}/g;
const QUOTES = /[“”"‘’「」『』]/g;
const MONTH = /(?<=[\d一二三四五六七八九十])月份/g;
const SCORE = /(?<!\d)(\d{1,3})\s?[:：–—-]\s?(\d{1,3})(?![\d月])/g;
/** 两人, 两名: a number before what it counts. */
const TWO = /两(?=[人名位死])/g;
const BEYOND = /(?:突破|超过|冲破|破|超|逾)(?=[\d一二三四五六七八九十百千万])/g;
const VICTIMS = /(?<=[\d一二三四五六七八九十])(?:人|名)?(死|伤)(?!者)/g;
// Countries by one character before their offices; those of which two begin alike are left.
const COUNTRIES: Readonly<Record<string, string>> = {
  美: '美国',
  俄: '俄罗斯',
  英: '英国',
  法: '法国',
  德: '德国',
  日: '日本',
  韩: '韩国',
  越: '越南',
  泰: '泰国',
  缅: '缅甸',
};
const OFFICE =
  /(?<![\u4e00-\u9fff\d])([美俄英法德日韩越泰缅])(?=外长|外交部|防长|国防部|总统|首相|总理|军方|议会|最高法)/g;

/** Who dies of an accident is said to pass away as well. */
const ACCIDENT = /撞|坠|溺|车祸|起火|爆炸|坍塌|触电|中毒|遇袭|遇刺|踩踏|雷击/;

const DIGITS = '[〇零一二三四五六七八九十百]';
/** 百分之六点三: 6.3%. */
const PERCENT = new RegExp(`百分之(${DIGITS}+)(?:点(${DIGITS}+))?`, 'g');
/** 一万二千 and 1.2万, 12000 and 1.2万 are one number; what is less than a thousand is kept as it is. */
const TEN_THOUSANDS = /([一二三四五六七八九\d])万([一二三四五六七八九])千(?![\d〇零一二三四五六七八九])/g;
const THOUSANDS = /(?<![\d.])(\d{1,4})(\d)000(?![\d.])/g;

function writeQuantities(title: string): string {
  return title
    .replace(
      PERCENT,
      (_, whole: string, part?: string) => `${writeDigits(whole)}${part === undefined ? '' : `.${writeDigits(part)}`}%`,
    )
    .replace(TEN_THOUSANDS, (_, tens: string, rest: string) => `${writeDigits(tens)}.${writeDigits(rest)}万`)
    .replace(THOUSANDS, (_, tens: string, rest: string) => (rest === '0' ? `${tens}万` : `${tens}.${rest}万`));
}

/** A folded headline in which words of one meaning are one. */
export function settleWords(title: string): string {
  const written = writeQuantities(title)
    .replace(QUOTES, '')
    .replace(SCORE, '$1比$2')
    .replace(MONTH, '月')
    .replace(PROVINCES, (run) => Array.from(run).sort().join(''))
    .replace(TWO, '2')
    .replace(BEYOND, '超')
    .replace(OFFICE, (country) => COUNTRIES[country] ?? country);
  let settled = '';
  let from = 0;
  for (let at = 0; at < written.length; at++) {
    const word = WORDS.get(written.charCodeAt(at))?.find(([form]) => written.startsWith(form, at));
    if (word === undefined) continue;
    settled += written.slice(from, at) + word[1];
    from = at + word[0].length;
    at = from - 1;
  }
  settled += written.slice(from);
  if (ACCIDENT.test(settled)) settled = settled.replaceAll('去世', '遇难');
  return settled.replace(VICTIMS, (_, victim: string) => (victim === '死' ? '人遇难' : '人伤'));
}
