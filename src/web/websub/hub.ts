/** Takes WebSub subscriptions at /hub, and has changed feeds sent to the subscribers. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { createDistributor, type TopicRendering } from '../../websub/distribute.ts';
import { readRequest } from '../../websub/request.ts';
import { saveSubscription, startFrom, subscriptionId } from '../../store/websub/subscriptions.ts';
import { boundsOf, explainFull } from '../../websub/limits.ts';
import { addPushes, countUndone } from '../../jobs/queues.ts';
import { readRevisions } from '../../store/stories/stories.ts';
import { messageOf } from '../../text/messageof.ts';
import { blockOf } from '../../text/addressblock.ts';
import { createThrottle } from '../http/access.ts';
import { fromStore } from '../http/storetimeout.ts';
import { sendText } from '../pagecontext.ts';
import type { WebDeps } from '../deps.ts';
import type { BaseOf } from '../http/baseurl.ts';
import { readTopic } from './topic.ts';
import type { CurrentFeeds } from '../feeds/current.ts';
import { ownHub } from '../feeds/hublink.ts';
import { formats } from '../../publish/formats.ts';

/** How often changes are looked for: a look is one or two reads of Redis. */
const LOOK_MS = 200;
/** Requests from one address, or one /64, within a minute. */
const MAX_REQUESTS = 120;
/** Push jobs that may wait; beyond, subscribers are asked to come back. */
const MAX_WAITING = 20_000;

export function serveHub(app: FastifyInstance, deps: WebDeps, feeds: CurrentFeeds, baseOf: BaseOf): void {
  const throttle = createThrottle(MAX_REQUESTS);

  app.post('/hub', async (request, reply) => {
    if (deps.config().settings.push.hub !== 'own') return tell(reply, 404, 'this server is no hub');
    const party = blockOf(request.ip, 64);
    if (throttle.blocked(party, deps.now()))
      return tell(reply.header('retry-after', '60'), 429, 'too many requests; wait a minute');
    const asked = throttle.count(party, deps.now());
    const read = readRequest((request.body ?? {}) as Record<string, unknown>);
    if (!read.ok) return tell(reply, 400, read.message);
    const { topic: url, callback, mode } = read.request;
    const topic = readTopic(url, deps.config(), deps.regionCodes);
    if (!topic.ok) return tell(reply, 404, topic.message);
    if (topic.baseUrl !== baseOf(request).url) return tell(reply, 404, 'hub.topic is no feed of this server');
    const isNarrowed = topic.narrowing.canonical !== '';
    const refusal = await fromStore(async () => {
      if ((await countUndone(deps.queues)) > MAX_WAITING) return 'too much is being delivered; come back later';
      if (mode === 'unsubscribe') return null;
      const { secret, leaseMs } = read.request;
      const [id, edition, expiresAt] = [subscriptionId(url, callback), topic.edition.id, deps.now() + leaseMs];
      const one = { id, topic: url, edition, callback, secret, expiresAt };
      const bounds = boundsOf({ topic: url, callback, isNarrowed, from: request.ip });
      const full = await saveSubscription(deps.store, one, bounds, deps.now(), false);
      return full === null ? null : explainFull(full);
    });
    if (refusal !== null) return tell(reply.header('retry-after', '600'), 503, refusal);
    if (mode === 'subscribe') {
      const revisions = await fromStore(() => readRevisions(deps.store));
      const now = await renderTopic(deps, feeds, url, revisions[topic.edition.id] ?? '0');
      if (now !== null) await fromStore(() => startFrom(deps.store, url, now.etag));
    }
    await fromStore(() =>
      addPushes(
        deps.queues,
        [{ kind: 'verify', edition: topic.edition.id, request: read.request, isNarrowed, from: request.ip }],
        'verify',
        // Who asked for little goes first.
        asked,
      ),
    );
    return tell(reply, 202, 'the callback will be asked to confirm');
  });

  app.get('/hub', (_request, reply) =>
    tell(
      reply.header('allow', 'POST'),
      405,
      'This is a WebSub hub (https://www.w3.org/TR/websub/): subscribe by POST.',
    ),
  );

  distributeChanges(app, deps, feeds);
}

/** What a topic's address would be answered with at this revision of its edition; null where it is no feed of ours. */
async function renderTopic(
  { config, regionCodes }: WebDeps,
  feeds: CurrentFeeds,
  url: string,
  revision: string,
): Promise<TopicRendering | null> {
  const inForce = config();
  const topic = readTopic(url, inForce, regionCodes);
  if (!topic.ok) return null;
  const { identity, contentType } = await feeds.obtainAt({ config: inForce, ...topic }, revision);
  return { ...identity, contentType };
}

/** Looks for changes while the server listens. */
function distributeChanges(app: FastifyInstance, deps: WebDeps, feeds: CurrentFeeds): void {
  const { store, queues, now, log } = deps;
  const distributor = createDistributor({
    store,
    now,
    hub: () => hubInForce(deps),
    render: (topic, revision) => renderTopic(deps, feeds, topic.url, revision),
    deliver: (topic, subscriptions) => {
      const hub = ownHub(topic.slice(0, topic.lastIndexOf('/feeds/')));
      return addPushes(
        queues,
        subscriptions.map((subscription) => ({ kind: 'deliver', subscription, hub })),
      );
    },
    ping: (hub, topics) => addPushes(queues, [{ kind: 'ping', hub, topics }]),
  });
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const look = async () => {
    await fromStore(() => distributor.look(), TURN_MS).catch((error: unknown) => {
      log.debug({ error: messageOf(error) }, 'changes could not be distributed yet');
    });
    if (!closed) timer = setTimeout(() => void look(), LOOK_MS);
  };
  app.addHook('onListen', (done) => {
    timer = setTimeout(() => void look(), LOOK_MS);
    done();
  });
  app.addHook('onClose', (_app, done) => {
    closed = true;
    clearTimeout(timer);
    done();
  });
}

/** A distribution to thousands of subscribers is more than one answer's work. */
const TURN_MS = 10_000;

function hubInForce({ config }: WebDeps): ReturnType<Parameters<typeof createDistributor>[0]['hub']> {
  const { editions, settings } = config();
  const { hub } = settings.push;
  const { baseUrl } = settings.server;
  if (hub === 'own') return { kind: 'own' };
  // Another hub fetches the feeds itself: it needs an address that holds everywhere.
  if (hub === 'none' || baseUrl === null) return null;
  const base = baseUrl.replace(/(?<!\/)\/+$/, '');
  const topics = new Map(
    editions.map(({ id }) => [
      id,
      formats.map(({ extension }) => `${base}/feeds/${encodeURIComponent(id)}.${extension}`),
    ]),
  );
  return { kind: 'other', url: hub, topics };
}

function tell(reply: FastifyReply, status: number, message: string): FastifyReply {
  return sendText(reply, status, `${message}\n`);
}
