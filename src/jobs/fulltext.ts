/** The full-text job: passes an item on with the whole text of its article's pages, or with the feed's own. */
import type { Job } from 'bullmq';
import { reason } from '../reasons/catalogue.ts';
import type { Logger } from 'pino';
import { cleanItem } from '../clean/clean.ts';
import type { Cleaned } from '../model/entry.ts';
import type { RawItem } from '../model/feed.ts';
import { findSource } from '../sources/configured.ts';
import { type ArticleDeps, LONGEST_WAIT_MS, type Page, PageError, readArticle } from './articlepages.ts';
import type { FullTextJob, Queues } from './queues.ts';

export interface FullTextDeps extends ArticleDeps {
  readonly queues: Queues;
  readonly log: Logger;
}

/** What bull-board shows as the job's return value. */
export interface FullTextSummary {
  readonly pages: number;
  /** Characters of text: what the feed gave, what the pages gave. */
  readonly before: number;
  readonly after: number;
}

const FIRST_PAUSE_MS = 60_000;
/** Milliseconds before the next try: doubling, with a fifth of jitter, and never less than the server asked for. */
export function pauseBefore(triesMade: number, error: unknown): number {
  const backoffMs = FIRST_PAUSE_MS * 2 ** (triesMade - 1) * (1 - 0.2 * Math.random());
  return Math.ceil(Math.max(backoffMs, error instanceof PageError ? error.retryAfterMs : 0));
}

/** Fetches the text; gives the item on in any case, with the feed's text where the page brings nothing better. */
export async function runFullText(
  deps: FullTextDeps,
  job: Job<FullTextJob>,
  token: string | undefined,
): Promise<FullTextSummary> {
  const { source: id, item } = job.data;
  const source = findSource(deps.config(), id);
  const own = textOf(item, id).entry.text.length;
  if (source === undefined || item.link === null)
    return passOn(deps, job.data, item, { pages: 0, before: own, after: own });
  try {
    const pages = await readArticle(deps, { job, token, source, link: item.link, list: job.data.baseUrl });
    const whole = joinPages(item, id, source.timezone, pages);
    const after = textOf(whole, id).entry.text.length;
    // A page that says less than the feed is a login, a captcha or a teaser.
    const best = after > own ? whole : item;
    return await passOn(deps, job.data, best, { pages: pages.length, before: own, after: Math.max(after, own) });
  } catch (error) {
    const lastTry = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
    if (!(error instanceof PageError) || (!lastTry && error.retryAfterMs <= LONGEST_WAIT_MS)) throw error;
    deps.log.warn({ source: id, link: item.link, error: error.message }, 'no full text: the feed’s own is taken');
    return passOn(deps, job.data, item, { pages: 0, before: own, after: own });
  }
}

/** The item with the text of all pages; what the first page says of outlet, authors and editor stays said. */
function joinPages(item: RawItem, source: string, timezone: string, pages: readonly Page[]): RawItem {
  const cleaned = pages.map(({ html, url }) =>
    cleanItem({ ...item, content: html, summary: null }, { source, timezone, baseUrl: url, wholePage: true }),
  );
  const [first] = cleaned;
  if (first === undefined) return item;
  const { entry } = first;
  const editor = entry.editor === null ? '' : `<p>责任编辑：${entry.editor}</p>`;
  return {
    ...item,
    content: `${cleaned.map((one) => one.entry.content).join('\n')}${editor}`,
    outlet: item.outlet ?? entry.outlet,
    authors: item.authors.length > 0 ? item.authors : entry.authors,
    published: item.published ?? entry.published,
    image: item.image ?? entry.image,
    repairs: [...item.repairs, reason('repair.text.fetched', { pages: pages.length })],
  };
}

function textOf(item: RawItem, source: string): Cleaned {
  return cleanItem(item, { source, timezone: 'Asia/Shanghai', baseUrl: item.link });
}

async function passOn(
  deps: FullTextDeps,
  job: FullTextJob,
  item: RawItem,
  summary: FullTextSummary,
): Promise<FullTextSummary> {
  const { source, feedTitle, baseUrl, hash } = job;
  await deps.queues.ingest.add(
    source,
    { source, feedTitle, baseUrl, items: [{ item, hash }] },
    { deduplication: { id: `${source}.${item.id}.${hash}` } },
  );
  return summary;
}
