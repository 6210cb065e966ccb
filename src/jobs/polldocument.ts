/** Has the document that a poll brought read: where unchanged items are known from the last one, only the others are. */
import type { FeedDocument } from '../model/feed.ts';
import type { FetchResult } from '../model/fetch.ts';
import type { DocumentSettings, Source, SourceState } from '../model/source.ts';
import { say } from '../reasons/render.ts';
import { isDated } from '../sources/datedaddress.ts';
import { isOtherSite, withoutErrors } from '../sources/foreign.ts';
import type { Store } from '../store/redis/keys.ts';
import { readKnown } from '../store/sources/seen.ts';
import type { Threads } from '../threads/pool.ts';
import { readInThread, type ThreadReading } from './reading.ts';
import { recognise } from './recognition.ts';

interface ReadingDeps {
  readonly store: Store;
  readonly threads: Threads;
  readonly now: () => number;
}

type Modified = FetchResult & { readonly outcome: 'modified' };

/** A document as it was read, and how all its items are read where some were not; undefined where they were. */
interface PolledDocument {
  readonly reading: ThreadReading;
  readonly readWhole: (() => Promise<FeedDocument>) | undefined;
}

export async function readPolled(
  { store, threads, now }: ReadingDeps,
  source: Required<DocumentSettings> & Pick<Source, 'url'>,
  { body: bytes, headers, url, redirects }: Modified,
): Promise<PolledDocument> {
  const at = now();
  const document = { bytes, headers, url };
  // Another day's issue is no next document; nor is what may be another site's.
  const recalls = !isDated(source.url) && !redirects.some(isMove);
  const known = recalls ? await readKnown(store, source.id) : null;
  const recall = recalls ? { known } : undefined;
  const reading = await readInThread(threads, source, document, at, known === null ? [bytes] : [], recall);
  if (!reading.ok || reading.document.unread === undefined) return { reading, readWhole: undefined };
  const readWhole = async () => {
    const whole = await readInThread(threads, source, document, at, [bytes], { known: null });
    if (!whole.ok) throw new Error(say(whole.reason, 'en'));
    return withoutErrors(whole.document).document;
  };
  return { reading, readWhole };
}

/** RFC 9110 §15.4: 301 and 308 name the address for good. */
const isMove = ({ status }: { readonly status: number }): boolean => status === 301 || status === 308;

/** A poll that brought a document; `configured`: the address it was asked at, unless the source has moved. */
interface Polled {
  readonly source: Source;
  readonly before: SourceState;
  readonly configured: string;
  readonly result: Modified;
}

/** Whether a source has been moved for the first time to another site, which has nothing of what it is known by. */
export async function isElsewhere(
  { store, now }: ReadingDeps,
  { source, before, configured, result }: Polled,
  document: FeedDocument,
): Promise<boolean> {
  if (!result.redirects.some(isMove) || before.movedTo !== null || before.freshAt === null) return false;
  if (document.items.length === 0 || !isOtherSite(configured, result.url)) return false;
  const known = await recognise(store, document, before, { whole: true, now: now(), of: source });
  return known?.fresh.length === document.items.length && known.fresh.every(({ kind }) => kind === 'new');
}
