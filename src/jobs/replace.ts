/** The placing job: after the editions changed, decides for every stored story again which of them it is in. */
import type { Job } from 'bullmq';
import type { Editor } from '../pipeline/editorial.ts';
import type { Store } from '../store/redis/keys.ts';
import { replaceEditions } from '../store/stories/rewrite.ts';
import { notePlaced, readMisplaced, readPlacing, settleMisplaced } from '../store/stories/placedby.ts';
import { ASSEMBLER } from '../pipeline/assemble.ts';
import { placementOf } from '../pipeline/placement.ts';
import type { Config } from '../model/config.ts';
import { factsOf } from '../sources/configured.ts';
import { comeBack } from './hostturn.ts';
import type { PlaceJob } from './queues.ts';

interface PlacingDeps {
  readonly store: Store;
  readonly config: () => Config;
  readonly editor: () => Editor;
  readonly now: () => number;
}

/** A process whose config is another gives the job back for so long: one that has it takes it, or it is read meanwhile. */
const OTHER_CONFIG_MS = 2_000;

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
  const editor = deps.editor();
  const place = (stories?: readonly string[]) =>
    replaceEditions(store, {
      stories,
      known: config.editions.map(({ id }) => id),
      editionsOf: ({ entry, ...classified }) => editor.judge(entry, classified, factsOf(config, entry.source)).editions,
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
  return { changed };
}
