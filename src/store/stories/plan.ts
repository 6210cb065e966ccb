/** Turns a submission and what stands around it into the story, the decision and the arguments of commit.lua. */
import type { Decision, DecisionKind } from '../../model/decision.ts';
import type { Entry, StoredRaw } from '../../model/entry.ts';
import type { RegionHit, RegionTag, ThemeHit } from '../../model/region.ts';
import type { Candidate, Copy, Fingerprint, Member, Story, StoryDecision } from '../../model/story.ts';
import type { Around } from './around.ts';
import { assemble, type Assembled, type ChooseLead, type Judgement } from '../../pipeline/assemble.ts';
import { countedPlaces } from '../../divisions/codes.ts';
import { dayOf, keys, type Store } from '../redis/keys.ts';
import { indexLine, SHELF_BYTES } from '../ledger/index.ts';
import { pack } from '../entries/pack.ts';
import { postingControl } from '../entries/postings.ts';

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

/** Days of figures that pages may ask for, and a margin. */
const DAY_TTL_SECONDS = 40 * 86_400;

export interface Plan {
  readonly assembled: Assembled;
  readonly keyCount: number;
  readonly args: (string | Buffer)[];
}

/** What commit.lua reads as its first argument. */
interface Control extends ReturnType<typeof postingControl> {
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
  /** Fingerprint keys, and the newest reference seen under each. */
  readonly keys: readonly string[];
  readonly tops: readonly number[];
  /** Entries that it was compared with. */
  readonly candidates: number;
  readonly merges: readonly { id: string; expect: number; editions: readonly string[]; members: readonly string[] }[];
  readonly ledgerCount: number;
  readonly dayTtl: number;
  readonly shelves: string;
  readonly shelf: string;
  readonly shelfBytes: number;
  readonly alias: string;
  readonly editionPrefix: string;
  readonly entryPrefix: string;
  readonly storyPrefix: string;
}

/** What was read and decided of a submission; `stories`: those that the decision names. */
export interface Matched extends Around {
  readonly match: StoryDecision;
  readonly stories: ReadonlyMap<string, Story>;
}

export function plan(
  store: Store,
  submission: Submission,
  { own, tops, candidates, match, stories }: Matched,
  options: CommitOptions,
): Plan {
  const { entry, fingerprint, judgement } = submission;
  const joined = match.join === null ? null : (stories.get(match.join) ?? null);
  const merged = match.merge.flatMap((id) => stories.get(id) ?? []);
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
    codes: countedPlaces(submission.regions.map((hit) => hit.code)),
    ...postingControl(store, options.now, options.windowMs),
    keys: fingerprint.keys,
    tops,
    candidates: own === null ? candidates.length : 0,
    merges: merged.map(({ id, version, editions, copies }) => ({
      id,
      expect: version,
      editions,
      members: copies.map((copy) => copy.entry),
    })),
    ledgerCount: options.ledgerCount,
    dayTtl: DAY_TTL_SECONDS,
    shelves: keys.shelves(store),
    shelf: keys.shelf(store, ''),
    shelfBytes: SHELF_BYTES,
    alias: keys.alias(store, ''),
    editionPrefix: keys.edition(store, ''),
    entryPrefix: keys.entry(store, ''),
    storyPrefix: keys.story(store, ''),
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
    keys.places(store, day),
    keys.figures(store, day),
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

/** The story that an entry belongs to: its own where it is stored already. */
export function matchOf(
  { fingerprint }: Submission,
  { own, candidates }: Around,
  { decideStory, now }: CommitOptions,
): StoryDecision {
  if (own !== null) return { join: own.story, merge: [], reason: 'the same entry, changed by its publisher' };
  return decideStory(fingerprint, candidates, now);
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
