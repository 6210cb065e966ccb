/** Says whether this hub has room for one more subscription. */
import type { Store } from '../store/redis/keys.ts';
import { countSubscriptions, readTopics, subscribersOf, type Subscription } from '../store/websub/subscriptions.ts';

const subscriptionLimits = { all: 10_000, perTopic: 5_000, perHost: 500, topics: 200 } as const;

/** Why no further subscription of this kind is taken; null where there is room. A renewal always has room. */
export async function refuseForLimits(
  store: Store,
  wish: Pick<Subscription, 'id' | 'topic' | 'callback'>,
  now: number,
): Promise<string | null> {
  const counts = await countSubscriptions(store, wish, now);
  if (counts === null) return null;
  if (counts.all >= subscriptionLimits.all) return 'this hub has no room for more subscriptions';
  if (counts.ofTopic >= subscriptionLimits.perTopic) return 'this topic has no room for more subscriptions';
  if (counts.ofHost >= subscriptionLimits.perHost) return 'too many subscriptions from one host';
  if (counts.topicKnown || counts.topics < subscriptionLimits.topics) return null;
  // Topics whose last lease ended are forgotten at their next change; for room it is done now.
  const { topics } = await readTopics(store);
  const living = await Promise.all(topics.map(({ url }) => subscribersOf(store, url, now)));
  const taken = living.filter((ids) => ids.length > 0).length;
  return taken >= subscriptionLimits.topics ? 'too many different topics are subscribed to' : null;
}
