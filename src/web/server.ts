/** Turns the daemon's parts into an HTTP server: feeds and pages for everyone, the desk for its operator. */
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { isTrustedProxy, senderOf } from './http/access.ts';
import { serveAssets } from './http/assets.ts';
import { mountBoard } from './ops/board.ts';
import { serveCallbacks } from './websub/callback.ts';
import type { WebDeps } from './deps.ts';
import { serveDesk } from './desk.ts';
import { handleErrors } from './http/errors.ts';
import { createFeeds } from './feeds/route.ts';
import { guardDesk, isSafe } from './auth/guard.ts';
import { serveImages } from './feeds/imageproxy.ts';
import { serveHealth } from './ops/liveness.ts';
import { serveLogin } from './auth/route.ts';
import { createMetrics } from './ops/metrics.ts';
import { servePages } from './home/route.ts';
import { createLoginCheck } from './auth/basic.ts';
import { SAFETY_HEADERS } from './http/headers.ts';
import { statusReader } from './status/gather.ts';

const BODY_BYTES = 64 * 1024;
const REQUEST_MS = 15_000;

/** A server that does not listen yet; the caller listens and closes. */
export function createWeb(deps: WebDeps): FastifyInstance {
  const logger: FastifyBaseLogger = deps.log;
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger of its own for each request costs more than answering from memory.
    childLoggerFactory: (parent) => parent,
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    // A proxy on this machine, or one that the config names, says whom it speaks for; nobody else is believed.
    trustProxy: (address) => isTrustedProxy(address, deps.config().settings.server.trustedProxies),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  });
  const feeds = createFeeds(deps);
  const metrics = createMetrics(feeds.cache, feeds.counters);
  const readStatus = statusReader(deps);

  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook('onRequest', (request, reply, done) => {
    if (!isSafe(request) && senderOf(deps.config().settings.server, request.headers) === 'another') {
      reply
        .code(403)
        .type('text/plain; charset=utf-8')
        .send('This request came from a page of another site and was refused.\n');
      return;
    }
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    for (const [name, value] of Object.entries(SAFETY_HEADERS)) if (!reply.hasHeader(name)) reply.header(name, value);
    done(null, payload);
  });
  app.addHook('onResponse', (request, reply, done) => {
    metrics.countRequest(request.routeOptions.url ?? 'none', reply.statusCode);
    done();
  });
  handleErrors(app, deps);

  serveAssets(app);
  serveHealth(app, deps);
  feeds.register(app, metrics.countRequest);
  serveCallbacks(app, deps);
  serveImages(app, deps);
  servePages(app, deps);
  const checkLogin = createLoginCheck(deps);
  serveLogin(app, deps, checkLogin);
  app.register(async (desk) => {
    guardDesk(desk, deps, checkLogin);
    serveDesk(desk, deps, readStatus, metrics);
    mountBoard(desk, deps);
  });
  return app;
}
