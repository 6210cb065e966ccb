/** Finds on which page of an edition's feed a story is, or what of the feed's own bounds keeps it from all of them. */
import type { Edition } from '../../model/config.ts';
import type { Store } from '../../store/redis/keys.ts';
import { chooseFront } from '../../store/stories/front.ts';
import { orderTimeOf, rankOf } from '../../store/stories/ranks.ts';
import { countEdition, readRows } from '../../store/stories/stories.ts';
import type { PageTurns } from './pageturns.ts';
import { MAX_LIMIT } from './query.ts';
import { frontBounds, sinceOf } from './selection.ts';

export type PlaceInFeed =
  /** `rank`: by time, from 1, of `stories`. */
  | {
      readonly kind: 'on-page';
      readonly page: number;
      readonly rank: number;
      readonly stories: number;
      readonly size: number;
      readonly orderAt: number;
    }
  | { readonly kind: 'too-old'; readonly orderAt: number; readonly since: number; readonly maxAgeMs: number }
  /** `page`: where it would have been. */
  | { readonly kind: 'crowded'; readonly source: string; readonly perSource: number; readonly page: number }
  | { readonly kind: 'absent' };

/** Pages as readers get them who follow `next` from the plain feed on. */
export async function placeInFeed(
  store: Store,
  turns: PageTurns,
  edition: Edition,
  story: string,
  now: number,
): Promise<PlaceInFeed> {
  const { id, maxAgeMs, perSource } = edition;
  const [orderAt, rank, rows] = await Promise.all([
    orderTimeOf(store, id, story),
    rankOf(store, id, story),
    readRows(store, [story]),
  ]);
  // No page shows a story whose lead is gone.
  if (orderAt === null || rank === null || rows.length === 0) return { kind: 'absent' };
  const since = sinceOf(edition, now);
  if (since !== null && maxAgeMs !== null && orderAt < since) return { kind: 'too-old', orderAt, since, maxAgeMs };
  const size = Math.min(edition.size, MAX_LIMIT);
  const asked = { edition: id, since, size, story, rank };
  const found = perSource === null ? await pageByRank(store, asked) : await turns.find(store, { ...asked, perSource });
  if (found.kind !== 'page') return found;
  const stories = await countEdition(store, id, since);
  return { kind: 'on-page', page: found.page, rank: rank + 1, stories, size, orderAt };
}

/** `rank`: from 0. */
interface Asked {
  readonly edition: string;
  readonly since: number | null;
  readonly size: number;
  readonly story: string;
  readonly rank: number;
}

/** The first page chooses; the others have what follows, but for what the first one took from there. */
async function pageByRank(
  store: Store,
  { edition, since, size, story, rank }: Asked,
): Promise<{ kind: 'page'; page: number } | { kind: 'absent' }> {
  const front = await chooseFront(store, edition, frontBounds(since, size));
  if (front.ids.includes(story)) return { kind: 'page', page: 1 };
  if (front.next === null) return { kind: 'absent' };
  const rankIn = (id: string) => rankOf(store, edition, id);
  const [end, ...shown] = await Promise.all([rankIn(front.next.story), ...front.ids.map(rankIn)]);
  if (end === null) return { kind: 'absent' };
  const before = shown.filter((one) => one !== null && one > end && one < rank).length;
  return { kind: 'page', page: 2 + Math.floor((rank - end - 1 - before) / size) };
}
