/** Turns the items of a polled document into jobs: those that are new or changed, and nothing else. */
import { createHash } from 'node:crypto';
import { compactSeen, noteCarried } from '../store/sources/seen.ts';
import type { Reading } from '../sources/afterpoll.ts';
import { type IntakeDeps, noteForgotten, type Offer, takeIn } from './intake.ts';
import { FULL_TEXT_OPTIONS, type Queues } from './queues.ts';
import { recognise } from './recognition.ts';

/** Items a job carries at most; a feed of thousands becomes several jobs that Redis and the worker can hold. */
const MAX_ITEMS_PER_JOB = 200;

/**
 * Queues the items that are new or changed, as far as the source's quotas let them in. Once this returns they are safe in
 * Redis.
 */
export async function passOn(
  deps: IntakeDeps & { readonly queues: Pick<Queues, 'ingest' | 'fulltext'> },
  offer: Offer,
): Promise<Pick<Reading, 'fresh' | 'arrivals' | 'held' | 'renamed' | 'datesOfMaking'>> {
  const { source, document, whole, before } = offer;
  const known = await recognise(deps.store, document, before, { whole, now: deps.now() });
  const { fresh: offered, forgotten, renamed, datesOfMaking } = known;
  await noteForgotten(deps, source.id, forgotten);
  const { taken: fresh, held } = await takeIn(deps, { ...offer, ids: known.ids }, offered);
  const of = { source: source.id, feedTitle: document.title, baseUrl: document.link ?? document.url };
  const wantsPage = ({ item }: (typeof fresh)[number]) => source.fullText !== false && item.link !== null;
  await deps.queues.fulltext.addBulk(
    fresh.filter(wantsPage).map(({ item, hash }, rank) => ({
      name: source.id,
      data: { ...of, item, hash },
      // The first pages of every source come before the hundredth of any.
      opts: { ...FULL_TEXT_OPTIONS, priority: rank + 1, deduplication: { id: `${item.id}.${hash}` } },
    })),
  );
  const ready = fresh.filter((one) => !wantsPage(one));
  for (let at = 0; at < ready.length; at += MAX_ITEMS_PER_JOB) {
    const items = ready.slice(at, at + MAX_ITEMS_PER_JOB).map(({ item, hash }) => ({ item, hash }));
    // A poll that is repeated after a crash finds its items still unseen: the same batch is not queued twice.
    const id = createHash('sha256')
      .update(items.map(({ hash }) => hash).join())
      .digest('base64url')
      .slice(0, 16);
    await deps.queues.ingest.add(source.id, { ...of, items }, { deduplication: { id: `${source.id}.${id}` } });
  }
  if (whole) await noteCarried(deps.store, source.id, known.ids);
  if (whole && fresh.length > 0) await compactSeen(deps.store, source.id, known.allIds);
  const arrived = fresh.filter(({ kind }) => kind === 'new').map(({ item }) => item.published);
  const stamps = arrived.filter((at) => at !== null);
  return {
    renamed,
    datesOfMaking,
    held,
    fresh: fresh.length,
    arrivals: { stamps, unstamped: arrived.length - stamps.length },
  };
}
