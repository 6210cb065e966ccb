/** Turns changed revisions of editions into bodies kept for delivery and jobs that deliver them, once for all processes. */
import type { Store } from '../store/redis/keys.ts';
import { runAlone } from '../store/redis/mutex.ts';
import { type AnnouncedRevision, readAnnounced } from '../store/stories/stories.ts';
import {
  forgetTopic,
  markDone,
  markSent,
  pingOf,
  readDone,
  readTopics,
  saveBody,
  subscribersOf,
  type Topic,
  wasSent,
} from '../store/websub/subscriptions.ts';

export interface TopicRendering {
  readonly etag: string;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface DistributorDeps {
  readonly store: Store;
  readonly now: () => number;
  /** The hub in force: its address as subscribers know it under a topic, another hub and its topics by edition, or none. */
  readonly hub: () =>
    | { readonly kind: 'own' }
    | { readonly kind: 'other'; readonly url: string; readonly topics: ReadonlyMap<string, readonly string[]> }
    | null;
  /** The topic's document as it is now; null where the feed is gone. */
  readonly render: (topic: Topic, revision: string) => Promise<TopicRendering | null>;
  readonly deliver: (topic: string, subscriptions: readonly string[]) => Promise<void>;
  readonly ping: (hub: string, topics: readonly string[]) => Promise<void>;
}

/** Stories that are committed within this time go out together … */
const QUIET_MS = 400;
/** … but none waits longer than this. */
const MOST_MS = 1_000;
/** How long one process may take for a distribution before another one may try. */
const TURN_MS = 10_000;

const NEVER_CHANGED: AnnouncedRevision = { revision: '0', announced: '0' };

interface Change {
  readonly since: number;
  readonly revision: string;
  readonly at: number;
}

export interface Distributor {
  /** Looks once whether something is to be distributed. Rejects where the store or a rendering fails; nothing is lost then. */
  look(): Promise<void>;
}

export function createDistributor(deps: DistributorDeps): Distributor {
  const { store, now } = deps;
  const changes = new Map<string, Change>();
  const alone = (name: string, work: () => Promise<void>) => runAlone(store, `push:${name}`, TURN_MS, work);

  /** True once a changed revision has been quiet for long enough. */
  function isDue(name: string, revision: string): boolean {
    const at = now();
    const known = changes.get(name);
    if (known?.revision !== revision) changes.set(name, { since: known?.since ?? at, revision, at });
    const change = changes.get(name) ?? { since: at, revision, at };
    return at - change.at >= QUIET_MS || at - change.since >= MOST_MS;
  }

  async function distribute(topic: Topic, { revision, announced }: AnnouncedRevision): Promise<void> {
    const subscribers = await subscribersOf(store, topic.url, now());
    if (subscribers.length === 0) return;
    const rendering = await deps.render(topic, revision);
    if (rendering === null) {
      await forgetTopic(store, topic.url);
      return;
    }
    // Jobs before the mark: a crash in between delivers twice rather than never.
    if (!(await wasSent(store, topic.url, rendering.etag))) {
      await saveBody(store, topic.url, rendering);
      await deps.deliver(topic.url, subscribers);
      await markSent(store, topic.url, rendering.etag);
    }
    await markDone(store, topic.url, announced);
  }

  async function lookAtTopics(): Promise<void> {
    const { topics, done } = await readTopics(store);
    if (topics.length === 0) return;
    const revisions = await readAnnounced(store);
    for (const topic of topics) {
      const edition = revisions[topic.edition] ?? NEVER_CHANGED;
      if (done[topic.url] === edition.announced) changes.delete(topic.url);
      else if (isDue(topic.url, edition.announced)) await alone(topic.url, () => distribute(topic, edition));
    }
  }

  async function lookForHub(hub: string, topics: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const editions = [...topics.keys()];
    const names = editions.map(pingOf);
    const [revisions, done] = await Promise.all([readAnnounced(store), readDone(store, names)]);
    for (const [i, edition] of editions.entries()) {
      const [name, { announced }] = [names[i] ?? '', revisions[edition] ?? NEVER_CHANGED];
      if (done[i] === announced) changes.delete(name);
      else if (isDue(name, announced))
        await alone(name, async () => {
          await deps.ping(hub, topics.get(edition) ?? []);
          await markDone(store, name, announced);
        });
    }
  }

  return {
    async look() {
      const hub = deps.hub();
      if (hub?.kind === 'own') await lookAtTopics();
      else if (hub !== null) await lookForHub(hub.url, hub.topics);
    },
  };
}
