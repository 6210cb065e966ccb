/** Writes instants as ISO 8601 with the offset of a zone. */

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetMinutes(at: number, zone: string): number {
  if (zone === 'Asia/Shanghai' && at > SHANGHAI_FIXED_SINCE) return 480;
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  return match === null ? 0 : (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]));
}

/** China's last daylight saving time ended on 15 September 1991 (IANA tz database, file asia). */
const SHANGHAI_FIXED_SINCE = Date.UTC(1991, 8, 15);

/** `2021-06-09T08:49:33+08:00`. `at` in epoch milliseconds, within the range of a Date. */
export function isoWithOffset(at: number, zone: string): string {
  const minutes = offsetMinutes(at, zone);
  const local = new Date(at + minutes * 60_000).toISOString().slice(0, 19);
  const size = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
