/** The full-text job: fetches an item's article page, with its next pages, and passes the item on with the whole text. */
import { DelayedError, type Job } from 'bullmq';
import { selectAll } from 'css-select';
import { DomUtils, parseDocument } from 'htmlparser2';
import type { Logger } from 'pino';
import { cleanItem } from '../clean/clean.ts';
import { nextPage } from '../clean/article/nextpage.ts';
import { decodeBytes } from '../feed/bytes/decode.ts';
import type { Fetcher } from '../fetch/fetch.ts';
import type { Store } from '../store/redis/keys.ts';
import { takeTurn } from '../store/sources/pace.ts';
import type { Config } from '../model/config.ts';
import type { Cleaned } from '../model/entry.ts';
import type { RawItem } from '../model/feed.ts';
import type { Source } from '../model/source.ts';
import { findSource } from '../sources/configured.ts';
import { paceKey } from '../sources/host.ts';
import { tellSpan } from '../sources/nextpoll.ts';
import { heedRetryAfter } from './rest.ts';
import type { FullTextJob, Queues } from './queues.ts';
import { type MissedTurn, startTurns } from './hostturn.ts';

export interface FullTextDeps {
  readonly store: Store;
  readonly queues: Queues;
  readonly config: () => Config;
  readonly fetcher: Fetcher;
  readonly log: Logger;
  readonly now: () => number;
}

/** What bull-board shows as the job's return value. */
export interface FullTextSummary {
  readonly pages: number;
  /** Characters of text: what the feed gave, what the pages gave. */
  readonly before: number;
  readonly after: number;
}

/** Pages of one article joined at most. */
const MAX_PAGES = 10;

/** The page did not come; the job is tried again, and after the last try the feed's own text is taken. */
class PageError extends Error {
  override readonly name = 'PageError';
  /** Milliseconds that the server asked to wait; 0 where it did not. */
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs = 0) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

const FIRST_PAUSE_MS = 60_000;
/** Readers have the feed's own text rather than nothing for longer than this. */
const LONGEST_WAIT_MS = 3_600_000;

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
    const selector = typeof source.fullText === 'string' ? source.fullText : null;
    const headers = { ...refererFor(source, item.link, job.data.baseUrl), ...source.headers };
    const pages = await readPages(deps, job, token, item.link, selector, headers, source.proxy);
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

/** As if a reader came from the article's own site, or from the list that named it. */
function refererFor({ referer }: Source, link: string, list: string): Readonly<Record<string, string>> {
  if (referer === 'page' && /^https?:/.test(list)) return { referer: list };
  return referer === 'origin' && URL.canParse(link) ? { referer: `${new URL(link).origin}/` } : {};
}

interface Page {
  readonly url: string;
  readonly html: string;
}

async function readPages(
  deps: FullTextDeps,
  job: Job<FullTextJob>,
  token: string | undefined,
  link: string,
  selector: string | null,
  headers: Readonly<Record<string, string>>,
  proxy: string | null,
): Promise<Page[]> {
  const pages: Page[] = [];
  const seen = new Set<string>();
  for (let next: string | null = link; next !== null && pages.length < MAX_PAGES && !seen.has(next);) {
    seen.add(next);
    const result = await fetchInTurn(deps, job, token, next, headers, proxy, pages.length === 0);
    if (result === null) break;
    next = nextPage(result.html, result.url);
    pages.push({ url: result.url, html: selector === null ? result.html : cut(result.html, selector) });
  }
  return pages;
}

/** One page, in the host's turn. The first page gives the job back while it must wait; a later one waits here. */
async function fetchInTurn(
  deps: FullTextDeps,
  job: Job<FullTextJob>,
  token: string | undefined,
  url: string,
  headers: Readonly<Record<string, string>>,
  proxy: string | null,
  first: boolean,
): Promise<Page | null> {
  const { fetch: limits } = deps.config().settings;
  const host = paceKey(url, limits.paceBy);
  const lease = `full:${job.id ?? url}`;
  const pace = { concurrency: limits.perHostConcurrency, intervalMs: limits.perHostIntervalMs };
  for (;;) {
    const turn = await takeTurn(deps.store, host, lease, { ...pace, now: deps.now() });
    if (turn.kind === 'start') break;
    if (first) return comeAgain(deps, job, token, { ...turn, host });
    // A host that wants peace for long gets it: the article keeps the pages that came.
    if (turn.kind === 'rest') return null;
    await new Promise((done) => setTimeout(done, Math.min(turn.ms, limits.timeoutMs)));
  }
  const turns = startTurns(deps, { host, lease }, limits, false);
  try {
    const { beforeHop } = turns;
    const result = await deps.fetcher.fetchDocument({ url, headers, proxy, accept: 'page', beforeHop });
    const missed = turns.missed();
    if (missed !== null) return first ? await comeAgain(deps, job, token, missed) : null;
    if (result.outcome !== 'modified') {
      await heedRetryAfter(deps.store, result, limits, deps.now());
      if (!first) return null;
      if (result.outcome !== 'failed') throw new PageError(result.outcome);
      throw new PageError(`${result.stage}: ${result.message}`, result.retryAfterMs ?? 0);
    }
    const decoded = decodeBytes(result.body, { contentType: result.headers['content-type'] ?? null });
    if (!decoded.ok) throw new PageError(decoded.message);
    return { url: result.url, html: decoded.text };
  } finally {
    await turns.leave();
  }
}

/** Gives the job back until its turn on the host comes; where that wants peace for long, the page fails. */
async function comeAgain(
  deps: FullTextDeps,
  job: Job<FullTextJob>,
  token: string | undefined,
  { kind, ms, host }: MissedTurn,
): Promise<never> {
  if (kind === 'rest' && ms > LONGEST_WAIT_MS)
    throw new PageError(`${host} asked to be left alone for ${tellSpan(ms)}`, ms);
  await job.moveToDelayed(deps.now() + ms, token);
  throw new DelayedError();
}

/** The part of a page that the operator's selector names; the whole page where it names nothing there. */
function cut(html: string, selector: string): string {
  const parts = selectAll(selector, parseDocument(html));
  return parts.length === 0 ? html : parts.map((part) => DomUtils.getOuterHTML(part)).join('\n');
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
    repairs: [...item.repairs, `full text of ${pages.length} ${pages.length === 1 ? 'page' : 'pages'} fetched`],
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
