/** Converts between epoch milliseconds and the wall-clock time of an IANA zone. */

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

// China's last daylight saving time ended on 15 September 1991 (IANA tz database, file asia): later offsets need no look-up.
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
