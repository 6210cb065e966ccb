/** Says how long caches may keep a feed, by how often its stories change. */

const SECOND_MS = 1_000;
/** A busy edition changes every minute or so. */
const LEAST_S = 60;
/** A reader that asks by a cache should not be a quarter of an hour late. */
const MOST_S = 900;
/** What a day of the past looks like changes only where a copy or a correction comes late. */
const MOST_OF_PAST_S = 86_400;
/** Pauses between so many of the newest changes tell the rhythm. */
const CHANGES = 20;
/** Of the time without a change; RFC 9111 §4.2.2 suggests the same share to caches that are not told. */
const SHARE = 0.1;
/** With its origin away, a feed of yesterday is better than none (RFC 5861 §4). */
const STALE_IF_ERROR_S = 86_400;

/**
 * Value of Cache-Control: half the usual pause between changes, or a tenth of the time since the last one where that is
 * longer, within 60 s and 15 min; of an archive document up to a day. For as long again the old answer may be served
 * while the new one is fetched (RFC 5861 §3). `changes`: epoch ms, in any order.
 */
export function cacheControl(changes: readonly number[], now: number, archived = false): string {
  const newest = [...changes].sort((a, b) => b - a).slice(0, CHANGES);
  const pauses = newest.slice(1).map((at, i) => (newest[i] ?? at) - at);
  const usual = pauses.sort((a, b) => a - b)[Math.floor(pauses.length / 2)] ?? 0;
  const since = newest[0] === undefined ? 0 : now - newest[0];
  const seconds = Math.round(Math.max(usual / 2, since * SHARE) / SECOND_MS);
  const age = Math.min(archived ? MOST_OF_PAST_S : MOST_S, Math.max(LEAST_S, seconds));
  return `public, max-age=${age}, stale-while-revalidate=${age}, stale-if-error=${STALE_IF_ERROR_S}`;
}
