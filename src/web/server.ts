/** Builds the HTTP server of the daemon's parts: feeds and pages for everyone, the desk for its operator. */
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { reason } from '../reasons/catalogue.ts';
import { createLoginCheck } from './auth/basic.ts';
import { operatorCheck } from './auth/operator.ts';
import { serveLogin } from './auth/route.ts';
import type { WebDeps } from './deps.ts';
import { serveDesk } from './deskroutes.ts';
import { createCurrentFeeds } from './feeds/current.ts';
import { PICTURE_LIMITS, serveImages } from './feeds/imageproxy.ts';
import { createPictureRoom } from './feeds/pictureroom.ts';
import { keepReady } from './feeds/keptready.ts';
import { serveFind } from './find/route.ts';
import { createInstantAnswers } from './feeds/instant.ts';
import { serveOpml } from './feeds/editionlist.ts';
import { serveDigests } from './digest/route.ts';
import { FEED_ROUTE, serveFeeds } from './feeds/route.ts';
import { serveHome } from './home/route.ts';
import { isSafe, isTrustedProxy, senderOf } from './http/access.ts';
import { basesOf } from './http/baseurl.ts';
import { answer, handleErrors } from './http/errors.ts';
import { acceptForms } from './http/formfields.ts';
import { SAFETY_HEADERS } from './http/safetyheaders.ts';
import { mountAnswers, mountPath, withoutMount } from './http/mountpath.ts';
import { listenOnBoth, memoryFirst } from './http/memoryfirst.ts';
import { answerUnread, namesOneHost, pathOf, refuseTunnels } from './http/requesttarget.ts';
import { serveHealth } from './ops/liveness.ts';
import { createMetrics } from './ops/metrics.ts';
import { serveStories } from './story/route.ts';
import { serveAssets } from './ui/assets.ts';
import { serveCallbacks } from './websub/callback.ts';
import { serveHub } from './websub/hub.ts';

const BODY_BYTES = 64 * 1024;
const REQUEST_MS = 15_000;

/** A server that does not listen yet; the caller listens and closes. */
export function createWeb(deps: WebDeps): FastifyInstance {
  const logger: FastifyBaseLogger = deps.log;
  const baseOf = basesOf(deps);
  const mount = () => mountPath(deps.config().settings.server);
  const feeds = createCurrentFeeds(deps);
  const pictures = createPictureRoom(PICTURE_LIMITS);
  const metrics = createMetrics(feeds, pictures);
  const answerNow = createInstantAnswers(deps, feeds, baseOf);
  const app = Fastify({
    serverFactory: memoryFirst(
      (request, response) => {
        const status = namesOneHost(request) ? answerNow(request, response) : null;
        if (status !== null) metrics.countRequest(FEED_ROUTE, status);
        return status !== null;
      },
      (target) => withoutMount(target, mount()),
    ),
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // A logger of its own for each request costs more than answering from memory.
    childLoggerFactory: (parent) => parent,
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    // A proxy on this machine, or one that the config names, says which address it passes a request on for; what others
    // say of it is ignored.
    trustProxy: (address) => isTrustedProxy(address, deps.config().settings.server.trustedProxies),
    forceCloseConnections: true,
    clientErrorHandler: answerUnread,
    routerOptions: { maxParamLength: 200 },
  });
  listenOnBoth(app, () => deps.config().settings.server.host);
  refuseTunnels(app);
  acceptForms(app);
  guardAll(app, deps);
  app.addHook('onResponse', (request, reply, done) => {
    metrics.countRequest(request.routeOptions.url ?? 'none', reply.statusCode);
    done();
  });
  mountAnswers(app, mount);
  const checkLogin = createLoginCheck(deps);
  const isOperator = operatorCheck(deps, checkLogin);
  handleErrors(app, deps, isOperator);

  serveAssets(app);
  serveHealth(app, deps, isOperator);
  serveFeeds(app, deps, feeds, baseOf);
  serveOpml(app, deps, baseOf);
  serveHub(app, deps, feeds, baseOf);
  serveCallbacks(app, deps);
  serveImages(app, deps, pictures);
  serveHome(app, deps, baseOf);
  serveStories(app, deps, baseOf);
  serveFind(app, deps);
  serveDigests(app, deps);
  serveLogin(app, deps, checkLogin);
  serveDesk(app, deps, { checkLogin, metrics, baseOf });
  let stopKeeping: () => void = () => undefined;
  app.addHook('onListen', async () => {
    stopKeeping = keepReady(deps, feeds);
  });
  app.addHook('onClose', async () => stopKeeping());
  return app;
}

/** Refuses targets that are none and what a page of another site sends, and gives every answer the headers that keep pages safe. */
function guardAll(app: FastifyInstance, deps: WebDeps): void {
  const { config } = deps;
  app.addHook('onRequest', (request, reply, done) => {
    if (!namesOneHost(request.raw)) {
      const text = reason('request.malformed', { said: 'the request names two hosts' });
      answer(request, reply, deps, { status: 400, title: 'failed', text });
      return;
    }
    // `*` is a target of OPTIONS alone (RFC 9112 §3.2.4).
    if (pathOf(request.url) === null && !(request.method === 'OPTIONS' && request.url === '*')) {
      const text = reason('request.malformed', { said: 'the target of the request is no path of this server' });
      answer(request, reply, deps, { status: 400, title: 'failed', text });
      return;
    }
    if (!isSafe(request) && senderOf(config().settings.server, request.headers) === 'another') {
      answer(request, reply, deps, { status: 403, title: 'refused', text: reason('request.from-elsewhere') });
      return;
    }
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    for (const [name, value] of Object.entries(SAFETY_HEADERS)) if (!reply.hasHeader(name)) reply.header(name, value);
    done(null, payload);
  });
}
