/** Names of all Redis keys; each begins with the store's prefix. */
import type { Redis } from 'ioredis';
import { beijingDate } from '../../text/time.ts';
import type { Unreadable } from '../../model/storedrecord.ts';

/** A connection and the prefix of its keys; what every function of this room takes first. */
export interface Store {
  readonly redis: Redis;
  readonly prefix: string;
  /** Told of each record that is skipped because it cannot be read. */
  readonly onUnreadable?: (record: Unreadable) => void;
}

/** Prefix of a daemon's keys. */
export const KEY_PREFIX = 'dw:';

/** Version of the layout below; a store written by another one is refused. */
export const LAYOUT = '1';

/** Day in Asia/Shanghai (UTC+8, no daylight saving since 1991) as YYYYMMDD. */
export function dayOf(at: number): string {
  return beijingDate(at).replaceAll('-', '');
}

export const keys = {
  layout: (s: Store) => `${s.prefix}layout`,
  /** Set: names of the daemon's processes. */
  beats: (s: Store) => `${s.prefix}beats`,
  /** String: JSON of a Beat; ends by itself. */
  beat: (s: Store, name: string) => `${s.prefix}beat:${name}`,
  /** Hash: key of a record that cannot be read → why; ends. */
  unreadable: (s: Store) => `${s.prefix}unreadable`,
  /** A record that cannot be read, as it was, under its own name; ends. */
  setAside: (s: Store, key: string) => `${s.prefix}setaside:${key.slice(s.prefix.length)}`,
  /** String: written to see whether Redis takes writes. */
  probe: (s: Store) => `${s.prefix}probe`,
  /** Hash: a source's state; mark: see markSource; reading, whole: numbers of its last documents (readings.ts); known: what spares reading the items of its last document again; needed: seen items that were needed when it was last looked (seen.ts). */
  source: (s: Store, id: string) => `${s.prefix}source:${id}`,
  /** List of PollRecord JSON, newest first. */
  polls: (s: Store, id: string) => `${s.prefix}polls:${id}`,
  /** Hash: item id → hash of the raw item; outlives the entries (tombstones). */
  seen: (s: Store, source: string) => `${s.prefix}seen:${source}`,
  /** Hash: item id → '<number of the reading> <hash>' of the source's items on their way; ends. */
  offered: (s: Store, source: string) => `${s.prefix}offered:${source}`,
  /** Set: marks of the source's items that were taken on a day, by kind. */
  taken: (s: Store, day: string, source: string, kind: string) => `${s.prefix}taken:${day}:${kind}:${source}`,
  /** Set: ids of the items in the source's last whole document. */
  carried: (s: Store, source: string) => `${s.prefix}carried:${source}`,
  /** Hash: id → title of the source's new items that are held for later polls. */
  held: (s: Store, source: string) => `${s.prefix}held:${source}`,
  /** Hash: host → its time when that was noted last (epoch ms). */
  clock: (s: Store) => `${s.prefix}clock`,
  /** Zset: source id → when it is due, for sources that are waiting for their poll. */
  due: (s: Store) => `${s.prefix}due`,
  /** Hash: e entry and r raw (packed), s story, v fingerprint evidence, d decision, x classification, at first seen, h raw hash, l ledger ids, o source, n number of its reading. */
  entry: (s: Store, id: string) => `${s.prefix}entry:${id}`,
  /** Zset: entry id → first seen. */
  entries: (s: Store) => `${s.prefix}entries`,
  /** String: JSON of the generations of the index of postings, oldest first. */
  generations: (s: Store) => `${s.prefix}generations`,
  /** Beginning of the hashes of postings, see includes/postings.lua. */
  postings: (s: Store) => `${s.prefix}post:`,
  /** Beginning of the hashes that tell the entry that a commit's number stands for, 128 a hash. */
  entryNames: (s: Store) => `${s.prefix}name:`,
  /** String: count of commits. */
  sequence: (s: Store) => `${s.prefix}sequence`,
  /** Hash: v version, j JSON of a story, a the stories that an operator parted from it, o a version and its lead's source, f its facets, w its place among the words of its day. */
  story: (s: Store, id: string) => `${s.prefix}story:${id}`,
  /** String: the story that another one was merged into. */
  alias: (s: Store, id: string) => `${s.prefix}alias:${id}`,
  /** Hash: story id → JSON {why, at}: stories of one event with it; ends a window after the last one was noted. */
  related: (s: Store, story: string) => `${s.prefix}related:${story}`,
  /** Zset: story id → order time, all stories. */
  stories: (s: Store) => `${s.prefix}stories`,
  /** Zset: story id → order time, of one edition. */
  edition: (s: Store, id: string) => `${s.prefix}edition:${id}`,
  /** Zset: story id → order time, of the stories in any edition that a facet names (see stories/facets.ts). */
  facet: (s: Store, name: string) => `${s.prefix}facet:${name}`,
  /** Zset: day (whole days since 1970 in Beijing) → itself; the days of which there are words or stories whose words are to be read. */
  wordDays: (s: Store) => `${s.prefix}words`,
  /** Zset: story id → order time, of stories whose words are to be read. */
  wordsWaiting: (s: Store) => `${s.prefix}words:waiting`,
  /** List: ids of a day's stories, in the order of their places; `:` and a number: the marks of 32 of them (see lua/words-0.lua). */
  words: (s: Store, day: number | '') => `${s.prefix}words:${day}`,
  /** String: version of the indexes by which editions are narrowed and copies found. */
  indexed: (s: Store) => `${s.prefix}indexed`,
  /** Zset: source id → when it was removed (epoch ms), of sources of which all is to be taken out. */
  leaving: (s: Store) => `${s.prefix}leaving`,
  /** Hash: former id of a source → when what is kept of it was carried over first (epoch ms), or `done`. */
  renamed: (s: Store) => `${s.prefix}renamed`,
  /** Zset: story id → when an operator withdrew it (epoch ms). */
  withdrawn: (s: Store) => `${s.prefix}withdrawn`,
  /** Hash: day → JSON of the Digest of an edition. */
  digests: (s: Store, edition: string) => `${s.prefix}digests:${edition}`,
  /** Hash: edition id → revision, counted up when a story in it changes. */
  revisions: (s: Store) => `${s.prefix}revisions`,
  /** Hash: edition id → how many of its revisions are told to no subscriber, for they brought old news. */
  unannounced: (s: Store) => `${s.prefix}unannounced`,
  /** Stream of decisions. */
  ledger: (s: Store) => `${s.prefix}ledger`,
  /** Zset: ledger id of a shelf's first row → its time; the ledger's index, oldest shelf first. */
  shelves: (s: Store) => `${s.prefix}shelves`,
  /** String: one line for each row of a stretch of the ledger (see ledger/ledgerindex.ts). */
  shelf: (s: Store, first: string) => `${s.prefix}shelf:${first}`,
  /** String: the placement that stories are to stand in editions by (see stories/placedby.ts). */
  placing: (s: Store) => `${s.prefix}placing`,
  /** Hash: story id → version in which it was committed by another placement. */
  misplaced: (s: Store) => `${s.prefix}misplaced`,
  /** String: the placement that every story was placed by last. */
  placed: (s: Store) => `${s.prefix}placed`,
  /** Hash: matches of rules and sizes of their audiences (see ledger/rulecounts.ts). */
  rules: (s: Store) => `${s.prefix}rules`,
  /** HyperLogLog: ids of the stories that a drop rule removed; the rule by a tag (see ledger/rulecounts.ts). */
  removedBy: (s: Store, tag: string) => `${s.prefix}rules:removed:${tag}`,
  /** Hash: decisions by kind, and what matching took. */
  totals: (s: Store) => `${s.prefix}totals`,
  /** Hash: `<stage>|ms` and `<stage>|runs`: what the stages of ingest took since the store was made. */
  stages: (s: Store) => `${s.prefix}stages`,
  /** Hash: code of a reason → decisions that it was given for. */
  reasons: (s: Store) => `${s.prefix}reasons`,
  /** String: raw items of entries first seen up to this moment are forgotten (epoch ms). */
  rawPruned: (s: Store) => `${s.prefix}totals:raw-pruned`,
  /** String: what addresses of the image proxy are signed with. */
  secret: (s: Store) => `${s.prefix}secret`,
  /** String: blocks that recur on a source's entries, as the cleaner writes them. */
  recurrences: (s: Store, source: string) => `${s.prefix}recurrences:${source}`,
  /** Hash: source → 0 or 1 for each of its last entries, newest last: whether it held injected spam. */
  spam: (s: Store) => `${s.prefix}spam`,
  /** Hash: region code → entries kept or merged on that day, each counted once for all that countedPlaces gives. */
  places: (s: Store, day: string) => `${s.prefix}places:${day}`,
  /** The same of older days, each entry counted for the places alone that it names. */
  coverage: (s: Store, day: string) => `${s.prefix}coverage:${day}`,
  /** Hash: `<source>|<figure>` → count on that day. */
  figures: (s: Store, day: string) => `${s.prefix}figures:${day}`,
  /** Zset: 'host source' → when it could not be reached, since any host could; ends. */
  unreached: (s: Store) => `${s.prefix}unreached`,
  /** Zset: lease → expiry, of one host's running requests. */
  leases: (s: Store, host: string) => `${s.prefix}leases:${host}`,
  /** Hash: last start on a host, first moment not given away, and until when it rests. */
  pace: (s: Store, host: string) => `${s.prefix}pace:${host}`,
  /** Zset: lease → the moment kept for it. */
  slots: (s: Store, host: string) => `${s.prefix}slots:${host}`,
  /** String: JSON of a login's session, by the SHA-256 of its token. */
  session: (s: Store, hash: string) => `${s.prefix}session:${hash}`,
  /** String: wrong passwords of an address within the minute; `*`: of all. */
  guesses: (s: Store, address: string) => `${s.prefix}guesses:${address}`,
  /** String: guesses of a network within the hour. */
  guessesOfNetwork: (s: Store, network: string) => `${s.prefix}guesses:of:${network}`,
  /** String: there while an address counts as the operator's. */
  knownAddress: (s: Store, address: string) => `${s.prefix}known:${address}`,
  /** String: why a story was left out of an edition's feeds when that was last noted. */
  leftOut: (s: Store, edition: string, story: string) => `${s.prefix}leftout:${edition}:${story}`,
  /** String: token of the process that does what the lock is named after. */
  lock: (s: Store, name: string) => `${s.prefix}lock:${name}`,

  // WebSub, as a hub: subscriptions to editions.
  /** String: JSON of a subscription. */
  subscription: (s: Store, id: string) => `${s.prefix}push:subscription:${id}`,
  /** Zset: subscription id → end of its lease; of all, of a topic, of another group. */
  subscriptions: (s: Store) => `${s.prefix}push:all`,
  subscriptionsOfTopic: (s: Store, url: string) => `${s.prefix}push:topic:${url}`,
  subscriptionsOf: (s: Store, group: string) => `${s.prefix}push:group:${group}`,
  /** Zset: narrowed topic → end of its last lease. */
  narrowedTopics: (s: Store) => `${s.prefix}push:narrowed`,
  /** Hash: topic → edition, for topics that anyone subscribes to. */
  topics: (s: Store) => `${s.prefix}push:topics`,
  /** Hash: topic → announced revision of its edition that was distributed last. */
  distributed: (s: Store) => `${s.prefix}push:done`,
  /** String: there while a party's callbacks count as slow. */
  slowParty: (s: Store, party: string) => `${s.prefix}push:slow:${party}`,
  /** Hash: version, contentType, body and etag `sent` of what goes to a topic's subscribers. */
  topicBody: (s: Store, url: string) => `${s.prefix}push:body:${url}`,

  // WebSub, as a subscriber: sources that other hubs push.
  /** Hash: the fields of a Following. */
  following: (s: Store, source: string) => `${s.prefix}push:following:${source}`,
  /** Zset: source → when its following is looked at next. */
  looks: (s: Store) => `${s.prefix}push:followings`,
  /** String: topic of a subscription that ended here, for its hub to have confirmed. */
  leftTopic: (s: Store, token: string) => `${s.prefix}push:left:${token}`,
  /** List: ids of bodies that wait to be read, oldest first. */
  inbox: (s: Store, source: string) => `${s.prefix}push:inbox:${source}`,
  /** Hash: contentType and body of what a hub sent. */
  pushed: (s: Store, id: string) => `${s.prefix}push:pushed:${id}`,
};

/** What the names of BullMQ's keys begin with. */
export function queuePrefix(prefix: string): string {
  return `${prefix}bull`;
}
