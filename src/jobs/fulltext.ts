/** The full-text job: passes an item on with the whole text of its article's pages, or with the feed's own. */
import type { Job } from 'bullmq';
import type { Logger } from 'pino';
import type { ArticlePage } from '../pipeline/articletext.ts';
import { say } from '../reasons/render.ts';
import { isOutdated } from '../store/sources/readings.ts';
import { factsOf, findSource } from '../sources/configured.ts';
import { faultReason } from '../threads/taskfault.ts';
import { type ArticleDeps, LONGEST_WAIT_MS, PageError, readArticle } from './articlepages.ts';
import type { Passed } from './passed.ts';
import type { FullTextJob, Queues } from './queues.ts';

export interface FullTextDeps extends ArticleDeps {
  readonly queues: Queues;
  readonly log: Logger;
  readonly passed: Passed;
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
  const { source: id, item, hash, reading } = job.data;
  if (await isOutdated(deps.store, id, { id: item.id, hash, reading })) return OUTDATED;
  const source = findSource(deps.config(), id);
  if (source === undefined || item.link === null) return passOn(deps, job.data, []);
  try {
    return await passOn(
      deps,
      job.data,
      await readArticle(deps, { job, token, source, link: item.link, list: job.data.baseUrl }),
    );
  } catch (error) {
    const lastTry = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
    if (!(error instanceof PageError) || (!lastTry && error.retryAfterMs <= LONGEST_WAIT_MS)) throw error;
    deps.log.warn({ source: id, link: item.link, error: error.message }, NO_FULL_TEXT);
    return passOn(deps, job.data, []);
  }
}

/** Its publisher has said something else since, which has a job of its own. */
const OUTDATED: FullTextSummary = { pages: 0, before: 0, after: 0 };
const NO_FULL_TEXT = 'no full text: the feed’s own is taken';

/** Gives the item on with the text of these pages, or with its own where they say no more or cannot be read in time. */
async function passOn(deps: FullTextDeps, job: FullTextJob, pages: readonly ArticlePage[]): Promise<FullTextSummary> {
  const { source, feedTitle, baseUrl, reading, hash, firstSeen } = job;
  const { timezone } = factsOf(deps.config(), source);
  const done = await deps.threads.run('article', { item: job.item, source: { id: source, timezone }, pages });
  if (!done.ok) {
    const error = say(faultReason('item', done.fault), 'en');
    deps.log.warn({ source, link: job.item.link, error }, NO_FULL_TEXT);
  }
  const { item, before, after } = done.ok ? done.value : { item: job.item, before: 0, after: 0 };
  await deps.queues.ingest.add(
    source,
    { source, feedTitle, baseUrl, reading, items: [{ item, hash, firstSeen }] },
    { deduplication: { id: `${source}.${item.id}.${hash}` } },
  );
  deps.passed.note(source);
  return { pages: pages.length, before, after };
}
