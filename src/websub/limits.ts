/** Says whom a subscription counts for, and how much this hub takes of each: plain topics have room whatever others want. */
import { isIP } from 'node:net';
import { blockOf } from '../text/addressblock.ts';
import { parseUrl, registeredDomain } from '../text/url.ts';
import type { SubscriptionBounds } from '../store/websub/subscriptions.ts';

/** Subscriptions in force at a time. */
const MOST = {
  all: 10_000,
  ofTopic: 5_000,
  /** Of feeds that their address narrows: anyone makes as many topics of those as they like, and each is rendered apart. */
  narrowed: 2_000,
  narrowedTopics: 200,
  /** Whose callbacks lie with one party: a registered domain, an address, a /64. */
  to: { all: 100, ofTopic: 10, narrowed: 20 },
  /** Whom one party asked for: behind a proxy that is not told of, all ask from one address. */
  from: { all: 500, narrowed: 20 },
} as const;
/** A site is given a /48 of IPv6 addresses, which holds 65,536 /64: it has so many times as much as one of them. */
const TIMES_OF_SITE = 5;

export interface Wish {
  readonly topic: string;
  readonly callback: string;
  /** The topic's address narrows a feed. */
  readonly isNarrowed: boolean;
  /** Address that the wish came from; null where it is not known. */
  readonly from: string | null;
}

interface Party {
  readonly name: string;
  readonly times: number;
}

/** The party that holds a host: its registered domain, its address, or the /64 and the /48 of that. */
export function partiesOf(host: string): readonly Party[] {
  const bare = host.replaceAll(/^\[|\]$/g, '');
  if (isIP(bare) === 0) return [{ name: registeredDomain(bare), times: 1 }];
  const [one, site] = [blockOf(bare, 64), blockOf(bare, 48)];
  return one === site
    ? [{ name: one, times: 1 }]
    : [
        { name: one, times: 1 },
        { name: site, times: TIMES_OF_SITE },
      ];
}

/** The nearest party that holds a callback: who shares a turn with it. */
export function partyOf(callback: string): string {
  return partiesOf(parseUrl(callback)?.hostname ?? '')[0]?.name ?? '';
}

type Share = readonly [of: string, most: number];

const groupsOf = (way: 'to' | 'from', host: string, shares: readonly Share[]) =>
  partiesOf(host).flatMap(({ name, times }) =>
    shares.map(([of, most]) => ({ name: `${way} ${name}${of}`, most: most * times })),
  );

export function boundsOf({ topic, callback, isNarrowed, from }: Wish): SubscriptionBounds {
  const { to, from: asked } = MOST;
  const narrowed = (most: number): readonly Share[] => (isNarrowed ? [[' narrowed', most]] : []);
  const host = parseUrl(callback)?.hostname ?? '';
  return {
    all: MOST.all,
    ofTopic: MOST.ofTopic,
    groups: [
      ...groupsOf('to', host, [['', to.all], [` of ${topic}`, to.ofTopic], ...narrowed(to.narrowed)]),
      ...(from === null ? [] : groupsOf('from', from, [['', asked.all], ...narrowed(asked.narrowed)])),
      ...(isNarrowed ? [{ name: 'narrowed', most: MOST.narrowed }] : []),
    ],
    narrowedTopics: isNarrowed ? MOST.narrowedTopics : null,
  };
}

/** Why the group that is full takes no more. */
export function explainFull(full: string): string {
  if (full === 'all') return 'this hub has no room for more subscriptions';
  if (full === 'topic') return 'this topic has no room for more subscriptions';
  if (full === 'narrowed topics' || full === 'narrowed')
    return 'too many narrowed feeds are subscribed to; the plain ones have room';
  return full.startsWith('to ')
    ? 'too many subscriptions of one domain or network'
    : 'too many subscriptions were asked for from one network';
}
