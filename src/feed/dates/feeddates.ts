/** Reads dates as publishers write them: RFC 822, RFC 3339, Chinese, relative, damaged. */
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { parseRelative } from './relative.ts';
import { fromWallClock, toWallClock } from '../../text/zone.ts';
import { zoneMinutes } from './zones.ts';
import { writeDateDigits } from '../../zh/numerals.ts';
import { DAY_MS, MONTHS } from '../../text/time.ts';

export interface DateContext {
  /** IANA zone of dates that name none. */
  readonly timezone: string;
  /** Epoch milliseconds; relative dates count from it, and later ones by far are impossible. */
  readonly now: number;
}

export interface ParsedDate {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly repairs: readonly Reason[];
  /** What the text says of its zone: `utc` is where Beijing time hides, `none` is the source's own zone. */
  readonly zone: 'utc' | 'offset' | 'none';
  /** True where the text counts from the time of reading, so that it changes from poll to poll. */
  readonly relative: boolean;
}

interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly zone: string;
}

/** Beyond this a stamp is a mistake or an announcement, not a publication. */
const MAX_FUTURE_MS = 2 * DAY_MS;
const EARLIEST = Date.UTC(1980, 0, 1);
const MAX_LENGTH = 120;

/** Full-width forms, Chinese numerals and separators brought to one shape; labels such as 发布时间： dropped. */
function flattenDate(text: string): string {
  return writeDateDigits(
    text
      .slice(0, MAX_LENGTH * 2)
      .normalize('NFKC')
      .replace(/[\u200b-\u200f\ufeff]/g, ''),
  )
    .replace(/民國\s*(\d{2,3})\s*年/g, (_, year: string) => `${Number(year) + 1911}年`)
    .replace(/(?:星期|周|週|礼拜)[一二三四五六日天]/g, ' ')
    .replace(/[([【]\s*[)\]】]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_LENGTH);
}

// Blanks are folded by now.
const TIME = String.raw`(?:\s?(上午|下午|中午|凌晨|早上|清晨|傍晚|晚上|晚|오전|오후)?\s?(\d{1,2})\s?[:时時点點]\s?(?:(\d{1,2})\s?分?)?(?:\s?[:分]?\s?(\d{1,2})(?:[.,]\d+)?\s?秒?)?)`;
const ZONE = String.raw`(?:\s?\(?\s?((?:GMT|UTC|UT)?\s?[+-]\s?\d{1,2}:?\d{0,2}|[A-Z]{1,5}\b|北京时间|北京時間)(?![a-z]))?`;
const YEAR_FIRST = new RegExp(
  String.raw`(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)\s?[日号號일]?[T,\s]*(?:${TIME}\s?([AP]\.?M\.?)?${ZONE})?`,
  'i',
);
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[T\s]*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i;
const PARTIAL = /^(\d{4})(?:-(\d{2}))?$/;
const ORDINAL = /^(\d{4})-?(\d{3})$/;
const DAY_FIRST = new RegExp(
  String.raw`(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]+([a-z]{3,9})\.?[\s\-/.,]+(\d{4}|\d{2})(?!\d)[T,\s]*(?:at\s)?(?:(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?\s?([AP]\.?M\.?)?${ZONE})?`,
  'i',
);
const MONTH_FIRST = new RegExp(
  String.raw`\b([a-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(?:(\d{4}),?\s?(?:at\s)?)?(?:(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?\s?([AP]\.?M\.?)?${ZONE})?(?:,?\s?(\d{4}))?`,
  'i',
);
const SLASHES =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,?\s(\d{1,2}):(\d{2})(?::(\d{2}))?\s?([AP]\.?M\.?)?)?\s?(Z|GMT|UTC|[+-]\d{2}:?\d{2})?$/i;
const YEARLESS = new RegExp(String.raw`^(\d{1,2})\s?[-/月.]\s?(\d{1,2})(?!\d)\s?[日号號]?(?:${TIME})?$`);
const EPOCH = /^(\d{10}|\d{13})$/;

const num = (text: string | undefined): number => Number(text ?? 0);

function to24(hour: number, word: string | undefined): number {
  const half = (word ?? '').toLowerCase().replaceAll('.', '');
  if (/^(下午|傍晚|晚上|晚|오후|pm)$/.test(half)) return hour < 12 ? hour + 12 : hour;
  if (/^(凌晨|上午|오전|am)$/.test(half)) return hour === 12 ? 0 : hour;
  if (half === '中午') return hour < 11 ? hour + 12 : hour;
  return hour;
}

function monthOf(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function fullYear(text: string): number {
  const year = Number(text);
  return text.length === 4 ? year : year + (year < 70 ? 2000 : 1900);
}

function fields(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, zone = ''): Fields {
  return { year, month, day, hour, minute, second, zone };
}

function readFields(text: string): Fields | null {
  let m = COMPACT.exec(text);
  if (m) return fields(num(m[1]), num(m[2]), num(m[3]), num(m[4]), num(m[5]), num(m[6]), m[7]);
  m = PARTIAL.exec(text);
  if (m) return fields(num(m[1]), m[2] === undefined ? 1 : num(m[2]), 1);
  m = ORDINAL.exec(text);
  if (m) {
    const date = new Date(Date.UTC(num(m[1]), 0, num(m[2])));
    return fields(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
  }
  m = YEAR_FIRST.exec(text);
  if (m) return fields(num(m[1]), num(m[2]), num(m[3]), to24(num(m[5]), m[4] ?? m[8]), num(m[6]), num(m[7]), m[9]);
  m = DAY_FIRST.exec(text);
  if (m && monthOf(m[2] ?? '') > 0)
    return fields(
      fullYear(m[3] ?? ''),
      monthOf(m[2] ?? ''),
      num(m[1]),
      to24(num(m[4]), m[7]),
      num(m[5]),
      num(m[6]),
      m[8],
    );
  m = MONTH_FIRST.exec(text);
  if (m && monthOf(m[1] ?? '') > 0 && (m[3] ?? m[9]) !== undefined)
    return fields(num(m[3] ?? m[9]), monthOf(m[1] ?? ''), num(m[2]), to24(num(m[4]), m[7]), num(m[5]), num(m[6]), m[8]);
  m = SLASHES.exec(text);
  if (!m) return null;
  // Month first, as American publishers write; day first where it can be nothing else.
  const [month, day] = num(m[1]) > 12 ? [num(m[2]), num(m[1])] : [num(m[1]), num(m[2])];
  return fields(num(m[3]), month, day, to24(num(m[4]), m[7]), num(m[5]), num(m[6]), m[8]);
}

function wallClockOf({ year, month, day, hour, minute, second }: Fields): number | null {
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return null;
  if (hour === 24 && (minute > 0 || second > 0)) return null;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (midnight.getUTCMonth() !== month - 1) return null;
  return midnight.getTime() + ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000;
}

function inRange(at: number, now: number): boolean {
  return at >= EARLIEST && at <= now + MAX_FUTURE_MS;
}

function completeYear(text: string, { timezone, now }: DateContext): ParsedDate | null {
  const m = YEARLESS.exec(text);
  if (m === null) return null;
  const today = new Date(toWallClock(now, timezone));
  for (const year of [today.getUTCFullYear(), today.getUTCFullYear() - 1]) {
    const wall = wallClockOf(fields(year, num(m[1]), num(m[2]), to24(num(m[4]), m[3]), num(m[5]), num(m[6])));
    if (wall === null || wall > today.getTime() + DAY_MS) continue;
    return {
      at: fromWallClock(wall, timezone),
      repairs: [reason('repair.date.year', { text })],
      zone: 'none',
      relative: false,
    };
  }
  return null;
}

/**
 * Reads one date. Null for what is no date, cannot be (13th month) or lies more than two days after `now`. A date without a
 * time is midnight in its zone.
 */
export function parseDate(text: string, context: DateContext): ParsedDate | null {
  const flat = flattenDate(text);
  if (flat === '') return null;
  const { timezone, now } = context;
  if (EPOCH.test(flat)) {
    const at = flat.length === 10 ? Number(flat) * 1000 : Number(flat);
    return inRange(at, now) ? { at, repairs: [reason('repair.date.unix')], zone: 'offset', relative: false } : null;
  }
  const read = readFields(flat);
  if (read === null) {
    const relative = parseRelative(flat, timezone, now);
    if (relative !== null)
      return { at: relative, repairs: [reason('repair.date.relative', { text: flat })], zone: 'none', relative: true };
    return completeYear(flat.replace(/^[^\d]{0,12}(?=\d)/, ''), context);
  }
  const wall = wallClockOf(read);
  if (wall === null) return null;
  const minutes = zoneMinutes(read.zone, timezone);
  const at = minutes === null ? fromWallClock(wall, timezone) : wall - minutes * 60_000;
  if (!inRange(at, now)) return null;
  if (minutes !== null) return { at, repairs: [], zone: minutes === 0 ? 'utc' : 'offset', relative: false };
  return { at, repairs: [reason('repair.date.zone', { zone: timezone })], zone: 'none', relative: false };
}
