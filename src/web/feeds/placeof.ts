/** Finds on which page of an edition's feed a story is, or what of the feed's own bounds keeps it from all of them. */
import type { Edition } from '../../model/config.ts';
import type { Store } from '../../store/redis/keys.ts';
import { readLeads } from '../../store/stories/front.ts';
import { orderTimeOf, rankOf } from '../../store/stories/ranks.ts';
import { countEdition } from '../../store/stories/stories.ts';
import { createPage } from './editionpage.ts';
import { MAX_LIMIT } from './query.ts';
import { frontOf, sinceOf } from './selection.ts';

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
export async function placeInFeed(store: Store, edition: Edition, story: string, now: number): Promise<PlaceInFeed> {
  const orderAt = await orderTimeOf(store, edition.id, story);
  if (orderAt === null) return { kind: 'absent' };
  const since = sinceOf(edition, now);
  const { maxAgeMs, perSource } = edition;
  if (since !== null && maxAgeMs !== null && orderAt < since) return { kind: 'too-old', orderAt, since, maxAgeMs };
  const size = Math.min(edition.size, MAX_LIMIT);
  const asked = { edition, since, size, story };
  const found = perSource === null ? await pageByRank(store, asked) : await pageByTurns(store, { ...asked, perSource });
  if (typeof found !== 'number') return found;
  const [rank, stories] = await Promise.all([rankOf(store, edition.id, story), countEdition(store, edition.id, since)]);
  return { kind: 'on-page', page: found, rank: (rank ?? 0) + 1, stories, size, orderAt };
}

interface Asked {
  readonly edition: Edition;
  readonly since: number | null;
  readonly size: number;
  readonly story: string;
}

/** The first page chooses; the others have what follows, but for what the first one took from there. */
async function pageByRank(store: Store, { edition, since, size, story }: Asked): Promise<number | PlaceInFeed> {
  const front = await frontOf(store, { edition, since, narrowing: { limit: size } });
  if (front.rows.some((row) => row.story.id === story)) return 1;
  if (front.next === null) return { kind: 'absent' };
  const rankIn = (id: string) => rankOf(store, edition.id, id);
  const [own, end, ...shown] = await Promise.all([
    rankIn(story),
    rankIn(front.next.story),
    ...front.rows.map((row) => rankIn(row.story.id)),
  ]);
  if (own === null || end === null) return { kind: 'absent' };
  const before = shown.filter((rank) => rank !== null && rank > end && rank < own).length;
  return 2 + Math.floor((own - end - 1 - before) / size);
}

/** With `perSource` each page takes its stories in turn. */
async function pageByTurns(
  store: Store,
  { edition, since, size, story, perSource }: Asked & { readonly perSource: number },
): Promise<number | PlaceInFeed> {
  const begin = () => createPage({ limit: size, perSource, pass: 0 });
  let page = 1;
  let current = begin();
  for await (const leads of readLeads(store, edition.id, since))
    for (const { story: id, source } of leads) {
      let became = current.take(source, true);
      if (became === 'next') {
        page++;
        current = begin();
        became = current.take(source, true);
      }
      if (id === story) return became === 'crowded' ? { kind: 'crowded', source, perSource, page } : page;
    }
  return { kind: 'absent' };
}
