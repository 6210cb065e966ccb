/** Finds the stored entries that share fingerprint keys with one, through the time-bounded index that commits write. */
import type { Candidate } from '../../model/story.ts';
import { keys, type Store } from '../redis/keys.ts';
import { type Caller, defineScript } from '../redis/luascript.ts';
import { DAY_MS } from '../../text/time.ts';

const find = defineScript('find-0', [], ['control']);

/** The index is written in stretches of time, each of which Redis forgets as a whole. */
const GENERATION_MS = 6 * DAY_MS;
/** Candidates that are compared at most: a template's entries share its keys and nothing else. */
const MOST_CANDIDATES = 32;

/** Where the index stands and which of its generations count; part of a script's control. */
export function postingControl(store: Store, now: number, windowMs: number) {
  const generation = Math.floor(now / GENERATION_MS);
  return {
    postings: keys.postings(store),
    entryNames: keys.entryNames(store),
    generation,
    // One ahead: another machine's clock may run before this one.
    generations: Array.from({ length: Math.ceil(windowMs / GENERATION_MS) + 2 }, (_, i) => generation + 1 - i),
    keepMs: windowMs + 2 * GENERATION_MS,
  };
}

/** What stands under an entry's keys. */
export interface Found {
  /** Newest reference under each key; 0 where there is none. */
  readonly tops: readonly number[];
  readonly candidates: readonly Candidate[];
  /** How many entries stand under each key, as far as the index keeps them. */
  readonly counts: readonly number[];
}

/** Asks for what shares `fingerprintKeys` with `entry`; `readFound` reads the answer. `loadFind` comes first. */
export function askFound<T>(
  caller: Caller<T>,
  store: Store,
  asked: { readonly entry: string; readonly keys: readonly string[] },
  { now, windowMs }: { readonly now: number; readonly windowMs: number },
): T {
  const control = {
    ...postingControl(store, now, windowMs),
    ...asked,
    entryPrefix: keys.entry(store, ''),
    storyPrefix: keys.story(store, ''),
    since: now - windowMs,
    most: MOST_CANDIDATES,
  };
  return find.send(caller, { keys: {}, args: { control: JSON.stringify(control) } });
}

export function readFound(answer: unknown): Found {
  const [tops, rows, counts] = answer as [number[], [string, string, string, string, string][], number[]];
  const candidates = rows.map(([entry, story, at, evidence, apart]): Candidate => ({
    entry,
    story,
    evidence,
    storedAt: Number(at),
    apart: apart === '' ? [] : apart.split(' '),
  }));
  return { tops, candidates, counts };
}

/** Has the server know the script that `askFound` calls: one that restarted has forgotten it. */
export function loadFind({ redis }: Store): Promise<void> {
  return find.load(redis);
}
