/** Makes of a submission and what stands around it the story, the decision, and the call of the commit's script. */
import { type Decision, type DecisionKind, isKeptOutUnjudged } from '../../model/decision.ts';
import type { Assembled, Story } from '../../model/story.ts';
import { countedPlaces } from '../../divisions/codes.ts';
import { dayOf, keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { FIGURE_SECONDS } from '../ledger/figures.ts';
import { indexLine, ledgerControl } from '../ledger/ledgerindex.ts';
import type { Packed } from '../entries/packedentry.ts';
import { placeOf, postingControl } from '../entries/keyindex.ts';
import type { Around } from './around.ts';
import type { Belonging } from './belonging.ts';
import { facetsOf } from './facets.ts';
import { memberOf } from './member.ts';
import { namePrefixes } from './stories.ts';
import type { CommitOptions, Submission } from './submission.ts';

/** `more`: the stories that are merged. */
export const script = defineScript(
  'commit-15-more',
  [
    'entry',
    'seen',
    'story',
    'entries',
    'stories',
    'ledger',
    'totals',
    'revisions',
    'unannounced',
    'sequence',
    'places',
    'figures',
    'offered',
    'placing',
    'misplaced',
  ],
  ['control', 'entry', 'raw', 'evidence', 'classification', 'story', 'row', 'line'],
);

export interface Plan {
  readonly assembled: Assembled;
  /** Of the story once it is committed. */
  readonly version: number;
  /** The story that the entry leaves, if any. */
  readonly leaves: readonly string[];
  readonly call: Parameters<typeof script.run>[1];
}

/** What the script reads as its control. */
interface Control
  extends ReturnType<typeof postingControl>, ReturnType<typeof ledgerControl>, ReturnType<typeof namePrefixes> {
  readonly entry: string;
  readonly source: string;
  readonly hash: string;
  readonly reading: number | undefined;
  readonly now: number;
  readonly placement: string | undefined;
  readonly story: string;
  readonly expect: number;
  readonly order: number;
  readonly decision: DecisionKind;
  /** Known here for the first time, and no news: nobody is told of it. */
  readonly isOldNews: boolean;
  readonly editions: readonly string[];
  readonly facets: readonly string[];
  readonly left: readonly string[];
  /** Places that the entry counts for on its day. */
  readonly codes: readonly string[];
  /** Where its fingerprint keys stand, and the newest reference seen under each. */
  readonly keys: readonly (readonly [place: number, mark: string])[];
  readonly tops: readonly number[];
  /** The same of what its headline is about; no commit waits for what stands there. */
  readonly topics: Control['keys'];
  /** Number of the newest generation that was read for them. */
  readonly newest: number;
  /** Entries that it was compared with. */
  readonly candidates: number;
  readonly merges: readonly { id: string; expect: number; editions: readonly string[]; members: readonly string[] }[];
  /** At most one: the story that the entry was in before its publisher changed it, as it is without it. */
  readonly leaves: readonly {
    id: string;
    expect: number;
    json: string;
    order: number;
    editions: readonly string[];
    facets: readonly string[];
    left: readonly string[];
  }[];
  readonly dayTtl: number;
}

/** What was read and decided of a submission; `stories`: those that the decision names. */
export interface Matched extends Around, Belonging {
  readonly stories: ReadonlyMap<string, Story>;
}

export function plan(
  store: Store,
  submission: Submission,
  packed: Packed,
  matched: Matched,
  options: CommitOptions,
): Plan {
  const { own, match, stories, leaves } = matched;
  const { entry, judgement } = submission;
  const joined = match.join === null ? null : (stories.get(match.join) ?? null);
  const standing = joined?.copies.find((copy) => copy.entry === entry.id);
  const merged = match.merge.flatMap((id) => stories.get(id) ?? []);
  const made = options.assembler.assemble({
    newId: leaves?.newId ?? own?.story ?? entry.id,
    copy: memberOf(entry, {
      sourceName: submission.sourceName,
      trust: submission.trust,
      firstSeen: own?.firstSeen ?? submission.firstSeen ?? options.now,
      // Why a copy belongs to its story is not forgotten because its publisher changes it.
      why: standing?.why ?? match.reason,
      editions: judgement.editions,
      regions: submission.regions,
    }),
    judgement,
    match,
    joined,
    merged,
    previous: leaves === null ? (own?.decision ?? null) : null,
    now: options.now,
  });
  const assembled = leaves === null ? made : { ...made, rule: 'story', reason: match.reason };
  const { story } = assembled;
  const control: Control = {
    entry: entry.id,
    source: entry.source,
    hash: submission.hash,
    reading: submission.reading,
    now: options.now,
    placement: options.placement,
    story: story.id,
    expect: joined?.version ?? 0,
    order: story.orderAt,
    decision: assembled.decision,
    isOldNews: own === null && submission.firstSeen !== undefined,
    editions: story.editions,
    facets: facetsOf(story),
    left: assembled.left,
    codes: countedPlaces(submission.regions.map((hit) => hit.code)),
    ...postingControl(store, options.windowMs),
    keys: submission.fingerprint.keys.map(placeOf),
    tops: matched.tops,
    topics: submission.fingerprint.topics.map(placeOf),
    newest: matched.newest,
    candidates: own === null ? matched.candidates.length : 0,
    merges: merged.map(({ id, version, editions, copies }) => ({
      id,
      expect: version,
      editions,
      members: copies.map((copy) => copy.entry),
    })),
    leaves: leaves === null ? [] : [leaving(leaves.from, entry.id, options)],
    ...ledgerControl(store, options.ledgerCount),
    dayTtl: FIGURE_SECONDS,
    ...namePrefixes(store),
  };
  return {
    assembled,
    version: control.expect + 1,
    leaves: control.leaves.map(({ id }) => id),
    call: {
      keys: keysOf(store, submission, story.id, options.now),
      more: merged.map(({ id }) => keys.story(store, id)),
      args: { control: JSON.stringify(control), ...packed, ...valuesOf(submission, assembled, options) },
    },
  };
}

function keysOf(store: Store, { entry }: Submission, story: string, now: number): Plan['call']['keys'] {
  const day = dayOf(now);
  return {
    entry: keys.entry(store, entry.id),
    seen: keys.seen(store, entry.source),
    story: keys.story(store, story),
    entries: keys.entries(store),
    stories: keys.stories(store),
    ledger: keys.ledger(store),
    totals: keys.totals(store),
    revisions: keys.revisions(store),
    unannounced: keys.unannounced(store),
    sequence: keys.sequence(store),
    places: keys.places(store, day),
    figures: keys.figures(store, day),
    offered: keys.offered(store, entry.source),
    placing: keys.placing(store),
    misplaced: keys.misplaced(store),
  };
}

function valuesOf(
  submission: Submission,
  assembled: Assembled,
  options: CommitOptions,
): Omit<Plan['call']['args'], 'control' | keyof Packed> {
  const { regions, themes, outletPlace, fingerprint, judgement } = submission;
  const row = toDecision(submission, assembled, options);
  return {
    evidence: fingerprint.evidence,
    classification: JSON.stringify({
      regions,
      themes,
      outletPlace,
      editions: judgement.editions,
      ...(isKeptOutUnjudged(judgement.rule) ? { nowhere: true } : {}),
    }),
    story: JSON.stringify(assembled.story),
    row: JSON.stringify(row),
    line: indexLine(row),
  };
}

/** A story without one of its entries; a lead that goes leaves neither its text nor its place behind. */
function leaving(from: Story, entry: string, { assembler, now }: CommitOptions): Control['leaves'][number] {
  const rest = assembler.restate(
    from,
    from.copies.filter((copy) => copy.entry !== entry),
  );
  const json = JSON.stringify({ ...rest, updatedAt: rest.lead === from.lead ? rest.updatedAt : now });
  const left = from.editions.filter((edition) => !rest.editions.includes(edition));
  const { orderAt, editions } = rest;
  return { id: from.id, expect: from.version, json, order: orderAt, editions, facets: facetsOf(rest), left };
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
