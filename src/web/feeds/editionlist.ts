/** Answers /opml: the editions as a list that readers can subscribe to at once. */
import type { FastifyInstance } from 'fastify';
import { formats } from '../../publish/formats.ts';
import { renderOpml } from '../../publish/opml.ts';
import type { WebDeps } from '../deps.ts';
import { type BaseOf, varyOfBase } from '../http/baseurl.ts';

export function serveOpml(app: FastifyInstance, { config }: Pick<WebDeps, 'config'>, baseOf: BaseOf): void {
  app.get('/opml', (request, reply) => {
    const base = baseOf(request).url;
    const outlines = config().editions.map(({ id, title }) => ({
      title,
      xmlUrl: `${base}/feeds/${encodeURIComponent(id)}.${formats[0]?.extension ?? 'rss'}`,
      htmlUrl: `${base}/?edition=${encodeURIComponent(id)}`,
    }));
    return reply
      .header('cache-control', 'public, max-age=60')
      .header('vary', varyOfBase(config().settings.server) || 'Accept-Encoding')
      .header('content-disposition', 'inline; filename="deltawire.opml"')
      .type('text/x-opml; charset=utf-8')
      .send(renderOpml('deltawire', outlines));
  });
}
