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

/** `most`: stories led by one source, as long as others fill the page. `since`: order time, epoch ms, inclusive. */
export async function readFront(
  store: Store,
  edition: string,
  { since, limit, most }: { readonly since: number | null; readonly limit: number; readonly most: number },
): Promise<Front> {
  const control = { storyPrefix: keys.story(store, ''), since: since ?? '-inf', limit, most, scan: MOST_SCANNED };
  const [ids, orderAt, story] = (await choose.run(store.redis, {
    keys: { edition: keys.edition(store, edition) },
    args: { control: JSON.stringify(control) },
  })) as [string[], string?, string?];
  const next = story === undefined ? null : { orderAt: Number(orderAt), story };
  return { rows: await readRows(store, ids), next };
}

/** A story and the source of its lead. */
export interface Lead {
  readonly story: string;
  readonly source: string;
}

/** All stories of an edition, newest first, some at a time. `since`: order time, epoch ms, inclusive. */
export async function* readLeads(store: Store, edition: string, since: number | null): AsyncGenerator<readonly Lead[]> {
  for (let offset = 0; ; offset += MOST_SCANNED) {
    const control = { storyPrefix: keys.story(store, ''), since: since ?? '-inf', offset, count: MOST_SCANNED };
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
