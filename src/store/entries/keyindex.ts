/** The index of fingerprint keys that commits write: where a key stands in it, and which entries stand under some. */
import { createPieces } from '../../text/giveway.ts';
import { DAY_MS } from '../../text/time.ts';
import { keys, type Store } from '../redis/keys.ts';
import { check } from '../redis/pipeline.ts';

/**
 * A generation of the index: number, bits (it has 2 ** bits buckets), when it began (epoch ms), its first reference, and
 * which reference came first after later moments.
 */
export type Generation = readonly [
  number: number,
  bits: number,
  from: number,
  first: number,
  moments?: readonly (readonly [at: number, reference: number])[],
];

/** As in includes/postings.lua: bits of a place, bytes of a mark and of a reference, references that share a hash of names. */
export const PLACE_BITS = 24;
const MARK_BYTES = 5;
export const REFERENCE_BYTES = 5;
export const POSTING_BYTES = MARK_BYTES + REFERENCE_BYTES;
export const STRETCH = 128;

/** Of RFC 4648 §5, in which the tags of keys are written. */
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Where a key stands in every generation: the first four characters of its tag as a number of 24 bits, of which as many
 * bits number the bucket as the generation has, and its kind with the last four as what tells it apart in there.
 */
export function placeOf(key: string): readonly [place: number, mark: string] {
  let place = 0;
  for (let at = 1; at <= 4; at++) place = place * 64 + Math.max(0, BASE64URL.indexOf(key.charAt(at)));
  return [place, (key.charAt(0) + key.slice(5, 4 + MARK_BYTES)).padEnd(MARK_BYTES)];
}

/** How exactly references are known by their time: what is older than the window by more is taken out of buckets that are written. */
const MOMENTS_OF_WINDOW = 8;

/** Where the index stands and how long its parts last; part of a script's control. */
export function postingControl(store: Store, windowMs: number) {
  const momentMs = Math.ceil(windowMs / MOMENTS_OF_WINDOW);
  return {
    postings: keys.postings(store),
    entryNames: keys.entryNames(store),
    generations: keys.generations(store),
    windowMs,
    momentMs,
    // By Redis's clock from the moment on that a generation noted last; clocks may differ by days.
    keepMs: windowMs + momentMs + 3 * DAY_MS,
  };
}

/** Those that were written to since a moment, newest first. */
export async function readGenerations(store: Store, since: number): Promise<readonly Generation[]> {
  const all = JSON.parse((await store.redis.get(keys.generations(store))) ?? '[]') as readonly Generation[];
  return all.filter((_, i) => (all[i + 1]?.[2] ?? Infinity) >= since).toReversed();
}

/** For each question and each of its keys the references under it, newest first. */
export async function readReferences(
  store: Store,
  generations: readonly Generation[],
  questions: readonly { readonly keys: readonly string[] }[],
): Promise<readonly (readonly number[])[][]> {
  const places = questions.map((question) => question.keys.map(placeOf));
  const found = places.map((of) => of.map((): number[] => []));
  if (!places.some((of) => of.length > 0)) return found;
  const pipeline = store.redis.pipeline();
  const asked = generations.map(([number, bits]) => {
    const buckets = [...new Set(places.flat().map(([place]) => place >>> (PLACE_BITS - bits)))];
    pipeline.hmgetBuffer(`${keys.postings(store)}${number}`, ...buckets.map(String));
    return buckets;
  });
  const answers = await check(pipeline.exec());
  const pieces = createPieces();
  for (const [at, [, bits]] of generations.entries()) {
    const values = (answers[at] as (Buffer | null)[]).map((value) => value?.toString('latin1') ?? '');
    const buckets = new Map(asked[at]?.map((bucket, i) => [bucket, values[i] ?? '']));
    for (const [i, of] of places.entries()) {
      await pieces();
      for (const [k, [place, mark]] of of.entries())
        found[i]?.[k]?.push(...referencesIn(buckets.get(place >>> (PLACE_BITS - bits)) ?? '', mark));
    }
  }
  return found;
}

/** Newest first, as the commit's script sees them. `bucket`: its bytes, each as a character. */
function referencesIn(bucket: string, mark: string): number[] {
  const references: number[] = [];
  for (let at = bucket.indexOf(mark); at >= 0; at = bucket.indexOf(mark, at + 1)) {
    // Bytes of two neighbours may read like a mark.
    if (at % POSTING_BYTES !== 0) continue;
    let reference = 0;
    for (let byte = at + MARK_BYTES; byte < at + POSTING_BYTES; byte++)
      reference = reference * 256 + bucket.charCodeAt(byte);
    references.unshift(reference);
  }
  return references;
}
