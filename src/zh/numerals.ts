/** Reads numerals written as characters: 二〇二六年一月三十日 becomes 2026年1月30日. */

const DIGIT: Readonly<Record<string, number>> = {
  〇: 0,
  '○': 0,
  零: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const POWER: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

const RUN = /[〇零一二三四五六七八九十百千]+/g;

/** Every run of numerals, in names and set phrases too: both copies of a text change alike. `text` is folded. */
export function writeDigits(text: string): string {
  return text.replace(RUN, (run) => (run === '千' || run === '百' ? run : (digitsOf(run) ?? run)));
}

/** 三十 → 30, 二〇二六 → 2026, 一百零五 → 105; null where the run is no one number (三三两, 百千). */
function digitsOf(run: string): string | null {
  // Most numerals are one character.
  if (run.length === 1) return run === '十' ? '10' : String(DIGIT[run] ?? run);
  if (!/[十百千]/.test(run)) return Array.from(run, (character) => DIGIT[character] ?? character).join('');
  let sum = 0;
  let digit: number | null = null;
  let last = 10_000;
  for (const character of run) {
    const power = POWER[character];
    if (power === undefined) {
      const value = DIGIT[character] ?? 0;
      if (digit !== null && digit !== 0) return null;
      digit = value;
      continue;
    }
    if (power >= last) return null;
    sum += (digit === null || digit === 0 ? 1 : digit) * power;
    last = power;
    digit = null;
  }
  return String(sum + (digit ?? 0));
}

/** Characters of the numeral of a day, a month or a year: 二〇二六, 三十一, 廿八, 21. */
export const NUMERAL = '[\\d〇零一二三四五六七八九十廿]';

const DATE_NUMERAL =
  /(?<![〇○零一二三四五六七八九十百廿])[〇○零一二三四五六七八九十百廿]+(?=\s{0,4}[年月日号號时時点點分秒])/g;

/** `text` with the numerals of its dates and times in digits. */
export function writeDateDigits(text: string): string {
  return text.replace(DATE_NUMERAL, (run) => digitsOf(run.replaceAll('廿', '二十')) ?? run);
}

/** 二〇二一, 十七, 三十一, 廿八, 21 as a number; null for anything else. */
export function readNumber(text: string): number | null {
  if (/^\d{1,8}$/.test(text)) return Number(text);
  if (!/^[\d〇零一二三四五六七八九十廿]{1,8}$/.test(text)) return null;
  const digits = digitsOf(text.replaceAll('廿', '二十'));
  return digits !== null && /^\d+$/.test(digits) ? Number(digits) : null;
}
