/** Commits entries: reads what shares their keys, lets the caller decide, and writes entry, story and decision atomically. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type {
  Candidate,
  Copy,
  Decision,
  DecisionKind,
  Entry,
  Fingerprint,
  RegionHit,
  StoryDecision,
  ThemeHit,
} from '../types.ts';
import { assemble, type Assembled, type ChooseLead, type Judgement } from './assemble.ts';
import { dayOf, keys, type Store } from './keys.ts';
import { indexLine, SHELF_BYTES } from './ledgerindex.ts';
import type { Member, RegionTag, StoredRaw, Story } from './model.ts';
import { pack } from './pack.ts';
import { check } from './sources.ts';

/** An entry that went through the editorial stages, ready to commit. */
export interface Submission {
  readonly entry: Entry;
  readonly raw: StoredRaw;
  /** Hash of the raw item; the same one is committed once. */
  readonly hash: string;
  readonly sourceName: string;
  readonly trust: number;
  readonly fingerprint: Fingerprint;
  readonly regions: readonly RegionHit[];
  readonly themes: readonly ThemeHit[];
  readonly judgement: Judgement;
}

export interface CommitOptions {
  readonly now: number;
  readonly configVersion: string;
  readonly ledgerCount: number;
  /** How long a fingerprint key finds candidates. */
  readonly windowMs: number;
  readonly decideStory: (fingerprint: Fingerprint, candidates: readonly Candidate[], now: number) => StoryDecision;
  readonly chooseLead: ChooseLead;
}

export type Committed = { readonly entry: string; readonly known: true } | (Decided & { readonly known: false });

interface Decided {
  readonly entry: string;
  readonly story: string;
  readonly decision: DecisionKind;
}

/** Newest candidates looked at under one key; a key with more is a template's and tells little. */
const POSTING_CAP = 32;
/** Rounds of read, decide, commit before giving the job back to the queue. */
const MAX_ROUNDS = 100;
/** Days of figures that pages may ask for, and a margin. */
const DAY_TTL_SECONDS = 40 * 86_400;

const SCRIPT = readFileSync(new URL('./commit.lua', import.meta.url), 'utf8');
const SCRIPT_SHA = createHash('sha1').update(SCRIPT).digest('hex');

/**
 * Commits all, in order. Safe to repeat: an item committed before comes back as `known`. Copies committed at the same
 * time by others make one story: a commit whose read is outdated is decided again.
 * Throws where Redis fails, or where a commit is outrun `MAX_ROUNDS` times; what was committed until then stays.
 */
export async function commitEntries(
  store: Store,
  submissions: readonly Submission[],
  options: CommitOptions,
): Promise<Committed[]> {
  // A Redis that restarted has forgotten its scripts; loading one it knows costs nothing.
  await store.redis.script('LOAD', SCRIPT);
  const results = new Map<Submission, Committed>();
  let pending = [...submissions];
  for (let round = 0; pending.length > 0; round++) {
    if (round === MAX_ROUNDS)
      throw new Error(`${pending.length} entries were outrun by other commits ${MAX_ROUNDS} times`);
    const read = await readAround(store, pending);
    const pipeline = store.redis.pipeline();
    const plans = pending.map((submission) => plan(store, submission, read, options));
    for (const { args, keyCount } of plans) pipeline.evalsha(SCRIPT_SHA, keyCount, ...args);
    const answers = await check(pipeline.exec());
    const again: Submission[] = [];
    for (const [i, submission] of pending.entries()) {
      const { story, decision } = (plans[i] as Plan).assembled;
      const entry = submission.entry.id;
      if (answers[i] === 'ok') results.set(submission, { entry, story: story.id, decision, known: false });
      else if (answers[i] === 'known') results.set(submission, { entry, known: true });
      else again.push(submission);
    }
    pending = again;
  }
  return submissions.map((submission) => results.get(submission) as Committed);
}

interface Posting {
  readonly entry: string;
  readonly sequence: number;
}

/** What stands in the store around some submissions. */
interface Read {
  /** Per fingerprint key, newest first. */
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
  readonly candidates: ReadonlyMap<string, Candidate>;
  readonly stories: ReadonlyMap<string, Story>;
  /** Entry id → what is stored of it already. */
  readonly own: ReadonlyMap<
    string,
    { readonly story: string; readonly firstSeen: number; readonly decision: DecisionKind }
  >;
}

async function readAround(store: Store, submissions: readonly Submission[]): Promise<Read> {
  const { redis } = store;
  const wanted = [...new Set(submissions.flatMap((s) => s.fingerprint.keys))];
  const first = redis.pipeline();
  for (const key of wanted) first.zrevrange(keys.posting(store, key), 0, POSTING_CAP - 1, 'WITHSCORES');
  for (const s of submissions) first.hmget(keys.entry(store, s.entry.id), 's', 'at', 'd');
  const firstRows = await check(first.exec());
  const postings = new Map(wanted.map((key, i) => [key, toPostings(firstRows[i] as string[])]));
  const own = new Map<string, { story: string; firstSeen: number; decision: DecisionKind }>();
  for (const [i, s] of submissions.entries()) {
    const [story, at, decision] = firstRows[wanted.length + i] as (string | null)[];
    if (story && decision) own.set(s.entry.id, { story, firstSeen: Number(at), decision: decision as DecisionKind });
  }

  const ids = [...new Set([...postings.values()].flatMap((list) => list.map((posting) => posting.entry)))];
  const candidates = new Map<string, Candidate>();
  if (ids.length > 0) {
    const second = redis.pipeline();
    for (const id of ids) second.hmget(keys.entry(store, id), 's', 'v', 'at');
    for (const [i, row] of (await check(second.exec())).entries()) {
      const [story, evidence, at] = row as (string | null)[];
      const entry = ids[i] as string;
      if (story && evidence) candidates.set(entry, { entry, story, evidence, storedAt: Number(at) });
    }
  }

  const storyIds = [
    ...new Set([...[...candidates.values()].map((c) => c.story), ...[...own.values()].map((o) => o.story)]),
  ];
  const stories = new Map<string, Story>();
  if (storyIds.length > 0) {
    const third = redis.pipeline();
    for (const id of storyIds) third.hmget(keys.story(store, id), 'v', 'j');
    for (const [i, row] of (await check(third.exec())).entries()) {
      const [version, json] = row as (string | null)[];
      if (json)
        stories.set(storyIds[i] as string, {
          ...(JSON.parse(json) as Omit<Story, 'version'>),
          version: Number(version),
        });
    }
  }
  return { postings, candidates, stories, own };
}

function toPostings(flat: readonly string[]): Posting[] {
  const list: Posting[] = [];
  for (let i = 0; i < flat.length; i += 2) list.push({ entry: flat[i] as string, sequence: Number(flat[i + 1]) });
  return list;
}

interface Plan {
  readonly assembled: Assembled;
  readonly keyCount: number;
  readonly args: (string | Buffer)[];
}

/** What commit.lua reads as its first argument. */
interface Control {
  readonly entry: string;
  readonly source: string;
  readonly hash: string;
  readonly now: number;
  readonly story: string;
  readonly expect: number;
  readonly order: number;
  readonly decision: DecisionKind;
  readonly editions: readonly string[];
  readonly left: readonly string[];
  readonly codes: readonly string[];
  /** Highest sequence seen under each fingerprint key. */
  readonly postings: readonly number[];
  readonly merges: readonly { id: string; expect: number; editions: readonly string[]; members: readonly string[] }[];
  readonly postingCap: number;
  readonly windowMs: number;
  readonly ledgerCount: number;
  readonly dayTtl: number;
  readonly shelves: string;
  readonly shelf: string;
  readonly shelfBytes: number;
  readonly alias: string;
  readonly editionPrefix: string;
  readonly entryPrefix: string;
}

function plan(store: Store, submission: Submission, read: Read, options: CommitOptions): Plan {
  const { entry, fingerprint, judgement } = submission;
  const own = read.own.get(entry.id);
  const match = matchOf(submission, read, options);
  const joined = match.join === null ? null : (read.stories.get(match.join) ?? null);
  const merged = match.merge.flatMap((id) => read.stories.get(id) ?? []);
  const assembled = assemble({
    newId: own?.story ?? entry.id,
    copy: toMember(submission, own?.firstSeen ?? options.now, match.reason),
    judgement,
    match,
    joined,
    merged,
    previous: own?.decision ?? null,
    now: options.now,
    chooseLead: options.chooseLead,
  });
  const { story } = assembled;
  const control: Control = {
    entry: entry.id,
    source: entry.source,
    hash: submission.hash,
    now: options.now,
    story: story.id,
    expect: joined?.version ?? 0,
    order: story.orderAt,
    decision: assembled.decision,
    editions: story.editions,
    left: assembled.left,
    codes: submission.regions.map((hit) => hit.code),
    postings: fingerprint.keys.map((key) => read.postings.get(key)?.[0]?.sequence ?? 0),
    merges: merged.map(({ id, version, editions, copies }) => ({
      id,
      expect: version,
      editions,
      members: copies.map((copy) => copy.entry),
    })),
    postingCap: POSTING_CAP,
    windowMs: options.windowMs,
    ledgerCount: options.ledgerCount,
    dayTtl: DAY_TTL_SECONDS,
    shelves: keys.shelves(store),
    shelf: keys.shelf(store, ''),
    shelfBytes: SHELF_BYTES,
    alias: keys.alias(store, ''),
    editionPrefix: keys.edition(store, ''),
    entryPrefix: keys.entry(store, ''),
  };
  const day = dayOf(options.now);
  const names = [
    keys.entry(store, entry.id),
    keys.seen(store, entry.source),
    keys.story(store, story.id),
    keys.entries(store),
    keys.stories(store),
    keys.ledger(store),
    keys.totals(store),
    keys.revisions(store),
    keys.sequence(store),
    keys.coverage(store, day),
    keys.figures(store, day),
    ...fingerprint.keys.map((key) => keys.posting(store, key)),
    ...merged.map(({ id }) => keys.story(store, id)),
  ];
  const classification = { regions: submission.regions, themes: submission.themes, editions: judgement.editions };
  const row = toDecision(submission, assembled, options);
  const entryJson = JSON.stringify(entry);
  const values = [
    JSON.stringify(control),
    pack(entryJson),
    pack(JSON.stringify(submission.raw), entryJson),
    fingerprint.evidence,
    JSON.stringify(classification),
    JSON.stringify(story),
    JSON.stringify(row),
    indexLine(row),
  ];
  return { assembled, keyCount: names.length, args: [...names, ...values] };
}

function matchOf({ entry, fingerprint }: Submission, read: Read, options: CommitOptions): StoryDecision {
  const own = read.own.get(entry.id);
  if (own !== undefined) return { join: own.story, merge: [], reason: 'the same entry, changed by its publisher' };
  const ids = new Set(
    fingerprint.keys.flatMap((key) => (read.postings.get(key) ?? []).map((posting) => posting.entry)),
  );
  ids.delete(entry.id);
  const candidates = [...ids].flatMap((id) => read.candidates.get(id) ?? []).filter((c) => read.stories.has(c.story));
  return options.decideStory(fingerprint, candidates, options.now);
}

function toMember(submission: Submission, firstSeen: number, why: string): Member {
  const { entry, judgement } = submission;
  const copy: Copy = {
    entry: entry.id,
    source: entry.source,
    sourceName: submission.sourceName,
    trust: submission.trust,
    title: entry.title,
    link: entry.link,
    outlet: entry.outlet,
    published: entry.published,
    firstSeen,
    script: entry.script,
    length: entry.text.length,
    why,
  };
  return { ...copy, editions: judgement.editions, regions: submission.regions.map(toTag) };
}

function toTag({ code, name, level, score }: RegionHit): RegionTag {
  return { code, name, level, score };
}

function toDecision(submission: Submission, assembled: Assembled, options: CommitOptions): Decision {
  const { entry } = submission;
  return {
    at: options.now,
    entry: entry.id,
    source: entry.source,
    title: entry.title,
    link: entry.link,
    decision: assembled.decision,
    rule: assembled.rule,
    reason: assembled.reason,
    story: assembled.story.id,
    editions: submission.judgement.editions,
    regions: submission.regions,
    configVersion: options.configVersion,
  };
}
