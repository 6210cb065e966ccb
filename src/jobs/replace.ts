/** The placing job: after the editions changed, decides for every stored story again which of them it is in. */
import type { Job } from 'bullmq';
import type { Editor } from '../pipeline/editorial.ts';
import type { Store } from '../store/redis/keys.ts';
import { replaceEditions } from '../store/stories/rewrite.ts';
import { ASSEMBLER } from '../pipeline/assemble.ts';
import type { Config } from '../model/config.ts';
import { factsOf } from '../sources/configured.ts';
import type { PlaceJob } from './queues.ts';

export async function runPlacing(
  deps: { readonly store: Store; readonly config: () => Config; readonly editor: () => Editor },
  job: Job<PlaceJob>,
): Promise<{ readonly changed: number }> {
  const config = deps.config();
  const editor = deps.editor();
  const changed = await replaceEditions(
    deps.store,
    config.editions.map(({ id }) => id),
    ({ entry, ...classified }) => editor.judge(entry, classified, factsOf(config, entry.source)).editions,
    ASSEMBLER,
    // Progress is for people to look at: the placing goes on without it, and a Redis that is away stops it anyway.
    (done, all) => void job.updateProgress(Math.round((100 * done) / all)).catch(() => undefined),
  );
  return { changed };
}
