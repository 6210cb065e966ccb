/** Finds changed items that are other articles than what stood under their ids before. */
import { readMark } from '../feed/items/contentmark.ts';
import { hashToId, squash } from '../feed/items/identity.ts';
import type { Entry } from '../model/entry.ts';
import type { RawItem } from '../model/feed.ts';
import { type Article, isOtherArticle } from '../sources/recognise.ts';
import type { Store } from '../store/redis/keys.ts';
import { noteStandsFor, readSeen } from '../store/sources/seen.ts';
import { textOf } from '../text/plain.ts';

/** An item under the id that it is known by. */
export interface Marked {
  readonly item: RawItem;
  readonly mark: string;
  /** The id that the document gives it. */
  readonly named: string;
  /** Its mark when it was committed last; null: never. */
  readonly last: string | null;
  /** It was found under another id than the document's, which does not stand for it yet. */
  readonly isRenamed?: boolean;
}

/** Changed items that are other articles than what stood under their ids before, each under an id of its own. */
export async function replace(
  store: Store,
  source: string,
  changed: readonly Marked[],
  stored: ReadonlyMap<string, Entry>,
): Promise<ReadonlyMap<Marked, Marked>> {
  const others = changed.filter((one) => isReplaced(one, stored.get(one.item.id)));
  const ids = others.map(({ named, item, mark }) =>
    hashToId(`${named}\u0000${squash(item.title)}\u0000${readMark(mark)?.at ?? ''}`),
  );
  const seen = await readSeen(store, source, ids);
  await noteStandsFor(store, source, new Map(others.map(({ named }, i) => [named, ids[i] ?? named])));
  return new Map(
    others.map((one, i) => [
      one,
      { ...one, item: { ...one.item, id: ids[i] ?? one.named }, last: seen[i]?.mark ?? null },
    ]),
  );
}

function isReplaced({ item, mark, last }: Marked, entry: Entry | undefined): boolean {
  const [was, is] = [readMark(last ?? ''), readMark(mark)];
  const now = articleOf(item, mark);
  if (entry !== undefined)
    return isOtherArticle({ title: entry.title, text: entry.text, at: was?.at ?? entry.published }, now);
  // Of what was forgotten its mark is all that is known: the date has moved, and so has every word of the title.
  return was !== null && was.title !== is?.title && was.at !== null && now.at !== null && was.at !== now.at;
}

/** What of an item tells whether it is another article. */
export function articleOf(item: RawItem, mark: string): Article {
  return { title: item.title, text: textOf(item.content ?? item.summary ?? ''), at: readMark(mark)?.at ?? null };
}
