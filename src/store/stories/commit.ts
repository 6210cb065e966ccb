/** Commits entries: reads what shares their keys, lets the caller decide, and writes entry, story and decision atomically. */
import type { DecisionKind } from '../../model/decision.ts';
import type { EditionRow } from '../../model/story.ts';
import { createPieces } from '../../text/giveway.ts';
import { type Around, readAround } from './around.ts';
import { type Belonging, decideBelonging } from './belonging.ts';
import { keys, type Store } from '../redis/keys.ts';
import { type Packed, packEntry } from '../entries/packedentry.ts';
import { type Matched, plan, type Plan, script } from './plan.ts';
import type { CommitOptions, Submission } from './submission.ts';
import { enterWords, readWords } from './wordindex.ts';
import { createMet, forgetMet } from '../entries/postings.ts';
import { check } from '../redis/pipeline.ts';
import { StoreError } from '../redis/storeerror.ts';

export type Committed = { readonly entry: string; readonly known: true } | (Decided & { readonly known: false });

interface Decided {
  readonly entry: string;
  readonly story: string;
  readonly decision: DecisionKind;
  /** That have the story now. */
  readonly editions: readonly string[];
}

/** Rounds of read, decide, commit before giving the job back to the queue. */
const MAX_ROUNDS = 100;

/**
 * Commits all, in order, each a millisecond after the one before: readers tell versions by when they changed.
 * Safe to repeat: an item committed before comes back as `known`. Copies committed at the same
 * time by others make one story: a commit whose read is outdated is decided again.
 * Throws where Redis fails, or (StoreError `outrun`) where a commit is outrun `MAX_ROUNDS` times; what was committed until then stays.
 */
export async function commitEntries(
  store: Store,
  submissions: readonly Submission[],
  options: CommitOptions,
): Promise<Committed[]> {
  // A Redis that restarted has forgotten its scripts.
  await script.load(store.redis);
  const { watching, isWhole, joinable, miss } = watchRecords(store);
  const results = new Map<Submission, Committed>();
  const packed = new Map<Submission, Packed>();
  /** Stories, those in hand with their leads. */
  const changed = new Map<string, EditionRow | null>();
  const { met = createMet() } = options;
  let pending = [...submissions];
  for (let round = 0; pending.length > 0; round++) {
    if (round === MAX_ROUNDS)
      throw new StoreError('outrun', `${pending.length} entries were outrun by other commits ${MAX_ROUNDS} times`);
    forgetMet(met);
    const turn = round === 0 ? pending : apartInKeys(pending);
    const around = (await readAround(watching, turn, { ...options, met })).map(joinable);
    const { belongings, stories } = await decideBelonging(
      watching,
      turn.map((submission, i) => ({ submission, around: around[i] as Around })),
      options,
    );
    const planned: (readonly [Submission, Plan])[] = [];
    const pieces = createPieces();
    for (const [i, submission] of turn.entries()) {
      await pieces();
      const matched: Matched = { ...(around[i] as Around), ...(belongings[i] as Belonging), stories };
      const missing = missingOf(matched);
      miss(missing);
      // Its publisher's next change brings it again, and the record may be mended by then.
      if (!isWhole(submission, matched)) results.set(submission, { entry: submission.entry.id, known: true });
      else if ((matched.own !== null && matched.leaves === null) || missing.length === 0) {
        const kept = packed.get(submission) ?? (await packEntry(submission.entry, submission.raw));
        packed.set(submission, kept);
        planned.push([submission, plan(store, submission, kept, matched, { ...options, now: options.now + i })]);
      }
    }
    const pipeline = store.redis.pipeline();
    for (const [, { call }] of planned) script.send(pipeline, call);
    const answers = await check(pipeline.exec());
    for (const [i, [submission, { assembled, version, leaves, call }]] of planned.entries()) {
      const { story, decision } = assembled;
      const entry = submission.entry.id;
      if (answers[i] === 'ok') {
        results.set(submission, { entry, story: story.id, decision, editions: story.editions, known: false });
        const isLead = story.lead === entry;
        // A new story that is in no edition has no words to be found by, and waits for none.
        if (version > 1 || story.editions.length > 0)
          changed.set(story.id, isLead ? { story: { ...story, version }, lead: submission.entry } : null);
        for (const left of leaves) changed.set(left, null);
        if (leaves.length > 0 || call.more?.length !== 0) forgetMet(met);
      }
      if (answers[i] === 'known') results.set(submission, { entry, known: true });
    }
    pending = pending.filter((submission) => !results.has(submission));
  }
  forgetMet(
    met,
    submissions.map(({ entry }) => entry.id),
  );
  await Promise.all([
    enterWords(
      store,
      [...changed.values()].filter((row) => row !== null),
    ),
    readWords(
      store,
      [...changed].flatMap(([id, row]) => (row === null ? [id] : [])),
    ),
  ]);
  return submissions.map((submission) => results.get(submission) as Committed);
}

/**
 * Those that share no key with one before them. Copies of one story that come together outrun each other: all of them are
 * tried once, and then each is decided when it is its turn instead of each time that another one was committed.
 */
function apartInKeys(pending: readonly Submission[]): Submission[] {
  const met = new Set<string>();
  return pending.filter(({ fingerprint: { keys: own } }) => {
    const isApart = !own.some((key) => met.has(key));
    for (const key of own) met.add(key);
    return isApart;
  });
}

/**
 * A store that remembers which records could not be read: nothing joins a story that is broken, and what stands in one, or
 * is broken itself, is left as it is. Nothing joins a story either that entries named and that was not there: it was merged
 * into another one meanwhile, which the next reading shows.
 */
function watchRecords(store: Store) {
  const broken = new Set<string>();
  const gone = new Set<string>();
  const watching: Store = {
    ...store,
    onUnreadable: (record) => {
      broken.add(record.key);
      store.onUnreadable?.(record);
    },
  };
  const isWholeStory = (story: string) => !broken.has(keys.story(store, story));
  return {
    watching,
    isWhole: ({ entry }: Submission, { own }: Around) =>
      !broken.has(keys.entry(store, entry.id)) && (own === null || isWholeStory(own.story)),
    miss: (stories: readonly string[]) => stories.forEach((story) => gone.add(story)),
    joinable: (around: Around): Around => ({
      ...around,
      candidates: around.candidates.filter(({ story }) => isWholeStory(story) && !gone.has(story)),
    }),
  };
}

/** Stories of the decision that were merged into others, or pruned, after the entries in them were found. */
function missingOf({ match: { join, merge }, stories }: Matched): readonly string[] {
  return [join ?? [], merge].flat().filter((id) => !stories.has(id));
}
