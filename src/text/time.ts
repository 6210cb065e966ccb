/** Writes instants as ISO 8601 with the offset of a zone. */
import { offsetAt } from './zone.ts';

/** `2021-06-09T08:49:33+08:00`. `at` in epoch milliseconds, within the range of a Date. */
export function isoWithOffset(at: number, zone: string): string {
  const minutes = offsetAt(zone, at);
  const local = new Date(at + minutes * 60_000).toISOString().slice(0, 19);
  const size = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
