/** Answers a reader's GET for an edition: narrowed, cached, conditional, compressed. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formats } from '../../publish/formats.ts';
import { noteLeftOut } from '../../store/ledger/leftout.ts';
import { readRevisions } from '../../store/stories/stories.ts';
import type { Config, Edition } from '../../model/config.ts';
import { basesOf } from '../http/baseurl.ts';
import { fromStore, shared } from '../http/storetimeout.ts';
import { type Cache, createCache, inCoding, type Rendered, type Rendering } from '../http/renderings.ts';
import type { TopicRendering } from '../../websub/distribute.ts';
import { sendText } from '../context.ts';
import type { WebDeps } from '../deps.ts';
import { composeDocument } from './document.ts';
import { chooseCoding } from '../http/encoding.ts';
import { cacheControl } from './freshness.ts';
import { serveHub } from '../websub/hub.ts';
import { type Narrowing, type Query, quote, readNarrowing } from './query.ts';
import { type Pools, selectStories, sinceOf } from './stories.ts';
import { hubOf, readTopic } from '../websub/topic.ts';
import { passBefore } from '../http/memoryfirst.ts';
import { type Format, writeAnswer, writeFeed } from '../http/feedresponse.ts';

export const FORMATS: readonly Format[] = formats;

const CACHE_BYTES = 64 * 2 ** 20;
/** How long a revision may be believed: the plain feeds are asked for often, narrowed ones cost more to render. */
const PLAIN_REVISION_MS = 50;
const NARROWED_REVISION_MS = 1_000;
/** Narrowed renderings that may wait or run at a time; beyond, a reader is asked to come back. */
const MAX_NARROWED = 200;
/** How long the store counts as away after it failed once. */
const AWAY_MS = 500;
const FEED_ROUTE = '/feeds/:file';
/** Addresses and hosts of plain feeds are few. */
const MAX_FOUND = 500;

interface Wish {
  readonly config: Config;
  readonly edition: Edition;
  readonly format: Format;
  readonly narrowing: Narrowing;
  readonly since: number | null;
  readonly stamp: string;
  readonly baseUrl: string;
}

export interface Feeds {
  readonly cache: Cache;
  readonly counters: { hits: number; misses: number; stale: number };
  /** `count` hears of answers that Fastify does not see. */
  readonly register: (app: FastifyInstance, count: CountRequest) => void;
}

type CountRequest = (route: string, status: number) => void;

interface Found {
  readonly revision: Readonly<Record<string, string>>;
  readonly config: Config;
  readonly format: Format;
  readonly rendering: Rendering;
}

export function createFeeds(deps: WebDeps): Feeds {
  const cache = createCache(CACHE_BYTES);
  const pools: Pools = new Map();
  const counters = { hits: 0, misses: 0, stale: 0 };
  const bases = basesOf(deps);
  const revisions = {
    plain: shared(() => fromStore(() => readRevisions(deps.store)), PLAIN_REVISION_MS),
    narrowed: shared(() => fromStore(() => readRevisions(deps.store)), NARROWED_REVISION_MS),
  };
  let awayAt = -Infinity;
  let narrowedRunning = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** One narrowed rendering at a time, so that many of them leave room for the plain ones. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    narrowedRunning++;
    // Renderings that find their stories in memory would otherwise follow each other without a turn of the event loop.
    const mine = turn
      .then(() => setImmediate())
      .then(work)
      .finally(() => narrowedRunning--);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    edition: Edition,
    format: Format,
  ): Promise<FastifyReply> {
    const config = deps.config();
    const narrowed = readNarrowing(request.query as Query, edition, config, deps.regionCodes);
    if (!narrowed.ok) return plainText(reply, 400, narrowed.message);
    const { narrowing } = narrowed;
    const base = bases(request);
    const plain = narrowing.canonical === '' && base.known;
    const key = keyOf(edition, format, narrowing.canonical, base.url);
    let rendering = cache.peek(key);
    // What failed a moment ago is not waited for again by everyone who asks.
    let stale = rendering !== undefined && performance.now() - awayAt < AWAY_MS;
    if (!stale) {
      try {
        const since = sinceOf(edition, deps.now());
        const revision = await (plain ? revisions.plain : revisions.narrowed).read();
        const stamp = stampOf(revision, edition, config, since);
        const current = rendering?.stamp === stamp;
        if (current) counters.hits++;
        else counters.misses++;
        if (!plain && !current && narrowedRunning >= MAX_NARROWED)
          return plainText(
            reply.header('retry-after', '5'),
            503,
            'too many narrowed feeds at once; plain ones are served',
          );
        const render = () => renderFeed({ config, edition, format, narrowing, since, stamp, baseUrl: base.url });
        rendering = await cache.obtain(key, stamp, plain, plain ? render : () => inTurn(render));
      } catch (error) {
        rendering = cache.peek(key);
        if (rendering === undefined) throw error;
        request.log.warn({ err: error, edition: edition.id }, 'serving the last rendering');
        awayAt = performance.now();
        stale = true;
      }
    }
    if (rendering === undefined) throw new Error('a rendering is kept, made, or its failure thrown');
    if (stale) counters.stale++;
    const coding = chooseCoding(request.headers['accept-encoding'], rendering.identity.body.length);
    const encoded = await inCoding(rendering, coding);
    return writeFeed(request, reply, { rendering, encoded, coding, format, stale }, deps.now());
  }

  async function renderFeed(wish: Wish): Promise<Rendered> {
    const { config, edition, format, narrowing, since, stamp, baseUrl } = wish;
    const selection = await fromStore(() => selectStories(deps.store, pools, edition, narrowing, since, stamp));
    const document = composeDocument({
      imageSecret: deps.images?.secret,
      config,
      edition,
      narrowing,
      selection,
      baseUrl,
      hub: hubOf(config.settings, baseUrl),
      format: format.extension,
      formats: FORMATS.map(({ extension }) => extension),
    });
    const { body, left } = format.render(document);
    const links = [
      ...(document.hub === null ? [] : [`<${document.hub}>; rel="hub"`]),
      `<${document.selfUrl}>; rel="self"`,
    ];
    if (left.length > 0) {
      deps.log.warn({ edition: edition.id, format: format.extension, left }, 'items left out of a feed');
      const { ledgerCount } = config.settings.retention;
      const options = { edition: edition.id, now: deps.now(), configVersion: config.version, ledgerCount };
      // A reader has the feed, whatever becomes of the note.
      await fromStore(() => noteLeftOut(deps.store, left, selection.rows, options)).catch((error: unknown) => {
        deps.log.warn({ err: error }, 'not noted in the ledger');
      });
    }
    return {
      body,
      contentType: format.contentType,
      changedAt: document.updated,
      link: links.join(', '),
      cacheControl: cacheControl(
        selection.rows.map(({ story }) => story.updatedAt),
        deps.now(),
        narrowing.day !== null,
      ),
    };
  }

  /** What a topic's address would be answered with at this revision of its edition; null where it is no feed of ours. */
  async function renderTopic(url: string, revision: string): Promise<TopicRendering | null> {
    const config = deps.config();
    const topic = readTopic(url, config, FORMATS, deps.regionCodes);
    if (!topic.ok) return null;
    const { edition, format, narrowing, baseUrl } = topic;
    const since = sinceOf(edition, deps.now());
    const stamp = stampOf({ [edition.id]: revision }, edition, config, since);
    const plain = narrowing.canonical === '';
    const render = () => renderFeed({ config, edition, format, narrowing, since, stamp, baseUrl });
    const made = await cache.obtain(
      keyOf(edition, format, narrowing.canonical, baseUrl),
      stamp,
      plain,
      plain ? render : () => inTurn(render),
    );
    return { ...made.identity, contentType: made.contentType };
  }

  /** Where a plain feed that was just asked for stands, as long as revisions and config are the ones it was found under. */
  const found = new Map<string, Found>();

  /** Answers a GET of a plain feed from memory, without waiting for anything; null where that cannot be. */
  function answerNow({ method, url, headers }: IncomingMessage, response: ServerResponse): number | null {
    const revision = revisions.plain.peek();
    if (method !== 'GET' || url === undefined || revision === undefined) return null;
    if (headers['x-forwarded-host'] !== undefined || headers['x-forwarded-proto'] !== undefined) return null;
    const [name, config, now] = [`${url} ${headers.host}`, deps.config(), deps.now()];
    let place = found.get(name);
    if (place?.revision !== revision || place.config !== config) {
      const next = findNow(url, headers, revision, config);
      if (next === null) return null;
      if (found.size >= MAX_FOUND) found.clear();
      found.set(name, next);
      place = next;
    }
    const { format, rendering } = place;
    const coding = chooseCoding(headers['accept-encoding'], rendering.identity.body.length);
    const encoded = inCoding(rendering, coding);
    if (encoded instanceof Promise) return null;
    counters.hits++;
    return writeAnswer(headers, response, { rendering, encoded, coding, format, stale: false }, now);
  }

  function findNow(
    url: string,
    headers: IncomingHttpHeaders,
    revision: Readonly<Record<string, string>>,
    config: Config,
  ): Found | null {
    const [, id, extension] = /^\/feeds\/([^/?%]+)\.([a-z]+)$/.exec(url) ?? [];
    const edition = config.editions.find((one) => one.id === id);
    const format = FORMATS.find((one) => one.extension === extension);
    if (edition === undefined || format === undefined) return null;
    const base = bases({ headers, host: '', protocol: 'http' });
    const rendering = base.known ? cache.peek(keyOf(edition, format, '', base.url)) : undefined;
    const stamp = stampOf(revision, edition, config, sinceOf(edition, deps.now()));
    return rendering?.stamp === stamp ? { revision, config, format, rendering } : null;
  }

  function register(app: FastifyInstance, count: CountRequest): void {
    passBefore(app.server, (request, response) => {
      const status = answerNow(request, response);
      if (status !== null) count(FEED_ROUTE, status);
      return status !== null;
    });
    app.get(FEED_ROUTE, (request, reply) => {
      const { file } = request.params as { file: string };
      const dot = file.lastIndexOf('.');
      const format = FORMATS.find(({ extension }) => extension === file.slice(dot + 1));
      const edition = deps.config().editions.find(({ id }) => id === file.slice(0, Math.max(0, dot)));
      if (edition === undefined || format === undefined) return plainText(reply, 404, unknownFeed(deps.config(), file));
      return answer(request, reply, edition, format);
    });
    serveHub(app, { ...deps, base: (request) => bases(request).url, formats: FORMATS, renderTopic });
    // If-None-Match is no CORS-safelisted header, so a page's script asks before it sends it.
    app.options(FEED_ROUTE, (_request, reply) =>
      reply
        .code(204)
        .headers({
          'access-control-allow-origin': '*',
          'access-control-allow-methods': 'GET, HEAD',
          'access-control-allow-headers': 'If-None-Match, If-Modified-Since, Accept',
          'access-control-max-age': '86400',
        })
        .send(),
    );
  }

  return { cache, counters, register };
}

function keyOf(edition: Edition, format: Format, canonical: string, baseUrl: string): string {
  return `${edition.id}.${format.extension}?${canonical} ${baseUrl}`;
}

function stampOf(
  revisions: Readonly<Record<string, string>>,
  edition: Edition,
  config: Config,
  since: number | null,
): string {
  return `${revisions[edition.id] ?? '0'} ${config.version} ${since}`;
}

function plainText(reply: FastifyReply, status: number, message: string): FastifyReply {
  return sendText(reply, status, `${message}\n`);
}

function unknownFeed(config: Config, file: string): string {
  const editions = config.editions.map(({ id }) => id).join(', ');
  const extensions = FORMATS.map(({ extension }) => `.${extension}`).join(', ');
  return `there is no feed ${quote(file)}. Editions: ${editions}; each as ${extensions}`;
}
