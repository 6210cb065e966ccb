/** Reads dates that count from now: 3小时前, 昨天 20:15, 今天, 2 hours ago. */
import { fromWallClock, toWallClock } from '../../text/zone.ts';
import { DAY_MS, MINUTE_MS } from '../../text/time.ts';

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(秒钟?|秒鐘|seconds?|secs?)$/, 1000],
  [/^(分钟?|分鐘|minutes?|mins?)$/, MINUTE_MS],
  [/^(个?小时|個?小時|个?钟头|hours?|hrs?)$/, 60 * MINUTE_MS],
  [/^(天|日|days?)$/, DAY_MS],
  [/^(周|週|个?星期|個?星期|weeks?)$/, 7 * DAY_MS],
  [/^(个?月|個?月|months?)$/, 30 * DAY_MS],
  [/^(年|years?)$/, 365 * DAY_MS],
];

const DAYS: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  昨天: 1,
  昨日: 1,
  前天: 2,
  前日: 2,
  today: 0,
  yesterday: 1,
};
const COUNTED = /((?<!\d)\d{1,9}|半|几|an?|one)\s?([\u4e00-\u9fff]{1,3}?|[a-z]{1,9})\s?(?:之?前|ago)/i;
const NAMED =
  /(今天|今日|昨天|昨日|前天|前日|today|yesterday)[,\s]{0,3}(?:at\s?)?(上午|下午|晚上|晚|凌晨|中午|早上)?\s?(?:(\d{1,2})\s?[:时時点點]\s?(\d{1,2})?)?/i;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** Epoch milliseconds; null where the text counts from nothing. Days count in `zone`. */
export function parseRelative(text: string, zone: string, now: number): number | null {
  if (/^(刚刚|剛剛|刚才|just now)/i.test(text)) return now;
  const counted = COUNTED.exec(text);
  if (counted !== null) {
    const unit = UNITS.find(([pattern]) => pattern.test((counted[2] ?? '').toLowerCase()))?.[1];
    const word = counted[1] ?? '';
    const amount = word === '半' ? 0.5 : /^\d+$/.test(word) ? Number(word) : word === '几' ? 3 : 1;
    return unit === undefined || amount > 10_000 ? null : now - amount * unit;
  }
  const wall = toWallClock(now, zone);
  const midnight = wall - (wall % DAY_MS);
  const named = NAMED.exec(text);
  if (named !== null) {
    const ago = DAYS[(named[1] ?? '').toLowerCase()] ?? 0;
    let hour = Number(named[3] ?? 0);
    if (/下午|晚/.test(named[2] ?? '') && hour < 12) hour += 12;
    const minute = Number(named[4] ?? 0);
    if (hour > 24 || minute > 59) return null;
    return fromWallClock(midnight - ago * DAY_MS + (hour * 60 + minute) * MINUTE_MS, zone);
  }
  const clock = CLOCK.exec(text);
  if (clock === null) return null;
  const [hour, minute, second] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const today = fromWallClock(midnight + ((hour * 60 + minute) * 60 + second) * 1000, zone);
  // A list that shows bare times after midnight still means the evening before.
  return today > now + 10 * MINUTE_MS ? today - DAY_MS : today;
}
