import { describe, expect, it } from 'vitest';
import { isoWithOffset } from '../../src/text/time.ts';
import { fromWallClock, offsetAt, toWallClock } from '../../src/text/zone.ts';

describe('offsetAt', () => {
  it.each([
    ['Asia/Shanghai', '2024-07-01T00:00:00Z', 480],
    // Summer time of 1986 to 1991 (IANA tz database, file asia, rule PRC).
    ['Asia/Shanghai', '1988-07-01T00:00:00Z', 540],
    ['Asia/Urumqi', '2024-07-01T00:00:00Z', 480],
    ['America/New_York', '2024-07-01T00:00:00Z', -240],
    ['America/New_York', '2024-12-01T00:00:00Z', -300],
    ['Asia/Kathmandu', '2024-07-01T00:00:00Z', 345],
    ['UTC', '2024-07-01T00:00:00Z', 0],
    ['Nowhere/Town', '2024-07-01T00:00:00Z', 480],
  ])('of %s at %s', (zone, at, minutes) => {
    expect(offsetAt(zone, Date.parse(at))).toBe(minutes);
  });
});

it.each([
  ['Asia/Shanghai', '2021-06-09T08:49:33', '2021-06-09T08:49:33+08:00'],
  ['Asia/Shanghai', '1988-07-01T08:00:00', '1988-07-01T08:00:00+09:00'],
  ['America/New_York', '2024-11-03T12:00:00', '2024-11-03T12:00:00-05:00'],
  ['America/St_Johns', '2024-07-01T12:00:00', '2024-07-01T12:00:00-02:30'],
])('takes the wall clock of %s at %s there and back', (zone, local, iso) => {
  const wall = Date.parse(`${local}Z`);
  const at = fromWallClock(wall, zone);
  expect([isoWithOffset(at, zone), at, toWallClock(at, zone)]).toEqual([iso, Date.parse(iso), wall]);
});
