/**
 * Measures what matching one entry costs and what the index takes, by the entries that a window of 30 days holds:
 * `npx tsx bench/index.ts [--sizes 10000,100000,1000000] [--probes 2000]`.
 *
 * Texts are made up with words as frequent as in life and stock clauses that many share (news.ts). BASE of them are
 * fingerprinted; the rest of the window is filled with fingerprints of theirs in which the keys that one text alone had
 * are made new and the shared ones stay. They are posted by the same postings.lua as commits are, without raw items, ledger and editions.
 * Probes are copies of texts in the window and texts that are not in it, half of each; one is matched after the other.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Redis } from 'ioredis';
import { randomNumbers } from '../src/demo/random.ts';
import { keys, type Store } from '../src/store/redis/keys.ts';
import { placeOf, postingControl } from '../src/store/entries/keyindex.ts';
import { findEntries } from '../src/store/entries/postings.ts';
import { fingerprint } from '../src/story/keys/fingerprint.ts';
import { decideStory } from '../src/story/match.ts';
import type { Fingerprint } from '../src/model/story.ts';
import { startRedis } from '../tests/support/redis.ts';
import { makeCopy, oneOf } from './news.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000' },
    probes: { type: 'string', default: '2000' },
  },
});
const SIZES = values.sizes.split(',').map(Number);
const PROBES = Number(values.probes);
const BASE = Math.min(20_000, ...SIZES);
const NOW = Date.UTC(2026, 5, 30);
const WINDOW_MS = 30 * 86_400_000;
const CHUNK = 500;

/** Posts one entry as a commit does. ARGV 1 control of postings.lua with keys, entry, now  2 evidence */
const POST = `${readFileSync(new URL('../src/store/lua/includes/postings.lua', import.meta.url), 'utf8')}
local c = cjson.decode(ARGV[1])
local reference = redis.call('INCR', KEYS[1])
redis.call('HSET', KEYS[2], 's', c.entry, 'at', c.now, 'v', ARGV[2])
redis.call('HSET', KEYS[3], 'v', 1)
local generations = generations_in(redis.call('GET', c.generations))
local newest = #generations > 0 and read_buckets(c, generations[#generations], c.keys) or {}
post(c, generations, newest, reference, c.keys)`;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_';

function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

function makeBase(): Fingerprint[] {
  return Array.from({ length: BASE }, (_, i) => {
    if (i % 500 === 0) tell(`fingerprinting ${i} of ${BASE}`);
    return fingerprint(makeCopy(i, 0, NOW));
  });
}

/** Keys that stand in more than one text. */
function sharedKeys(prints: readonly Fingerprint[]): Set<string> {
  const [once, more] = [new Set<string>(), new Set<string>()];
  for (const key of prints.flatMap((print) => print.keys)) (once.has(key) ? more : once).add(key);
  return more;
}

async function fill(
  store: Store,
  prints: readonly Fingerprint[],
  from: number,
  to: number,
  size: number,
): Promise<void> {
  const shared = sharedKeys(prints);
  const next = randomNumbers(from + 1);
  const fresh = (kind: string) =>
    kind + Array.from({ length: 8 }, () => ALPHABET.charAt(Math.floor(next() * 64))).join('');
  const post = String(await store.redis.script('LOAD', POST));
  for (let at = from; at < to; at += CHUNK) {
    const pipeline = store.redis.pipeline();
    for (let i = at; i < Math.min(to, at + CHUNK); i++) {
      const print = oneOf(prints, i);
      const entry = String(i).padEnd(20, 'x');
      const storedAt = NOW - Math.floor((1 - i / size) * WINDOW_MS * 0.999);
      const fingerprintKeys =
        i < prints.length ? print.keys : print.keys.map((key) => (shared.has(key) ? key : fresh(key.charAt(0))));
      const control = {
        ...postingControl(store, WINDOW_MS),
        entry,
        now: storedAt,
        keys: fingerprintKeys.map(placeOf),
      };
      const names = [keys.sequence(store), keys.entry(store, entry), keys.story(store, entry)];
      pipeline.evalsha(post, names.length, ...names, JSON.stringify(control), print.evidence);
    }
    await pipeline.exec();
    if (at % 10_000 === 0) tell(`filling ${at} of ${to}`);
  }
}

interface Cost {
  readonly size: number;
  readonly meanMs: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly serverMs: number;
  readonly candidates: number;
  readonly joined: number;
}

async function probe(store: Store, size: number): Promise<Cost> {
  const probes = Array.from({ length: PROBES + 200 }, (_, i) => {
    // Odd ones are told in the window already; the story of even ones is new.
    const story = i % 2 === 1 ? Math.floor((i * 7) % BASE) : 10_000_000 + i;
    const copy = makeCopy(story, 1 + (i % 4), NOW);
    return { id: `probe-${i}`, print: fingerprint(copy), known: i % 2 === 1 };
  });
  const times: number[] = [];
  let candidates = 0;
  let joined = 0;
  let server = 0;
  for (const [i, { id, print, known }] of probes.entries()) {
    if (i === 200) server = await callTime(store.redis);
    const from = performance.now();
    const [found] = await findEntries(store, [{ entry: id, keys: print.keys }], { now: NOW, windowMs: WINDOW_MS });
    const near = found?.candidates ?? [];
    const { join } = decideStory(print, near, NOW);
    if (i < 200) continue;
    times.push(performance.now() - from);
    candidates += near.length;
    if (known === (join !== null)) joined++;
  }
  times.sort((a, b) => a - b);
  return {
    size,
    meanMs: times.reduce((sum, ms) => sum + ms, 0) / times.length,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    p99Ms: times[Math.floor(times.length * 0.99)] ?? 0,
    serverMs: ((await callTime(store.redis)) - server) / times.length / 1000,
    candidates: candidates / times.length,
    joined: joined / times.length,
  };
}

/** Microseconds that the server spent on reading so far. */
async function callTime(redis: Redis): Promise<number> {
  const stats = await redis.info('commandstats');
  const times = [...stats.matchAll(/cmdstat_(?:evalsha|hmget|get):calls=\d+,usec=(\d+)/g)];
  return times.reduce((sum, [, micros]) => sum + Number(micros), 0);
}

async function usedMemory(redis: Redis): Promise<number> {
  return Number(/used_memory_dataset:(\d+)/.exec(await redis.info('memory'))?.[1] ?? 0);
}

/** Mean MEMORY USAGE of keys of a kind, of which one in `every` is asked, and how many there are. */
async function usage({ redis }: Store, pattern: string, every: number): Promise<{ bytes: number; count: number }> {
  let [count, sum, sampled] = [0, 0, 0];
  for await (const names of redis.scanStream({ match: pattern, count: 2000 })) {
    for (const name of names as string[]) {
      count++;
      if (count % every !== 0) continue;
      sum += (await redis.memory('USAGE', name, 'SAMPLES', '0')) ?? 0;
      sampled++;
    }
  }
  return { bytes: sum / Math.max(1, sampled), count };
}

const redis = await startRedis();
try {
  const prints = makeBase();
  const keysEach = prints.reduce((sum, print) => sum + print.keys.length, 0) / prints.length;
  const evidenceEach = prints.reduce((sum, print) => sum + print.evidence.length, 0) / prints.length;
  const costs: Cost[] = [];
  for (const size of SIZES) {
    const store = redis.store();
    await store.redis.flushall();
    const before = await usedMemory(store.redis);
    const from = performance.now();
    await fill(store, prints, 0, size, size);
    const seconds = (performance.now() - from) / 1000;
    const whole = ((await usedMemory(store.redis)) - before) / size;
    const buckets = await usage(store, `${keys.postings(store)}*`, 1);
    const names = await usage(store, `${keys.entryNames(store)}*`, Math.max(1, Math.floor(size / 5000)));
    const cost = await probe(store, size);
    costs.push(cost);
    tell('');
    console.log(
      `${size} entries (filled in ${seconds.toFixed(0)} s): matching one takes ${cost.meanMs.toFixed(2)} ms, median ${cost.medianMs.toFixed(2)} ms, p99 ${cost.p99Ms.toFixed(2)} ms, ` +
        `of it ${cost.serverMs.toFixed(3)} ms in Redis; ${cost.candidates.toFixed(1)} candidates, ${(100 * cost.joined).toFixed(1)} % decided right`,
    );
    console.log(
      `  memory an entry: ${Math.round(whole)} bytes in all, with a bare entry hash and story; ` +
        `postings ${Math.round((buckets.bytes * buckets.count) / size)} (${keysEach.toFixed(1)} keys, ${buckets.count} generations), ` +
        `names ${Math.round((names.bytes * names.count) / size)}, evidence ${Math.round(evidenceEach)} characters`,
    );
  }
  const [first, last] = [costs[0], costs.at(-1)];
  if (first !== undefined && last !== undefined && costs.length > 1)
    console.log(
      `${last.size} against ${first.size} entries: ${(last.meanMs / first.meanMs).toFixed(2)} × the mean, ${(last.medianMs / first.medianMs).toFixed(2)} × the median, ${(last.serverMs / first.serverMs).toFixed(2)} × the time in Redis`,
    );
} finally {
  await redis.stop();
}
