/** Answers the hubs that push sources to this daemon: confirms subscriptions, and takes what they send. */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { reason } from '../../reasons/catalogue.ts';
import { CALLBACK_PATH, tokenOf } from '../../websub/callbackurl.ts';
import { changeFollowing, type Following, keepBody, readFollowing, readLeft } from '../../store/websub/followings.ts';
import { isSigned } from '../../websub/signature.ts';
import { sameSecret } from '../../text/secrets.ts';
import { addReceipt } from '../../jobs/queues.ts';
import { setDue } from '../../store/sources/sources.ts';
import { createThrottle } from '../http/access.ts';
import { fromStore } from '../http/storetimeout.ts';
import { sendText } from '../pagecontext.ts';
import { textOf } from '../http/formfields.ts';
import type { WebDeps } from '../deps.ts';
import { DAY_MS } from '../../text/time.ts';

/** The lease where the hub names none, and the longest that is accepted. */
const LEASE_MS = 10 * DAY_MS;
const MAX_LEASE_MS = 365 * DAY_MS;
/** A lease is renewed when a quarter of it is left. */
const RENEW_AT = 0.75;
/** A hub that refused is asked again after this. */
const DENIED_MS = 7 * DAY_MS;
/** Messages of one hub for one source within a minute. */
const MAX_MESSAGES = 60;
const MAX_CHALLENGE = 4_096;
const MAX_REASON = 200;

export function serveCallbacks(app: FastifyInstance, deps: WebDeps): void {
  const throttle = createThrottle(MAX_MESSAGES);
  const route = `${CALLBACK_PATH}/:source/:token`;

  app.get(route, async (request, reply) => {
    const { token } = request.params as Parameters;
    const [mode, topic, challenge] = [
      textOf(request, 'hub.mode'),
      textOf(request, 'hub.topic', 4_000),
      textOf(request, 'hub.challenge', MAX_CHALLENGE),
    ];
    const following = await find(deps, request);
    const left = following === null ? await fromStore(() => readLeft(deps.store, token)) : null;
    // WebSub §5.3: what was not asked for is answered with 404.
    if (mode === 'unsubscribe')
      return left === topic ? sendText(reply, 200, challenge) : sendText(reply, 404, 'not asked for');
    if (following === null || following.topic !== topic) return sendText(reply, 404, 'not asked for');
    if (mode === 'denied') {
      await deny(deps, following, textOf(request, 'hub.reason', MAX_REASON));
      return sendText(reply, 200, '');
    }
    if (mode !== 'subscribe' || challenge === '') return sendText(reply, 404, 'not asked for');
    await confirm(deps, following, Number(textOf(request, 'hub.lease_seconds')));
    return sendText(reply, 200, challenge);
  });

  app.register(async (scope) => {
    // The body is read here, as it came: its signature is over its bytes, and its bound is the config's.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, done) => done(null));
    scope.post(route, (request, reply) => take(request, reply));
  });

  async function take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const following = await find(deps, request);
    // 410 ends a subscription that is no longer wanted (WebSub §7).
    if (following === null) return sendText(reply, 410, 'nobody asked for this any more');
    const { source } = following;
    if (throttle.blocked(source, deps.now()))
      return sendText(reply.header('retry-after', '60'), 429, 'too many messages');
    throttle.count(source, deps.now());
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
      return sendText(reply, 415, 'send it without a content coding');
    const body = await readBytes(request.raw, deps.config().settings.fetch.maxBytes);
    if (body === null) return sendText(reply.header('connection', 'close'), 413, 'too long');
    const signature = request.headers['x-hub-signature'];
    if (!isSigned(Array.isArray(signature) ? signature[0] : signature, following.secret, body)) {
      deps.log.warn({ source, hub: following.hub }, 'a pushed document has no right signature and is passed over');
      // WebSub §7.1 lets it be acknowledged, so that signatures cannot be tried out.
      return sendText(reply, 202, '');
    }
    const contentType = request.headers['content-type'] ?? '';
    const kept = await fromStore(() => keepBody(deps.store, source, { contentType, body }));
    if (!kept) return sendText(reply.header('retry-after', '60'), 503, 'earlier messages are still being read');
    await fromStore(() => addReceipt(deps.queues, source));
    return sendText(reply, 202, '');
  }
}

interface Parameters {
  readonly source: string;
  readonly token: string;
}

/** What the callback's address was made for; null where it is no longer one of ours. */
async function find({ store }: WebDeps, request: FastifyRequest): Promise<Following | null> {
  const { source, token } = request.params as Parameters;
  const following = await fromStore(() => readFollowing(store, source));
  return following !== null && sameSecret(tokenOf(following.callback), token) ? following : null;
}

async function confirm(deps: WebDeps, following: Following, seconds: number): Promise<void> {
  const leaseMs = seconds > 0 ? Math.min(MAX_LEASE_MS, seconds * 1_000) : LEASE_MS;
  const now = deps.now();
  const fields = { state: 'active', tries: 0, why: null, expiresAt: now + leaseMs } as const;
  await fromStore(() => changeFollowing(deps.store, following, fields, now + leaseMs * RENEW_AT));
  deps.log.info({ source: following.source, hub: following.hub, leaseMs }, 'hub pushes this source');
}

async function deny(deps: WebDeps, following: Following, said: string): Promise<void> {
  const { source, hub } = following;
  const now = deps.now();
  const fields = {
    state: 'denied',
    why: said === '' ? reason('websub.denied') : reason('websub.denied.said', { said }),
  } as const;
  await fromStore(() => changeFollowing(deps.store, following, fields, now + DENIED_MS));
  await fromStore(() => setDue(deps.store, [{ id: source, at: now }], 'earlier'));
  deps.log.warn({ source, hub, said }, 'hub refuses to push this source; it is polled');
}

/** The whole body; null where it is longer than `maxBytes`. */
async function readBytes(stream: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  if (Number(stream.headers['content-length'] ?? 0) > maxBytes) return null;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
