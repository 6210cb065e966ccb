/** Reads the pages of a paper's issue that its first page leads to, and once more those of the day before. */
import { reason } from '../reasons/catalogue.ts';
import type { FeedDocument } from '../model/feed.ts';
import type { Source, SourceState } from '../model/source.ts';
import { datedAddresses } from '../sources/datedaddress.ts';
import { requestOf } from '../sources/configured.ts';
import type { ArticleDeps } from './articlepages.ts';
import { fetchInTurn } from './fetchinturn.ts';
import { readInThread } from './reading.ts';

/** Pages of one poll: dailies have 8 to 24, of two days. */
const MOST_PAGES = 60;

interface Issue {
  readonly source: Source;
  /** The state before the poll. */
  readonly before: Pick<SourceState, 'dated'>;
  /** The address of the first page. */
  readonly asked: string;
}

/**
 * The whole issue of which `first` is the first page. Yesterday's follows where this is the first reading of today's, for
 * late pages. Pages that do not come are told as a repair; the next poll asks for the issue again then.
 */
export async function readIssue(deps: ArticleDeps, issue: Issue, first: FeedDocument): Promise<FeedDocument> {
  const { source, before, asked } = issue;
  const { today, yesterday } = datedAddresses(source.url, source.timezone, deps.now());
  const isNewDay = asked === today && before.dated !== asked;
  const seen = new Set([asked]);
  const waiting = [...(first.pages ?? []), ...(isNewDay ? [yesterday] : [])];
  const documents = [first];
  let missing = 0;
  for (let url = waiting.shift(); url !== undefined && seen.size < MOST_PAGES; url = waiting.shift()) {
    if (seen.has(url)) continue;
    seen.add(url);
    const page = await readPage(deps, source, url);
    if (page !== null) documents.push(page);
    // There may have been no issue yesterday.
    else if (url !== yesterday) missing++;
    if (url === yesterday) waiting.push(...(page?.pages ?? []));
  }
  return join(documents, missing);
}

async function readPage(deps: ArticleDeps, source: Source, url: string): Promise<FeedDocument | null> {
  const wish = { lease: `${source.id} ${url}`, patienceMs: Infinity };
  const got = await fetchInTurn(deps, requestOf(source, url, source.url), wish);
  if ('host' in got || got.outcome !== 'modified') return null;
  const { body: bytes, headers } = got;
  const read = await readInThread(deps.threads, source, { bytes, headers, url: got.url }, deps.now(), [bytes]);
  return read.ok ? read.document : null;
}

/** One document of all, each item once. */
function join(documents: readonly FeedDocument[], missing: number): FeedDocument {
  const [first] = documents as [FeedDocument, ...FeedDocument[]];
  const items = new Map(documents.flatMap((one) => one.items).map((item) => [item.id, item]));
  const marks = new Map(documents.flatMap((one) => [...(one.marks ?? [])]));
  const repairs =
    missing === 0 ? first.repairs : [...first.repairs, reason('repair.issue.missing', { pages: missing })];
  return { ...first, items: [...items.values()], marks, repairs };
}
