/** Turns plain text into hashes: of every four neighbouring characters, of its clauses, of its numbers. */
import { hashUnits } from './hash.ts';
import { T } from '../verdict/thresholds.ts';
import { isDigit, type Plain } from './words.ts';
import { makeSketch, type Sketch } from './sketch.ts';

export interface Shingles {
  readonly body: Sketch;
  readonly lead: Sketch;
}

export function cutShingles({ units, length }: Plain): Shingles {
  const hashes = new Uint32Array(Math.max(0, length - T.keys.shingle + 1));
  const { shingle, opening } = T.keys;
  let count = 0;
  let leadCount = 0;
  let letters = 0;
  for (let end = 1; end <= length; end++) {
    letters = isLetter(units[end - 1] as number) ? letters + 1 : 0;
    // Four letters of a word in another alphabet say too little.
    if (end < shingle || letters >= shingle) continue;
    hashes[count++] = hashUnits(units, end - shingle, end);
    if (end <= opening) leadCount = count;
  }
  const lead = makeSketch(hashes.slice(0, leadCount), leadCount, T.keys.sample);
  return { body: makeSketch(hashes, count, T.keys.body), lead };
}

const isLetter = (unit: number): boolean => unit < 0x250 && !isDigit(unit);

export interface Figures {
  readonly numbers: Sketch;
  readonly days: number;
}

const DAY = '日'.charCodeAt(0);
/** Units of dates and times, which copies write in many ways. */
const DATE_UNITS = new Set(
  ['年', '月', '日', '号', '时', '点', '分', '秒', '版', '期'].map((unit) => unit.charCodeAt(0)),
);
/** With one of these before it, a number of days and no date: 前一日, 近三日, 每十日. */
const SPANS = new Set(Array.from('前后近每续过满第', (unit) => unit.charCodeAt(0)));
const POINT = 0x2e;
const ONE = 0x31;
/** With a 一 before them, words that count nothing: 一起, 一些, 一定. */
const WORDS_WITH_ONE = new Set(
  Array.from('起些定样直般切下边方面体致旦同并系心度律再共流向等代贯会', (unit) => unit.charCodeAt(0)),
);

export function readFigures({ units, length }: Plain): Figures {
  const hashes: number[] = [];
  let days = 0;
  for (let i = 0; i < length; i++) {
    if (!isDigit(units[i] as number)) continue;
    const from = i;
    while (i < length && (isDigit(units[i] as number) || units[i] === POINT)) i++;
    const unit = units[i] ?? 0;
    if (DATE_UNITS.has(unit)) {
      const day =
        unit === DAY && i - from <= 2 && !SPANS.has(units[from - 1] ?? 0)
          ? Number(String.fromCharCode(...units.subarray(from, i)))
          : 0;
      if (day >= 1 && day <= 31) days |= 1 << day;
      continue;
    }
    if (i - from === 1 && units[from] === ONE && WORDS_WITH_ONE.has(unit)) continue;
    hashes.push(hashUnits(units, from, Math.min(length, i + 1)));
  }
  return { numbers: makeSketch(Uint32Array.from(hashes), hashes.length, T.keys.sample), days: days >>> 0 };
}
