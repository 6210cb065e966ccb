/** The placing job: after the editions changed, decides for every stored story again which of them it is in. */
import type { Job } from 'bullmq';
import type { Editor } from '../pipeline/editorial.ts';
import { countRules } from '../store/ledger/rulecounts.ts';
import type { Store } from '../store/redis/keys.ts';
import { replaceEditions } from '../store/stories/rewrite.ts';
import { readStories } from '../store/stories/stories.ts';
import { notePlaced, readMisplaced, readPlacing, settleMisplaced } from '../store/stories/placedby.ts';
import { ASSEMBLER } from '../pipeline/assemble.ts';
import { placementOf } from '../pipeline/placement.ts';
import type { Config } from '../model/config.ts';
import { factsOf } from '../sources/configured.ts';
import { comeBack } from './hostturn.ts';
import type { PlaceJob } from './queues.ts';
import { keptOut, removedStories } from './removedstories.ts';

interface PlacingDeps {
  readonly store: Store;
  readonly config: () => Config;
  readonly editor: () => Promise<Editor>;
  readonly now: () => number;
}

/** A process whose config is another gives the job back for so long: one that has it takes it, or it is read meanwhile. */
const OTHER_CONFIG_MS = 2_000;
/** At a time. */
const STORIES_READ = 500;

/**
 * Places all stories where that was not done yet, and only then says so; then those that processes with another config
 * have committed since.
 */
export async function runPlacing(
  deps: PlacingDeps,
  job: Job<PlaceJob>,
  token: string | undefined,
): Promise<{ readonly changed: number }> {
  const { store } = deps;
  const config = deps.config();
  const own = placementOf(config);
  const { wanted, placed } = await readPlacing(store);
  const placement = job.data.placement ?? own;
  // Another config came since, which has a job of its own.
  if (wanted !== null && wanted !== placement) return { changed: 0 };
  if (placement !== own) return comeBack(deps, job, token, OTHER_CONFIG_MS);
  const editor = await deps.editor();
  const out: ReturnType<typeof keptOut>[] = [];
  const place = (stories?: readonly string[]) =>
    replaceEditions(store, {
      stories,
      known: config.editions.map(({ id }) => id),
      editionsOf: ({ entry, ...classified }, story) => {
        const judgement = editor.judge(entry, classified, factsOf(config, entry.source));
        out.push(keptOut(judgement, story));
        return judgement.editions;
      },
      assembler: ASSEMBLER,
      // Progress is for people to look at: the placing goes on without it, and a Redis that is away stops it anyway.
      progress: (done, all) => void job.updateProgress(Math.round((100 * done) / all)).catch(() => undefined),
    });
  let changed = 0;
  if (placed !== placement) {
    changed += await place();
    await notePlaced(store, placement);
  }
  for (const [story, version] of await readMisplaced(store)) {
    changed += await place([story]);
    await settleMisplaced(store, story, version);
  }
  await countRemoved(deps, out.flat());
  return { changed };
}

/** Counts what a new rule removed of what was stored before it. */
async function countRemoved({ store, now }: PlacingDeps, out: ReturnType<typeof keptOut>): Promise<void> {
  const ids = [...new Set(out.map(({ story }) => story))];
  for (let at = 0; at < ids.length; at += STORIES_READ) {
    const chunk = new Set(ids.slice(at, at + STORIES_READ));
    const stories = await readStories(store, [...chunk]);
    const removed = removedStories(
      out.filter(({ story }) => chunk.has(story)),
      (story) => stories.get(story)?.editions,
    );
    await countRules(store, { matches: new Map(), passed: new Map(), removed }, now());
  }
}
