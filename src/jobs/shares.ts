/** Shares a worker out: so many jobs at a time of one source or host, and the others pass by those that wait. */
import type { Job } from 'bullmq';
import type { Config } from '../model/config.ts';
import { addressOf } from '../sources/configured.ts';
import { paceKey } from '../sources/host.ts';
import { A } from '../sources/allowances.ts';
import { LONG, lengthOf } from '../threads/tasks.ts';
import { comeBack, type HostTurnDeps } from './hostturn.ts';
import type { FullTextJob, IngestJob, PollJob, ReceiveJob } from './queues.ts';

/** What a job takes a share of, and how many jobs may at a time: `{ of: 'source a', most: 2 }`. */
export interface Share {
  readonly of: string;
  readonly most: number;
}

export interface Shares {
  /** How many are taken together. */
  readonly inHand: () => number;
  /** Takes all shares at once, or none and says in how many milliseconds to ask again. */
  readonly take: (wanted: readonly Share[]) => { readonly leave: () => void } | { readonly waitMs: number };
}

/** Those who wait come back one after the other, so far apart: a burst of thousands must not keep a worker busy with itself. */
const SPACING_MS = 100;

export function createShares(now: () => number): Shares {
  let taken = 0;
  const running = new Map<string, number>();
  /** The last moment that one who waits for a share was told to come back at. */
  const tails = new Map<string, number>();

  const leave = (names: readonly string[]) => {
    for (const name of names) {
      const left = (running.get(name) ?? 1) - 1;
      if (left > 0) running.set(name, left);
      else running.delete(name);
      if (left === 0 && (tails.get(name) ?? 0) <= now()) tails.delete(name);
    }
  };

  return {
    inHand: () => taken,
    take(wanted) {
      const names = wanted.map(({ of }) => of);
      const full = wanted.find(({ of, most }) => (running.get(of) ?? 0) >= most)?.of;
      if (full !== undefined) {
        const at = Math.max(now(), tails.get(full) ?? 0) + SPACING_MS;
        tails.set(full, at);
        return { waitMs: at - now() };
      }
      for (const name of names) running.set(name, (running.get(name) ?? 0) + 1);
      let left = false;
      taken++;
      return {
        leave() {
          if (left) return;
          left = true;
          taken--;
          leave(names);
        },
      };
    },
  };
}

/** Runs a job within its shares; where one is used up, the job goes back to its queue and the next one has the worker. */
export async function runWithin<T>(
  { shares, now }: Pick<HostTurnDeps, 'now'> & { readonly shares: Shares },
  wanted: readonly Share[],
  job: Pick<Job, 'moveToDelayed'>,
  token: string | undefined,
  run: () => Promise<T>,
): Promise<T> {
  const taken = shares.take(wanted);
  if ('waitMs' in taken) return comeBack({ now }, job, token, taken.waitMs);
  try {
    return await run();
  } finally {
    taken.leave();
  }
}

/** A poll: of one site, so that one of many sources that hangs leaves the others their polls. */
export function pollShare(config: Config, { source }: PollJob): Share[] {
  const address = addressOf(config, source);
  if (address === null) return [];
  const { concurrency, perHostConcurrency } = config.settings.fetch;
  const most = Math.max(perHostConcurrency, Math.ceil(A.polls.ofSite * concurrency));
  return [{ of: `poll ${paceKey(address, 'domain')}`, most }];
}

/** An article's pages: of its source, and of the site that it links to. */
export function pageShare({ source, item: { link } }: FullTextJob): Share[] {
  const ofSource = { of: `pages of ${source}`, most: A.pages.ofSource };
  return link === null ? [ofSource] : [ofSource, { of: `pages at ${paceKey(link, 'domain')}`, most: A.pages.ofSite }];
}

/**
 * Items to read and commit: of their source, where they are more than a batch; where a batch of them is as long, of the one
 * thread for that. `places`: jobs that the worker has in hand at most, of which those of many items leave one to others.
 */
export function ingestShare(job: IngestJob | ReceiveJob, places: number): Share[] {
  const ofSource = { of: `ingest ${job.source}`, most: 1 };
  if (!('items' in job)) return [ofSource];
  const { smallItems, manyItems } = A.ingests;
  const characters = job.items.reduce((sum, { item }) => sum + lengthOf(item), 0);
  const isLong = characters > LONG * Math.max(1, job.items.length / smallItems);
  return [
    ...(job.items.length > smallItems ? [ofSource] : []),
    ...(job.items.length > manyItems ? [{ of: 'ingests of many items', most: Math.max(1, places - 1) }] : []),
    ...(isLong ? [{ of: 'long ingests', most: 1 }] : []),
  ];
}
