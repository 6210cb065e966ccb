/** One process of a race: its workers take batches from a common list, and commit the copies that each names. */
import { Redis } from 'ioredis';
import { commitEntries } from '../src/store/stories/commit.ts';
import type { Store } from '../src/store/redis/keys.ts';
import type { Submission } from '../src/store/stories/submission.ts';
import { fingerprint } from '../src/story/keys/fingerprint.ts';
import { ASSEMBLER } from '../src/pipeline/assemble.ts';
import { decideStory } from '../src/story/match.ts';
import { makeCopy } from './news.ts';
import { racing, type RaceTask } from './race.ts';

/** The copy as the editorial stages would hand it over: kept, in one edition. */
function toSubmission(story: number, copy: number, now: number): Submission {
  const entry = makeCopy(story, copy, now);
  return {
    entry,
    raw: {
      item: { ...entry, guid: null, content: null, summary: null, image: null },
      feedTitle: null,
    },
    hash: `h${story}-${copy}`,
    sourceName: entry.source,
    trust: 50 + ((story + copy) % 3) * 20,
    fingerprint: fingerprint(entry),
    regions: [],
    themes: [],
    judgement: { editions: ['delta'], rule: 'region', reason: 'a race', barred: false, matched: [] },
  };
}

async function work(store: Store, name: string, now: number): Promise<void> {
  const { redis } = store;
  const [waiting, mine] = [racing.waiting(store), racing.taken(store, name)];
  for (;;) {
    const batch = await redis.lmove(waiting, mine, 'LEFT', 'RIGHT');
    if (batch === null) return;
    const copies = batch.split(' ').map((pair) => pair.split('-').map(Number));
    await commitEntries(
      store,
      copies.map(([story, copy]) => toSubmission(story ?? 0, copy ?? 0, now)),
      {
        now,
        configVersion: 'race',
        ledgerCount: 10_000_000,
        windowMs: 30 * 86_400_000,
        decideStory,
        assembler: ASSEMBLER,
      },
    );
    await redis.lrem(mine, 1, batch);
  }
}

const task = JSON.parse(process.argv[2] ?? '') as RaceTask;
const connections = Array.from({ length: task.workers }, () => new Redis(task.socket));
await Promise.all(
  connections.map((redis, i) => work({ redis, prefix: task.prefix }, `${task.process}-${i}`, task.now)),
);
for (const redis of connections) redis.disconnect();
