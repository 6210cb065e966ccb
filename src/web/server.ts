/** Turns the daemon's parts into an HTTP server: feeds and pages for everyone, the desk for its operator. */
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply, LogController } from 'fastify';
import { createThrottle, deskAccess, isCrossSite } from './access.ts';
import { serveAssets } from './assets.ts';
import { mountBoard } from './board.ts';
import { serveCallbacks } from './callback.ts';
import type { WebDeps } from './deps.ts';
import { serveDesk } from './desk.ts';
import { handleErrors } from './errors.ts';
import { createFeeds } from './feeds.ts';
import { serveHealth } from './liveness.ts';
import { createMetrics } from './metrics.ts';
import { servePages } from './pages.ts';
import { SAFETY_HEADERS } from './safety.ts';
import { statusReader } from './status.ts';

const BODY_BYTES = 64 * 1024;
const REQUEST_MS = 15_000;
/** Wrong passwords from one address within a minute. */
const MAX_WRONG_PASSWORDS = 20;

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
    // A proxy on this machine says whom it speaks for; nobody else is believed.
    trustProxy: 'loopback',
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
    const safe = request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS';
    if (!safe && isCrossSite(deps.config().settings.server, request.headers)) {
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
  servePages(app, deps);
  app.register(async (desk) => {
    guard(desk, deps);
    serveDesk(desk, deps, readStatus, metrics);
    mountBoard(desk, deps);
  });
  return app;
}

/** Everything under this instance asks who is there. By route and not by path, so that no spelling slips through. */
function guard(desk: FastifyInstance, { config, now }: WebDeps): void {
  const throttle = createThrottle(MAX_WRONG_PASSWORDS);
  const refuse = (reply: FastifyReply, status: number, message: string) =>
    void reply.code(status).type('text/plain; charset=utf-8').send(`${message}\n`);
  desk.addHook('onRequest', (request, reply, done) => {
    reply.header('cache-control', 'no-store');
    if (throttle.blocked(request.ip, now())) {
      reply.header('retry-after', '60');
      refuse(reply, 429, 'Too many wrong passwords; wait a minute.');
      return;
    }
    const access = deskAccess(config().settings.server, request.headers);
    if (access.allowed) {
      done();
      return;
    }
    if (request.headers.authorization !== undefined) throttle.count(request.ip, now());
    if (access.status === 401) reply.header('www-authenticate', 'Basic realm="deltawire", charset="UTF-8"');
    refuse(reply, access.status, access.message);
  });
}
