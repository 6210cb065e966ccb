/** Keeps what each feed is answered with now: rendered once for each revision of its edition, served on while Redis is away. */
import { performance } from 'node:perf_hooks';
import { readRevisions } from '../../store/stories/stories.ts';
import type { WebDeps } from '../deps.ts';
import { ownAddress } from '../http/baseurl.ts';
import { createRenewal, paceOf } from '../http/renderpace.ts';
import { createCache, type Rendering } from '../http/renderings.ts';
import { fromStore, shared } from '../http/storetimeout.ts';
import { createNarrowedQueue } from './narrowedqueue.ts';
import { createFeedRenderer, differsInNews, type FeedRequest, type Stamp, stampOf } from './renderer.ts';

const CACHE_BYTES = 64 * 2 ** 20;
/** How old a reading of the revisions may be: plain feeds are asked for often, narrowed ones cost more to render. */
const PLAIN_REVISION_MS = 50;
const NARROWED_REVISION_MS = 1_000;
/** After a failure of the store requests get the last rendering for so long, without waiting for the store again. */
const AWAY_MS = 500;

/** Edition id → revision. */
export type Revisions = Readonly<Record<string, string>>;

interface Counters {
  /** Answered from the cache, also with what was rendered a moment ago; rendered; or answered with the last rendering while Redis was away. */
  hits: number;
  misses: number;
  stale: number;
}

type Obtained =
  | { readonly kind: 'rendering'; readonly rendering: Rendering; readonly stale: boolean }
  /** Too many narrowed feeds wait for their rendering. */
  | { readonly kind: 'busy' };

export interface CurrentFeeds {
  readonly counters: Counters;
  /** Bytes that the kept renderings take. */
  readonly bytes: () => number;
  /**
   * The feed as it is now. `plain`: neither narrowed nor under an address of the many that only a request names. Throws
   * where the feed cannot be rendered and no earlier rendering is kept.
   */
  readonly obtain: (request: FeedRequest, plain: boolean) => Promise<Obtained>;
  /** The feed at one revision of its edition, whatever is kept. */
  readonly obtainAt: (request: FeedRequest, revision: string) => Promise<Rendering>;
  /** The revisions that were read last: the same object until they are read again, undefined once they are too old. */
  readonly lastRevisions: () => Revisions | undefined;
  /** What is kept of the feed where it is current at these revisions. */
  readonly peek: (request: FeedRequest, revisions: Revisions) => Rendering | undefined;
}

export function createCurrentFeeds(deps: WebDeps): CurrentFeeds {
  const cache = createCache(CACHE_BYTES);
  const queue = createNarrowedQueue();
  const render = createFeedRenderer(deps);
  const renew = createRenewal((error) => deps.log.warn({ err: error }, 'a feed could not be rendered'));
  const counters: Counters = { hits: 0, misses: 0, stale: 0 };
  const revisions = {
    plain: shared(() => fromStore(() => readRevisions(deps.store)), PLAIN_REVISION_MS),
    narrowed: shared(() => fromStore(() => readRevisions(deps.store)), NARROWED_REVISION_MS),
  };
  let awayAt = -Infinity;

  function make(request: FeedRequest, stamp: Stamp, plain: boolean): Promise<Rendering> {
    const work = () => render(request, stamp);
    return cache.obtain(keyOf(request), stamp.text, plain, plain ? work : () => queue.run(work));
  }

  function serveLast(rendering: Rendering): Obtained {
    counters.stale++;
    return { kind: 'rendering', rendering, stale: true };
  }

  const lastOf = (request: FeedRequest) => cache.peek(keyOf(request)) ?? cache.peek(keyOf(readyOf(request)));

  /** What an earlier run of the daemon wrote, and this one has not rendered yet. */
  async function fromDisk(request: FeedRequest): Promise<Rendering | undefined> {
    if (request.narrowing.canonical !== '') return undefined;
    const rendering = await deps.keptFiles?.read(fileOf(request));
    if (rendering !== undefined) cache.keep(keyOf(readyOf(request)), rendering);
    return rendering;
  }

  async function obtain(request: FeedRequest, plain: boolean): Promise<Obtained> {
    const kept = cache.peek(keyOf(request));
    if (performance.now() - awayAt < AWAY_MS) {
      const last = lastOf(request);
      if (last !== undefined) return serveLast(last);
    }
    try {
      const revision = await (plain ? revisions.plain : revisions.narrowed).read();
      const stamp = stampOf(revision[request.edition.id], request, deps.now());
      if (plain && kept !== undefined && kept.made !== null && differsInNews(kept.stamp, stamp.text)) {
        const pace = paceOf(kept.made, performance.now());
        if (pace === 'renew') renew(keyOf(request), () => make(request, stamp, true));
        if (pace !== 'wait') {
          counters.hits++;
          return { kind: 'rendering', rendering: kept, stale: false };
        }
      }
      const isCurrent = kept?.stamp === stamp.text;
      if (isCurrent) counters.hits++;
      else counters.misses++;
      if (!plain && !isCurrent && queue.isFull()) return { kind: 'busy' };
      return { kind: 'rendering', rendering: await make(request, stamp, plain), stale: false };
    } catch (error) {
      const last = lastOf(request) ?? (await fromDisk(request));
      if (last === undefined) throw error;
      deps.log.warn({ err: error, edition: request.edition.id }, 'serving the last rendering');
      awayAt = performance.now();
      return serveLast(last);
    }
  }

  return {
    counters,
    bytes: () => cache.sizes().bytes,
    obtain,
    obtainAt: (request, revision) =>
      make(request, stampOf(revision, request, deps.now()), request.narrowing.canonical === ''),
    lastRevisions: revisions.plain.peek,
    peek: (request, known) => {
      const rendering = cache.peek(keyOf(request));
      const { text } = stampOf(known[request.edition.id], request, deps.now());
      return rendering?.stamp === text ? rendering : undefined;
    },
  };
}

/** The same feed as it is kept ready (keptready.ts): in an outage it is better than none for those who come by another name. */
function readyOf(request: FeedRequest): FeedRequest {
  return { ...request, baseUrl: ownAddress(request.config.settings.server) };
}

/** Name of the file that keeps a plain feed. */
export function fileOf({ edition, format }: Pick<FeedRequest, 'edition' | 'format'>): string {
  return `${edition.id}.${format.extension}`;
}

function keyOf({ edition, format, narrowing, baseUrl }: FeedRequest): string {
  return `${fileOf({ edition, format })}?${narrowing.canonical} ${baseUrl}`;
}
