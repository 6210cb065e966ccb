/** Fetches the pages of one article, one after the other, each in its host's turn. */
import { reason } from '../reasons/catalogue.ts';
import { say } from '../reasons/render.ts';
import type { Job } from 'bullmq';
import { selectAll } from 'css-select';
import { getOuterHTML } from 'domutils';
import { nextPage } from '../clean/article/nextpage.ts';
import { decodeBytes } from '../feed/bytes/decode.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { Config } from '../model/config.ts';
import type { FetchResult } from '../model/fetch.ts';
import type { Source } from '../model/source.ts';
import { requestOf, resolveAddress } from '../sources/configured.ts';
import { parseHtml } from '../text/htmldocument.ts';
import { HOUR_MS } from '../text/time.ts';
import { comeBack, type HostTurnDeps, type MissedTurn, restAfter, takeHostTurn } from './hostturn.ts';

export interface ArticleDeps extends HostTurnDeps {
  readonly config: () => Config;
  readonly fetcher: Fetcher;
}

export interface Page {
  /** Where it lay, after redirects. */
  readonly url: string;
  readonly html: string;
}

/** A page did not come; the job is tried again, and after the last try the feed's own text is taken. */
export class PageError extends Error {
  override readonly name = 'PageError';
  /** Milliseconds that the server asked to wait; 0 where it did not. */
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs = 0) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Pages of one article joined at most. */
const MAX_PAGES = 10;
/** Readers have the feed's own text rather than nothing for longer than this. */
export const LONGEST_WAIT_MS = HOUR_MS;

/** The article that a job asks for. */
export interface Article {
  readonly job: Job;
  readonly token: string | undefined;
  readonly source: Source;
  readonly link: string;
  /** Address of the list or feed that named it. */
  readonly list: string;
}

/**
 * The article's pages, in order. While the first must wait for its host, the job is given back to the queue
 * (DelayedError); a later one waits here, and ends the article where its host rests or it does not come.
 * Throws PageError where the first does not come.
 */
export async function readArticle(deps: ArticleDeps, article: Article): Promise<readonly Page[]> {
  const { source, link } = article;
  const selector = typeof source.fullText === 'string' ? source.fullText : null;
  const pages: Page[] = [];
  const seen = new Set<string>();
  for (let next: string | null = link; next !== null && pages.length < MAX_PAGES && !seen.has(next);) {
    seen.add(next);
    const page: Page | null =
      pages.length === 0 ? await fetchFirst(deps, article, next) : await fetchLater(deps, article, next);
    if (page === null) break;
    next = nextPage(page.html, page.url);
    pages.push(selector === null ? page : { ...page, html: cut(page.html, selector) });
  }
  return pages;
}

async function fetchFirst(deps: ArticleDeps, article: Article, url: string): Promise<Page> {
  const got = await fetchInTurn(deps, article, url, 0);
  if ('html' in got) return got;
  if ('host' in got) return comeAgain(deps, article, got);
  if (got.outcome !== 'failed') throw new PageError(got.outcome);
  throw new PageError(say(got.reason, 'en'), got.retryAfterMs ?? 0);
}

async function fetchLater(deps: ArticleDeps, article: Article, url: string): Promise<Page | null> {
  const got = await fetchInTurn(deps, article, url, Infinity);
  return 'html' in got ? got : null;
}

/** The page, what came in its place, or the turn that is too far off. Throws PageError where it is no text. */
async function fetchInTurn(
  deps: ArticleDeps,
  { job, source, link, list }: Article,
  url: string,
  patienceMs: number,
): Promise<Page | MissedTurn | FetchResult> {
  const { fetch: limits, rsshub } = deps.config().settings;
  const turns = await takeHostTurn(deps, { address: url, lease: `full:${job.id ?? link}`, limits, patienceMs });
  if (turns.kind !== 'start') return turns;
  try {
    const { beforeHop } = turns;
    const result = await deps.fetcher.fetchDocument({
      ...requestOf(source, url, resolveAddress(source.url, rsshub) ?? source.url),
      referer: refererFor(source, link, list),
      accept: 'page',
      beforeHop,
    });
    const missed = turns.missed();
    if (missed !== null) return missed;
    await restAfter(deps, result, limits);
    if (result.outcome !== 'modified') return result;
    const decoded = decodeBytes(result.body, { contentType: result.headers['content-type'] ?? null });
    if (!decoded.ok) throw new PageError(say(decoded.reason, 'en'));
    return { url: result.url, html: decoded.text };
  } finally {
    await turns.leave();
  }
}

/** Gives the job back until its turn on the host comes; a rest that is too long fails the page. */
function comeAgain(deps: ArticleDeps, { job, token }: Article, { kind, ms, host }: MissedTurn): Promise<never> {
  if (kind === 'rest' && ms > LONGEST_WAIT_MS)
    throw new PageError(say(reason('poll.host-rests', { host, wait: ms }), 'en'), ms);
  return comeBack(deps, job, token, ms);
}

/** As if a reader came from the article's own site, or from the list that named it. */
function refererFor({ referer }: Source, link: string, list: string): string | undefined {
  if (referer === 'page' && /^https?:/.test(list)) return list;
  return referer === 'origin' && URL.canParse(link) ? `${new URL(link).origin}/` : undefined;
}

/** The part of a page that the operator's selector names; the whole page where it names nothing there. */
function cut(html: string, selector: string): string {
  const parts = selectAll(selector, parseHtml(html));
  return parts.length === 0 ? html : parts.map((part) => getOuterHTML(part)).join('\n');
}
