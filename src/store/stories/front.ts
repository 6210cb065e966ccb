/** Reads the first page of an edition, on which no source takes the place of all others, and who leads its stories. */
import type { EditionRow } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { readRows } from './stories.ts';

const choose = defineScript('front-1', ['edition'], ['control']);

const leads = defineScript('leads-1', ['edition'], ['control']);

/** Stories that are looked at: Redis takes some ten milliseconds for them, in which it answers nobody else. */
const MOST_SCANNED = 2_000;

export interface Front {
  /** Newest first; stories whose lead is gone are passed over. */
  readonly rows: readonly EditionRow[];
  /** The story after which the next page goes on, so that it has all that is not on this one; null: that is all. */
  readonly next: { readonly orderAt: number; readonly story: string } | null;
}

/** `since`: order time, epoch ms, inclusive. `limit`: stories. `most`: of one source, as long as others fill the page. */
export interface FrontBounds {
  readonly since: number | null;
  readonly limit: number;
  readonly most: number;
}

export async function readFront(store: Store, edition: string, bounds: FrontBounds): Promise<Front> {
  const { ids, next } = await chooseFront(store, edition, bounds);
  return { rows: await readRows(store, ids), next };
}

/** Which stories are on it. */
export async function chooseFront(
  store: Store,
  edition: string,
  { since, limit, most }: FrontBounds,
): Promise<{ readonly ids: readonly string[]; readonly next: Front['next'] }> {
  const control = { storyPrefix: keys.story(store, ''), since: since ?? '-inf', limit, most, scan: MOST_SCANNED };
  const [ids, orderAt, story] = (await choose.run(store.redis, {
    keys: { edition: keys.edition(store, edition) },
    args: { control: JSON.stringify(control) },
  })) as [string[], string?, string?];
  const next = story === undefined ? null : { orderAt: Number(orderAt), story };
  return { ids, next };
}

/** A story and the source of its lead. */
export interface Lead {
  readonly story: string;
  readonly source: string;
}

/** Stories of an edition from one rank to another, both inclusive, newest first, some at a time. `since`: order time, epoch ms, inclusive. */
export async function* readLeads(
  store: Store,
  edition: string,
  { since, from, to }: { readonly since: number | null; readonly from: number; readonly to: number },
): AsyncGenerator<readonly Lead[]> {
  for (let offset = from; offset <= to; offset += MOST_SCANNED) {
    const count = Math.min(MOST_SCANNED, to - offset + 1);
    const control = { storyPrefix: keys.story(store, ''), since: since ?? '-inf', offset, count };
    const flat = (await leads.run(store.redis, {
      keys: { edition: keys.edition(store, edition) },
      args: { control: JSON.stringify(control) },
    })) as string[];
    if (flat.length === 0) return;
    yield Array.from({ length: flat.length / 2 }, (_, i) => ({
      story: flat[2 * i] ?? '',
      source: flat[2 * i + 1] ?? '',
    }));
  }
}
