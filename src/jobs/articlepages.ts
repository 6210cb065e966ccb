/** Fetches the pages of one article, one after the other, each in its host's turn. */
import { reason } from '../reasons/catalogue.ts';
import { say } from '../reasons/render.ts';
import type { Job } from 'bullmq';
import type { FetchResult } from '../model/fetch.ts';
import type { Source } from '../model/source.ts';
import type { ArticlePage, FetchedPage } from '../pipeline/articletext.ts';
import { requestOf, resolveAddress } from '../sources/configured.ts';
import { steadyAddress } from '../text/steady.ts';
import { HOUR_MS } from '../text/time.ts';
import type { Done, Threads } from '../threads/pool.ts';
import { faultReason } from '../threads/taskfault.ts';
import { fetchInTurn, type PageDeps } from './fetchinturn.ts';
import { comeBack, type MissedTurn } from './hostturn.ts';

export interface ArticleDeps extends PageDeps {
  readonly threads: Threads;
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
export async function readArticle(deps: ArticleDeps, article: Article): Promise<readonly ArticlePage[]> {
  const { source, link } = article;
  const selector = typeof source.fullText === 'string' ? source.fullText : null;
  const pages: ArticlePage[] = [];
  const seen = new Set<string>();
  const waiting: string[] = [link];
  for (let url = waiting.shift(); url !== undefined && pages.length < MAX_PAGES; url = waiting.shift()) {
    // The token of an address may be another one at each mention.
    const address = steadyAddress(url, true);
    if (seen.has(address)) continue;
    seen.add(address);
    const isFirst = pages.length === 0;
    const page: FetchedPage | null = await (isFirst ? fetchFirst : fetchLater)(deps, article, url);
    if (page === null) break;
    const done: Done<'page'> = await deps.threads.run('page', { page, selector }, [page.bytes]);
    if (!done.ok && !isFirst) break;
    // It would take as long the next time.
    if (!done.ok) throw new PageError(say(faultReason('document', done.fault), 'en'), Infinity);
    if (!done.value.ok) throw new PageError(say(done.value.reason, 'en'));
    waiting.push(...done.value.next);
    pages.push(done.value.page);
  }
  return pages;
}

async function fetchFirst(deps: ArticleDeps, article: Article, url: string): Promise<FetchedPage> {
  const got = await fetchPage(deps, article, url, 0);
  if ('bytes' in got) return got;
  if ('host' in got) return comeAgain(deps, article, got);
  if (got.outcome !== 'failed') throw new PageError(got.outcome);
  throw new PageError(say(got.reason, 'en'), got.retryAfterMs ?? 0);
}

async function fetchLater(deps: ArticleDeps, article: Article, url: string): Promise<FetchedPage | null> {
  const got = await fetchPage(deps, article, url, Infinity);
  return 'bytes' in got ? got : null;
}

/** The page, what came in its place, or the turn that is too far off. */
async function fetchPage(
  deps: ArticleDeps,
  { job, source, link, list }: Article,
  url: string,
  patienceMs: number,
): Promise<FetchedPage | MissedTurn | FetchResult> {
  const configured = resolveAddress(source.url, deps.config().settings.rsshub) ?? source.url;
  const request = {
    ...requestOf(source, url, configured),
    referer: refererFor(source, link, list),
    accept: 'page',
  } as const;
  const got = await fetchInTurn(deps, request, { lease: `full:${job.id ?? link}`, patienceMs });
  if ('host' in got || got.outcome !== 'modified') return got;
  return { url: got.url, bytes: got.body, contentType: got.headers['content-type'] ?? null };
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
