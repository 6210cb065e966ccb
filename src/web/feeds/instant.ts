/** Answers a plain feed that was just asked for from memory, without waiting for anything. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../../model/config.ts';
import type { Format } from '../../publish/formats.ts';
import type { WebDeps } from '../deps.ts';
import type { BaseOf } from '../http/baseurl.ts';
import { chooseCoding } from '../http/encoding.ts';
import { writeAnswer } from '../http/feedresponse.ts';
import { inCoding, type Rendering } from '../http/renderings.ts';
import type { CurrentFeeds, Revisions } from './current.ts';
import { readNarrowing, findFeed } from './query.ts';

/** Addresses and hosts of plain feeds are few. */
const MAX_FOUND = 500;

/** Where an address led, as long as revisions and config are the ones it was found under. */
interface Found {
  readonly revisions: Revisions;
  readonly config: Config;
  readonly format: Format;
  readonly rendering: Rendering;
}

/** The status that the request was answered with; null where it was not answered. */
export type AnswerNow = (request: IncomingMessage, response: ServerResponse) => number | null;

export function createInstantAnswers(deps: WebDeps, feeds: CurrentFeeds, baseOf: BaseOf): AnswerNow {
  const found = new Map<string, Found>();

  function find(url: string, headers: IncomingMessage['headers'], revisions: Revisions, config: Config): Found | null {
    const [, file = ''] = /^\/feeds\/([^/?%]+)$/.exec(url) ?? [];
    const feed = findFeed(config, file);
    if (feed === null) return null;
    const base = baseOf({ headers, host: '', protocol: 'http', socket: { remoteAddress: undefined } });
    const narrowed = readNarrowing({}, feed.edition, config, deps.regionCodes);
    if (!base.known || !narrowed.ok) return null;
    const request = { config, ...feed, narrowing: narrowed.narrowing, baseUrl: base.url };
    const rendering = feeds.peek(request, revisions);
    return rendering === undefined ? null : { revisions, config, format: feed.format, rendering };
  }

  return ({ method, url, headers }, response) => {
    const revisions = feeds.lastRevisions();
    if (method !== 'GET' || url === undefined || revisions === undefined) return null;
    if (headers['x-forwarded-host'] !== undefined || headers['x-forwarded-proto'] !== undefined) return null;
    const [name, config, now] = [`${url} ${headers.host}`, deps.config(), deps.now()];
    let place = found.get(name);
    if (place?.revisions !== revisions || place.config !== config) {
      const next = find(url, headers, revisions, config);
      if (next === null) return null;
      if (found.size >= MAX_FOUND) found.clear();
      found.set(name, next);
      place = next;
    }
    const { format, rendering } = place;
    const coding = chooseCoding(headers['accept-encoding'], rendering.identity.body.length);
    const encoded = inCoding(rendering, coding);
    if (encoded instanceof Promise) return null;
    feeds.counters.hits++;
    return writeAnswer(headers, response, { rendering, encoded, coding, format, stale: false }, now);
  };
}
