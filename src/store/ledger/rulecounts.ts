/** Counts what rules match, what they remove and how many entries go past them; as large as the rules of the config, no larger. */
import { createHash } from 'node:crypto';
import { ruleKey } from '../../text/ruletext.ts';
import type { ConfiguredRule } from '../../model/rule.ts';
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';

/** Whose entries a rule is tried on: those of one source (its id), or all (null). */
export function audienceOf(source: string | null): string {
  return source === null ? 'all' : `source ${source}`;
}

const nameRule = (rule: ConfiguredRule) => ({
  key: ruleKey(rule),
  audience: audienceOf(rule.of === 'source' ? rule.id : null),
});

/** What one batch of entries brought: how often each rule matched, and how many entries each audience grew by. */
export interface RuleTally {
  /** Rule → ids of the stories that an edition would have without it. */
  readonly removed: ReadonlyMap<string, readonly string[]>;
  readonly matches: ReadonlyMap<string, number>;
  readonly passed: ReadonlyMap<string, number>;
}

export interface RuleCount {
  readonly matches: number;
  /** Epoch milliseconds; null before the first match. */
  readonly lastMatchAt: number | null;
  /** When the rule was loaded first; null before a scheduler saw it. */
  readonly since: number | null;
  /** Entries that it was tried on since then. */
  readonly passed: number;
  /** Stories that it removed, each once, however many copies and changes of them it matched; within 1 % or so. */
  readonly removed: number;
  /** Since when they are counted; null before a scheduler saw the rule. */
  readonly removedSince: number | null;
}

// Fields of the hash: matches, last match, since, audience's size at that time, since when removed stories are counted; size
// of an audience.
const FIELDS = ['n', 't', 's', 'b', 'r'] as const;

/** The standard error of Redis's count of distinct ids is 0.81 %, and it takes 12 KB a rule at most. */
const removedBy = (store: Store, rule: string): string =>
  keys.removedBy(store, createHash('sha256').update(rule).digest('base64url').slice(0, 16));

/** Adds a batch to the counts. */
export async function countRules(store: Store, { matches, passed, removed }: RuleTally, now: number): Promise<void> {
  const key = keys.rules(store);
  const pipeline = store.redis.pipeline();
  for (const [audience, count] of passed) pipeline.hincrby(key, `p ${audience}`, count);
  for (const [rule, count] of matches) pipeline.hincrby(key, `n ${rule}`, count).hset(key, `t ${rule}`, now);
  for (const [rule, stories] of removed) pipeline.pfadd(removedBy(store, rule), ...stories);
  if (pipeline.length > 0) await check(pipeline.exec());
}

/** Notes since when each rule is known, and forgets the rules that left the config. */
export async function registerRules(store: Store, configured: readonly ConfiguredRule[], now: number): Promise<void> {
  const key = keys.rules(store);
  const rules = configured.map(nameRule);
  const known = await store.redis.hgetall(key);
  const wanted = new Set(
    rules.flatMap((rule) => [...FIELDS.map((field) => `${field} ${rule.key}`), `p ${rule.audience}`]),
  );
  const gone = Object.keys(known).filter((field) => !wanted.has(field));
  const pipeline = store.redis.pipeline();
  if (gone.length > 0) pipeline.hdel(key, ...gone);
  for (const field of gone) if (field.startsWith('s ')) pipeline.del(removedBy(store, field.slice(2)));
  for (const rule of rules) {
    if (!(`r ${rule.key}` in known)) pipeline.hsetnx(key, `r ${rule.key}`, now);
    if (`s ${rule.key}` in known) continue;
    pipeline.hsetnx(key, `s ${rule.key}`, now).hsetnx(key, `b ${rule.key}`, known[`p ${rule.audience}`] ?? 0);
  }
  if (pipeline.length > 0) await check(pipeline.exec());
}

/** The counts of `rules`, in their order. */
export async function readRuleCounts(store: Store, rules: readonly ConfiguredRule[]): Promise<readonly RuleCount[]> {
  const counts = rules.length === 0 ? {} : await store.redis.hgetall(keys.rules(store));
  const read = (field: string): number | null => (counts[field] === undefined ? null : Number(counts[field]));
  const named = rules.map(nameRule);
  const counting = store.redis.pipeline();
  for (const { key } of named) counting.pfcount(removedBy(store, key));
  const removed = named.length === 0 ? [] : await check(counting.exec());
  return named.map(({ key, audience }, i) => ({
    matches: read(`n ${key}`) ?? 0,
    lastMatchAt: read(`t ${key}`),
    since: read(`s ${key}`),
    passed: (read(`p ${audience}`) ?? 0) - (read(`b ${key}`) ?? 0),
    removed: Number(removed[i] ?? 0),
    removedSince: read(`r ${key}`),
  }));
}
