/** Answers a reader's GET for an edition: narrowed, cached, conditional, compressed. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../model/config.ts';
import { formats } from '../../publish/formats.ts';
import { reason } from '../../reasons/catalogue.ts';
import { languageOfText, sendText } from '../pagecontext.ts';
import { say } from '../../reasons/render.ts';
import type { Reason } from '../../model/reason.ts';
import type { WebDeps } from '../deps.ts';
import type { BaseOf } from '../http/baseurl.ts';
import { chooseCoding } from '../http/encoding.ts';
import { writeFeed } from '../http/feedresponse.ts';
import { legible } from '../http/legible.ts';
import { inCoding } from '../http/renderings.ts';
import type { CurrentFeeds } from './current.ts';
import { type Query, readNarrowing, findFeed } from './query.ts';

export const FEED_ROUTE = '/feeds/:file';

export function serveFeeds(app: FastifyInstance, deps: WebDeps, feeds: CurrentFeeds, baseOf: BaseOf): void {
  app.get(FEED_ROUTE, async (request, reply) => {
    const { file } = request.params as { file: string };
    const config = deps.config();
    const feed = findFeed(config, file);
    if (feed === null) return refuse(request, reply, 404, unknownFeed(config, file));
    const narrowed = readNarrowing(request.query as Query, feed.edition, config, deps.regionCodes);
    if (!narrowed.ok) return refuse(request, reply, 400, narrowed.why);
    const { narrowing } = narrowed;
    const base = baseOf(request);
    const plain = narrowing.canonical === '' && base.known;
    const obtained = await feeds.obtain({ config, ...feed, narrowing, baseUrl: base.url }, plain);
    if (obtained.kind === 'busy')
      return refuse(request, reply.header('retry-after', '5'), 503, reason('request.feed.busy'));
    const { rendering, stale } = obtained;
    const coding = chooseCoding(request.headers['accept-encoding'], rendering.identity.body.length);
    const encoded = await inCoding(rendering, coding);
    return writeFeed(request, reply, { rendering, encoded, coding, format: feed.format, stale }, deps.now());
  });

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

function refuse(request: FastifyRequest, reply: FastifyReply, status: number, why: Reason): FastifyReply {
  return sendText(reply, status, `${say(why, languageOfText(request))}\n`);
}

function unknownFeed({ editions }: Config, file: string): Reason {
  return reason('request.feed.unknown', {
    feed: legible(file),
    editions: editions.map(({ id }) => id),
    formats: formats.map(({ extension }) => `.${extension}`),
  });
}
