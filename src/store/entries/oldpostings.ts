/** Moves what versions before 0.3 wrote of entries' keys into the index of this one, so that their copies are found. */
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { check } from '../redis/pipeline.ts';
import { type Generation, PLACE_BITS, placeOf, POSTING_BYTES, postingControl, REFERENCE_BYTES } from './keyindex.ts';

const ahead = defineScript('ahead-1', ['generations'], ['generation']);

/** As in includes/postings.lua. */
const LEAST_BITS = 12;
const MOST_BITS = 22;
/** Buckets that are written with one command. */
const CHUNK = 500;

/**
 * They had a hash for each stretch of time and the first two characters of a key's tag, `post:<stretch>:<characters>`; a
 * field was the key's kind and its other characters, the value its references, oldest first. All of them become one
 * generation, hash by hash, so that what is stopped midway goes on at the next start.
 */
export async function moveOldPostings(
  store: Store,
  { now, windowMs }: { readonly now: number; readonly windowMs: number },
  progress: (done: number, all: number) => void,
): Promise<void> {
  const old = await findOld(store);
  if (old.size === 0) return;
  const [number, bits] = await beginGeneration(store, now, windowMs);
  const hash = `${keys.postings(store)}${number}`;
  let done = 0;
  for (const [characters, stretches] of old) {
    const names = stretches.toSorted((a, b) => a - b).map((one) => `${keys.postings(store)}${one}:${characters}`);
    const buckets = await readOld(store, characters, names, bits);
    const moving = store.redis.multi();
    for (let at = 0; at < buckets.length; at += CHUNK) {
      const chunk = buckets.slice(at, at + CHUNK);
      const before = await store.redis.hmgetBuffer(hash, ...chunk.map(([bucket]) => String(bucket)));
      moving.hset(
        hash,
        ...chunk.flatMap(([bucket, postings], i) => [String(bucket), joined(before[i] ?? NONE, postings)]),
      );
    }
    moving.unlink(...names).pexpire(hash, postingControl(store, windowMs).keepMs);
    await check(moving.exec());
    progress(++done, old.size);
  }
}

/** The two characters of a hash → the stretches in which there is one. */
async function findOld(store: Store): Promise<ReadonlyMap<string, readonly number[]>> {
  const start = keys.postings(store);
  const found = new Map<string, number[]>();
  for await (const names of store.redis.scanStream({ match: `${start}*:*`, count: 1_000 }))
    for (const name of new Set(names as string[])) {
      const [stretch = '', characters = ''] = name.slice(start.length).split(':');
      const stretches = found.get(characters) ?? [];
      if (!stretches.includes(Number(stretch))) stretches.push(Number(stretch));
      found.set(characters, stretches);
    }
  return found;
}

const NONE = Buffer.alloc(0);

/** Another process that starts at the same time may have moved some already. */
function joined(before: Buffer, postings: readonly Buffer[]): Buffer {
  const all = new Set<string>();
  for (let at = 0; at < before.length; at += POSTING_BYTES) all.add(before.toString('latin1', at, at + POSTING_BYTES));
  for (const posting of postings) all.add(posting.toString('latin1'));
  return Buffer.from([...all].join(''), 'latin1');
}

async function beginGeneration(store: Store, now: number, windowMs: number): Promise<Generation> {
  const entries = await store.redis.zcard(keys.entries(store));
  const sequence = Number((await store.redis.get(keys.sequence(store))) ?? 0);
  let bits = LEAST_BITS;
  while (bits < MOST_BITS && 2 ** (bits - 1) < entries) bits++;
  // The one that commits write to begins as if a quarter of the entries had come in the stretch before it.
  const generation: Generation = [0, bits, now - windowMs, Math.max(0, sequence - Math.ceil(entries / 4))];
  const call = { keys: { generations: keys.generations(store) }, args: { generation: JSON.stringify(generation) } };
  return JSON.parse(String(await ahead.run(store.redis, call))) as Generation;
}

/** Bucket → the postings that belong there, oldest first. No other two characters lead to the same buckets. */
async function readOld(
  store: Store,
  characters: string,
  names: readonly string[],
  bits: number,
): Promise<readonly (readonly [number, Buffer[]])[]> {
  const buckets = new Map<number, Buffer[]>();
  for (const name of names) {
    const fields = await store.redis.hgetallBuffer(name);
    for (const [field, references] of Object.entries(fields)) {
      const [place, mark] = placeOf(`${field.charAt(0)}${characters}${field.slice(1)}`);
      const bucket = place >>> (PLACE_BITS - bits);
      const postings = buckets.get(bucket) ?? [];
      for (let at = 0; at + REFERENCE_BYTES <= references.length; at += REFERENCE_BYTES)
        postings.push(Buffer.concat([Buffer.from(mark, 'latin1'), references.subarray(at, at + REFERENCE_BYTES)]));
      buckets.set(bucket, postings);
    }
  }
  return [...buckets];
}
