/** Turns zone names and offsets of dates into minutes, and local times of an IANA zone into epoch milliseconds. */

// RFC 822 §5.1 and names that feeds use beside it, in minutes east of Greenwich. CST is asked for below.
const NAMES: Readonly<Record<string, number>> = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  BST: 60,
  CET: 60,
  MET: 60,
  WEST: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  HKT: 480,
  SGT: 480,
  PHT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  NDT: -150,
  NST: -210,
  ADT: -180,
  AST: -240,
  EDT: -240,
  EST: -300,
  ET: -300,
  CDT: -300,
  MDT: -360,
  MST: -420,
  PDT: -420,
  PST: -480,
  PT: -480,
  AKDT: -480,
  AKST: -540,
  HST: -600,
};

/** Minutes east of Greenwich of a zone as written (`+0800`, `GMT+8`, `EST`, `北京时间`); null where it says nothing we know. */
export function zoneMinutes(zone: string, homeZone: string): number | null {
  const text = zone.trim().toUpperCase().replace(/[()]/g, '');
  if (text === '') return null;
  if (/^(北京时间|北京時間|CHINA STANDARD TIME|CCT|BJT)$/.test(text)) return 480;
  // China and North America both say CST; the source's own zone decides.
  if (text === 'CST') return homeZone.startsWith('America/') ? -360 : 480;
  const named = NAMES[text];
  if (named !== undefined) return named;
  const offset = /^(?:GMT|UTC|UT|Z)?\s*([+-])\s*(\d{1,2}):?(\d{2})?$/.exec(text);
  if (offset === null) return null;
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
  if (minutes > 14 * 60) return null;
  return offset[1] === '-' ? -minutes : minutes;
}

const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatOf(zone: string): Intl.DateTimeFormat | null {
  let format = formats.get(zone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      format = null;
    }
    formats.set(zone, format);
  }
  return format;
}

// China kept summer time for the last time in 1991, so later offsets need no look-up.
const CHINA = /^(Asia\/(Shanghai|Chongqing|Harbin|Urumqi|Hong_Kong|Taipei|Macau|Singapore)|PRC)$/;
const CHINA_FIXED_SINCE = Date.UTC(1992, 0, 1);

/** Minutes east of Greenwich in IANA `zone` at `at`; 480 for a zone that does not exist. */
export function offsetAt(zone: string, at: number): number {
  if (CHINA.test(zone) && at >= CHINA_FIXED_SINCE) return 480;
  const format = formatOf(zone);
  if (format === null) return 480;
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000) / 60_000);
}

/** Epoch milliseconds of a wall-clock time (`Date.UTC` of its fields) in IANA `zone`. */
export function fromWallClock(wallClock: number, zone: string): number {
  const first = wallClock - offsetAt(zone, wallClock) * 60_000;
  return wallClock - offsetAt(zone, first) * 60_000;
}

/** The wall-clock time in IANA `zone` at `at`, as `Date.UTC` of its fields. */
export function toWallClock(at: number, zone: string): number {
  return at + offsetAt(zone, at) * 60_000;
}
