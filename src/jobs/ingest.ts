/** The ingest job: takes the items of one poll through the editorial stages and commits entries, stories and decisions. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Logger } from 'pino';
import type { Edited } from '../pipeline/editorial.ts';
import { relateCommitted } from '../store/stories/relations.ts';
import { commitEntries, type Committed } from '../store/stories/commit.ts';
import type { Submission } from '../store/stories/submission.ts';
import { noteSpam, readRecurrences, writeRecurrences } from '../store/sources/habits.ts';
import { noteStages } from '../store/ledger/stagetimes.ts';
import { audienceOf, countRules, type RuleTally } from '../store/ledger/rulecounts.ts';
import type { Store } from '../store/redis/keys.ts';
import { placementOf } from '../pipeline/placement.ts';
import { ASSEMBLER } from '../pipeline/assemble.ts';
import { decideStory } from '../story/match.ts';
import { FEWEST_TOPICS, relateStories } from '../story/related.ts';
import { createMet } from '../store/entries/postings.ts';
import { readStoredEntries } from '../store/entries/storedentries.ts';
import { saysTheSame } from '../clean/samecontent.ts';
import { noteSame } from '../store/sources/readings.ts';
import type { Entry } from '../model/entry.ts';
import type { Config } from '../model/config.ts';
import type { Judgement } from '../model/decision.ts';
import type { SourceFacts } from '../model/source.ts';
import { say } from '../reasons/render.ts';
import { A } from '../sources/allowances.ts';
import { factsOf } from '../sources/configured.ts';
import { isOld } from '../sources/oldnews.ts';
import { type EditedItems, editItems } from '../threads/edititems.ts';
import type { Threads } from '../threads/pool.ts';
import type { Passed } from './passed.ts';
import type { IngestJob } from './queues.ts';
import { keptOut, removedStories } from './removedstories.ts';
import { giveWay } from '../text/giveway.ts';
import { DAY_MS } from '../text/time.ts';

export interface IngestDeps {
  readonly store: Store;
  readonly config: () => Config;
  readonly threads: Threads;
  readonly log: Logger;
  readonly now: () => number;
  readonly passed: Passed;
  /** Whether this process has no other job in hand. */
  readonly isAlone: () => boolean;
}

/** What bull-board shows as the job's return value. */
export interface IngestSummary {
  readonly kept: number;
  readonly merged: number;
  readonly dropped: number;
  /** Committed before, by an earlier run of this job, or saying what they said before, or outdated. */
  readonly known: number;
}

/** Items edited and committed together. */
const BATCH = A.ingests.smallItems;
/** While others are in hand, a job of many items rests between two batches so many times as long as the first of them took. */
const REST = 2;

export async function runIngest(deps: IngestDeps, job: Job<IngestJob>): Promise<IngestSummary> {
  const { items, source } = job.data;
  const summary = { kept: 0, merged: 0, dropped: 0, known: 0 };
  let recurrences: string | null = null;
  const times = { edit: 0, commit: 0 };
  let runs = 0;
  for (let at = 0; at < items.length; at += BATCH) {
    const batch = items.slice(at, at + BATCH);
    const ids = batch.map(({ item }) => item.id);
    const [before, stored] = await Promise.all([
      at === 0 ? readRecurrences(deps.store, source) : recurrences,
      readStoredEntries(deps.store, ids),
    ]);
    const begun = performance.now();
    const edited = await edit(deps, job.data, batch, before, stored);
    const between = performance.now();
    times.edit += between - begun;
    runs++;
    ({ recurrences } = edited);
    const { changed, same } = tellChanged(batch, edited, stored);
    const marks = new Map(same.map(({ item, hash }) => [item.id, hash]));
    await noteSame(deps.store, source, marks, job.data.reading);
    summary.known += same.length;
    if (changed.length > 0) deps.passed.note(source);
    for (const one of await commit(deps, job.data, changed, edited.config))
      summary[one.known ? 'known' : one.decision]++;
    times.commit += performance.now() - between;
    if (changed.length > 0) deps.passed.note(source);
    // Who watches a job of one batch sees that it is done.
    if (items.length > BATCH)
      await job.updateProgress(Math.round((100 * Math.min(items.length, at + BATCH)) / items.length));
    const isLast = at + BATCH >= items.length;
    const rests = items.length > A.ingests.manyItems && !isLast && !deps.isAlone();
    await (rests ? sleep(REST * (performance.now() - begun)) : giveWay());
  }
  await Promise.all([
    recurrences !== null && writeRecurrences(deps.store, source, recurrences),
    runs > 0 && noteStages(deps.store, times, runs),
  ]);
  deps.log.debug({ source, ...summary }, 'ingested');
  return summary;
}

async function edit(
  deps: IngestDeps,
  { source: id, feedTitle: title, baseUrl }: IngestJob,
  batch: IngestJob['items'],
  recurrences: string | null,
  stored: ReadonlyMap<string, Entry>,
): Promise<EditedItems> {
  const items = batch.map(({ item }) => item);
  const dates = new Map([...stored].map(([entry, { published }]) => [entry, published]));
  const document = { title, baseUrl };
  const edited = await editItems(deps.threads, deps.config, (config) => {
    return { items, source: factsOf(config, id), document, recurrences, dates, now: deps.now() };
  });
  for (const { item, why } of edited.aside)
    deps.log.warn({ source: id, item: item.id, why: say(why, 'en') }, 'item set aside');
  return edited;
}

interface Changed {
  readonly item: IngestJob['items'][number];
  readonly edited: Edited;
}

/** Which items are new or say something else than what is stored of them; the others are only noted as seen. */
function tellChanged(
  batch: IngestJob['items'],
  { edited }: EditedItems,
  stored: ReadonlyMap<string, Entry>,
): { readonly changed: readonly Changed[]; readonly same: IngestJob['items'] } {
  const changed: Changed[] = [];
  const same: IngestJob['items'][number][] = [];
  for (const [i, item] of batch.entries()) {
    const one = edited[i] as Edited;
    const before = stored.get(item.item.id);
    if (before !== undefined && saysTheSame(before, one.cleaned.entry)) same.push(item);
    else changed.push({ item, edited: one });
  }
  return { changed, same };
}

/** Commits them in order. */
async function commit(
  deps: IngestDeps,
  { source: id, feedTitle, reading }: IngestJob,
  changed: readonly Changed[],
  config: Config,
): Promise<readonly Committed[]> {
  const { stories, retention } = config.settings;
  const windowMs = stories.exactDays * DAY_MS;
  const source = factsOf(config, id);
  const submissions = changed.map(({ item: { item, hash, firstSeen }, edited }): Submission => {
    const { cleaned, classification, fingerprint, judgement } = edited;
    return {
      entry: cleaned.entry,
      raw: { item, feedTitle },
      hash,
      reading,
      // The article itself may have told its date.
      firstSeen:
        firstSeen !== undefined && isOld(cleaned.entry, { since: firstSeen, undated: true }) ? firstSeen : undefined,
      sourceName: source.name,
      trust: source.trust,
      fingerprint,
      regions: classification.regions,
      themes: classification.themes,
      outletPlace: classification.outletPlace,
      judgement,
    };
  });
  const met = createMet();
  const committed = await commitEntries(deps.store, submissions, {
    now: deps.now(),
    configVersion: config.version,
    placement: placementOf(config),
    ledgerCount: retention.ledgerCount,
    windowMs,
    met,
    decideStory: (print, candidates, now, known) =>
      decideStory(print, candidates, now, { ...known, nearDays: stories.nearDays }),
    assembler: ASSEMBLER,
  });
  const placed = committed.flatMap((one, i) => {
    const { fingerprint } = submissions[i] as Submission;
    return one.known ? [] : [{ entry: one.entry, story: one.story, fingerprint }];
  });
  const spammed = changed.filter((_, i) => committed[i]?.known === false).map(({ edited }) => edited.cleaned.spam);
  await Promise.all([
    relateCommitted(deps.store, placed, { now: deps.now(), windowMs, met, fewestTopics: FEWEST_TOPICS, relateStories }),
    config.rules.length > 0 && countRules(deps.store, tally(submissions, committed, source), deps.now()),
    noteSpam(deps.store, id, spammed),
  ]);
  return committed;
}

/** How often each rule matched, and which stories it removed. A source without rules of its own has no audience to count. */
function tally(
  submissions: readonly { readonly judgement: Judgement }[],
  committed: readonly Committed[],
  source: SourceFacts,
): RuleTally {
  const matches = new Map<string, number>();
  const editions = new Map<string, readonly string[]>();
  const out: ReturnType<typeof keptOut>[] = [];
  let fresh = 0;
  for (const [i, { judgement }] of submissions.entries()) {
    const one = committed[i];
    if (one === undefined || one.known) continue;
    fresh++;
    for (const key of judgement.matched) matches.set(key, (matches.get(key) ?? 0) + 1);
    editions.set(one.story, one.editions);
    out.push(keptOut(judgement, one.story));
  }
  const passed = new Map([[audienceOf(null), fresh]]);
  if (source.keep.length + source.drop.length > 0) passed.set(audienceOf(source.id), fresh);
  return { matches, passed, removed: removedStories(out.flat(), (story) => editions.get(story)) };
}
