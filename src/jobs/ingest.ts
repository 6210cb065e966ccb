/** The ingest job: takes the items of one poll through the editorial stages and commits entries, stories and decisions. */
import { setImmediate } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { Logger } from 'pino';
import { createRecurrences } from '../clean/article/recurring.ts';
import { type Edited, type Editor, editTogether } from '../pipeline/editorial.ts';
import { commitEntries } from '../store/stories/commit.ts';
import type { Submission } from '../store/stories/submission.ts';
import { noteSpam, readRecurrences, writeRecurrences } from '../store/sources/habits.ts';
import { audienceOf, countRules, type RuleTally } from '../store/ledger/rulecounts.ts';
import type { Store } from '../store/redis/keys.ts';
import { ASSEMBLER } from '../pipeline/assemble.ts';
import { fingerprint } from '../story/keys/fingerprint.ts';
import { decideStory } from '../story/match.ts';
import { readFirstDates } from '../store/entries/firstdates.ts';
import type { Config } from '../model/config.ts';
import type { Judgement } from '../model/decision.ts';
import type { SourceFacts } from '../model/source.ts';
import { factsOf } from '../sources/configured.ts';
import type { IngestJob } from './queues.ts';
import { DAY_MS } from '../text/time.ts';

export interface IngestDeps {
  readonly store: Store;
  readonly config: () => Config;
  /** The editor of the config in force. */
  readonly editor: () => Editor;
  readonly log: Logger;
  readonly now: () => number;
}

/** What bull-board shows as the job's return value. */
export interface IngestSummary {
  readonly kept: number;
  readonly merged: number;
  readonly dropped: number;
  /** Committed before, by an earlier run of this job. */
  readonly known: number;
}

/** Entries edited between two turns of the event loop, so that readers are served meanwhile. */
const BATCH = 20;

export async function runIngest(deps: IngestDeps, job: Job<IngestJob>): Promise<IngestSummary> {
  const config = deps.config();
  const { stories, retention } = config.settings;
  const editor = deps.editor();
  const { items, feedTitle, baseUrl } = job.data;
  const source = factsOf(config, job.data.source);
  const summary = { kept: 0, merged: 0, dropped: 0, known: 0 };
  const recurrences = createRecurrences(await readRecurrences(deps.store, source.id));
  const document = { title: feedTitle, baseUrl };
  for (let at = 0; at < items.length; at += BATCH) {
    const batch = items.slice(at, at + BATCH);
    const edited = editTogether(
      editor,
      batch.map(({ item }) => ({ item, source, document })),
      () => recurrences,
      deps.now(),
    );
    const dates = await readFirstDates(
      deps.store,
      edited.map(({ cleaned }) => cleaned.entry.id),
    );
    const submissions = batch.map(({ item, hash }, i) => {
      const one = edited[i] as Edited;
      const { classification, judgement } = one;
      const { entry, fingerprint: print } = keepDate(one, dates);
      return {
        entry,
        fingerprint: print,
        raw: { item, feedTitle },
        hash,
        sourceName: source.name,
        trust: source.trust,
        regions: classification.regions,
        themes: classification.themes,
        judgement,
      };
    });
    const committed = await commitEntries(deps.store, submissions, {
      now: deps.now(),
      configVersion: config.version,
      ledgerCount: retention.ledgerCount,
      windowMs: stories.exactDays * DAY_MS,
      decideStory: (print, candidates, now, known) =>
        decideStory(print, candidates, now, { ...known, nearDays: stories.nearDays }),
      assembler: ASSEMBLER,
    });
    for (const one of committed) summary[one.known ? 'known' : one.decision]++;
    const isFresh = (_: unknown, i: number) => committed[i]?.known === false;
    if (config.rules.length > 0) await countRules(deps.store, tally(submissions.filter(isFresh), source), deps.now());
    const spammed = edited.filter(isFresh).map(({ cleaned }) => cleaned.spam);
    await noteSpam(deps.store, source.id, spammed);
    await job.updateProgress(Math.round((100 * Math.min(items.length, at + BATCH)) / items.length));
    await setImmediate();
  }
  await writeRecurrences(deps.store, source.id, recurrences.write());
  deps.log.debug({ source: source.id, ...summary }, 'ingested');
  return summary;
}

/** A changed entry keeps the date that it first had; one that was undated stays so. */
function keepDate(
  { cleaned: { entry }, fingerprint: print }: Edited,
  dates: ReadonlyMap<string, number | null>,
): Pick<Submission, 'entry' | 'fingerprint'> {
  const published = dates.get(entry.id);
  if (published === undefined || published === entry.published) return { entry, fingerprint: print };
  const dated = { ...entry, published };
  return { entry: dated, fingerprint: { ...print, evidence: fingerprint(dated).evidence } };
}

/** How often each rule matched. A source without rules of its own has no audience to count. */
function tally(submissions: readonly { readonly judgement: Judgement }[], source: SourceFacts): RuleTally {
  const matches = new Map<string, number>();
  for (const { judgement } of submissions)
    for (const key of judgement.matched) matches.set(key, (matches.get(key) ?? 0) + 1);
  const passed = new Map([[audienceOf(null), submissions.length]]);
  if (source.keep.length + source.drop.length > 0) passed.set(audienceOf(source.id), submissions.length);
  return { matches, passed };
}
