/** Finds the stored entries that share fingerprint keys with some, through the time-bounded index that commits write. */
import type { Candidate } from '../../model/story.ts';
import { createPieces } from '../../text/giveway.ts';
import { check } from '../redis/pipeline.ts';
import { keys, type Store } from '../redis/keys.ts';
import { checkWholeTypes } from '../redis/unreadable.ts';
import { readGenerations, readReferences, STRETCH } from './keyindex.ts';
import { rank, type Topics } from './rank.ts';

/** Candidates that are compared at most: a template's entries share its keys and nothing else. */
const MOST_CANDIDATES = 32;
/** References whose entries are read at one go: a few more than are wanted, since some lead to nothing. */
const SLICE = 40;

/** What is asked of the index: what shares `keys` with an entry, which itself does not count. */
export interface Question {
  readonly entry: string;
  readonly keys: readonly string[];
  readonly topics?: Topics;
}

/** What stands under an entry's keys. */
export interface Found {
  /** Newest reference under each key; 0 where there is none. */
  readonly tops: readonly number[];
  /** Those first that share rare keys or many. */
  readonly candidates: readonly Candidate[];
  /** How many entries stand under each key, as far as the index keeps them. */
  readonly counts: readonly number[];
  /** Number of the newest generation that was read; 0: there is none. */
  readonly newest: number;
}

/** What was read of entries while others were asked about; whoever asks again at once need not read it again. */
export interface Met {
  /** Reference → entry. */
  readonly names: Map<number, string | null>;
  readonly rows: Map<string, Row | null>;
}

export function createMet(): Met {
  return { names: new Map(), rows: new Map() };
}

/** Forgets these entries, or all. */
export function forgetMet({ names, rows }: Met, entries?: readonly string[]): void {
  for (const entry of entries ?? rows.keys()) rows.delete(entry);
  if (entries === undefined) names.clear();
}

interface Finding {
  readonly now: number;
  readonly windowMs: number;
  /** What need not be read again; what is read is added to it. */
  readonly met?: Met;
}

/**
 * One for each question, in order. However many there are, it takes a few commands, and one for each entry that is found.
 * Whether a candidate's story is still there is not looked at, nor what an operator parted from it.
 */
export async function findEntries(
  store: Store,
  questions: readonly Question[],
  finding: Finding,
): Promise<readonly Found[]> {
  const { now, windowMs } = finding;
  const generations = await readGenerations(store, now - windowMs);
  const newest = generations[0]?.[0] ?? 0;
  const references = await readReferences(store, generations, questions);
  const ranked: (readonly number[])[] = [];
  const pieces = createPieces();
  for (const [i, found] of references.entries()) {
    await pieces();
    ranked.push(rank(found, questions[i]?.topics));
  }
  const candidates = await readCandidates(store, questions, ranked, finding);
  return questions.map((_, i) => ({
    tops: references[i]?.map((found) => found[0] ?? 0) ?? [],
    candidates: candidates[i] ?? [],
    counts: references[i]?.map((found) => found.length) ?? [],
    newest,
  }));
}

/** What is compared of an entry, and of its story. */
interface Row {
  readonly story: string;
  readonly at: string;
  readonly evidence: string;
}

/** For each question the entries behind its references, as many as are compared. Each entry is read once. */
async function readCandidates(
  store: Store,
  questions: readonly Question[],
  ranked: readonly (readonly number[])[],
  { now, windowMs, met: { names, rows } = createMet() }: Finding,
): Promise<readonly (readonly Candidate[])[]> {
  const since = now - windowMs;
  const found = questions.map(() => new Map<string, Candidate>());
  const done = questions.map(() => 0);
  for (;;) {
    const wanted = questions.map((_, i) => {
      const at = done[i] ?? 0;
      return (found[i]?.size ?? 0) >= MOST_CANDIDATES ? [] : (ranked[i]?.slice(at, at + SLICE) ?? []);
    });
    if (wanted.every((references) => references.length === 0)) break;
    await readNames(store, wanted.flat(), names);
    await readRows(store, [...names.values()], rows);
    for (const [i, references] of wanted.entries()) {
      done[i] = (done[i] ?? 0) + references.length;
      for (const reference of references) {
        const entry = names.get(reference) ?? null;
        if (entry === null || entry === questions[i]?.entry || (found[i]?.size ?? 0) >= MOST_CANDIDATES) continue;
        const row = rows.get(entry) ?? null;
        if (row !== null && Number(row.at) >= since) found[i]?.set(entry, candidateOf(entry, row));
      }
    }
  }
  return found.map((of) => Array.from(of.values()));
}

function candidateOf(entry: string, { story, at, evidence }: Row): Candidate {
  return { entry, story, evidence, storedAt: Number(at) };
}

async function readNames(store: Store, references: readonly number[], names: Map<number, string | null>) {
  const byHash = new Map<number, number[]>();
  for (const reference of new Set(references.filter((one) => !names.has(one)))) {
    const hash = Math.floor(reference / STRETCH);
    byHash.set(hash, [...(byHash.get(hash) ?? []), reference]);
  }
  const pipeline = store.redis.pipeline();
  for (const [hash, of] of byHash)
    pipeline.hmget(`${keys.entryNames(store)}${hash}`, ...of.map((reference) => String(reference % STRETCH)));
  const answers = (await check(pipeline.exec())) as (string | null)[][];
  for (const [i, of] of [...byHash.values()].entries())
    for (const [k, reference] of of.entries()) names.set(reference, answers[i]?.[k] ?? null);
}

/** A broken record hurts only itself: it is found by nobody. */
async function readRows(store: Store, entries: readonly (string | null)[], rows: Map<string, Row | null>) {
  const wanted = [...new Set(entries)].filter((entry) => entry !== null && !rows.has(entry)) as string[];
  const pipeline = store.redis.pipeline();
  for (const entry of wanted) pipeline.hmget(keys.entry(store, entry), 's', 'at', 'v');
  const answers = await checkWholeTypes(pipeline.exec());
  for (const [i, entry] of wanted.entries()) {
    const [story, at, evidence] = (answers[i] ?? []) as (string | null)[];
    rows.set(entry, story && evidence ? { story, at: at ?? '0', evidence } : null);
  }
}
