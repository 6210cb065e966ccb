/** Races processes that commit copies of the same stories at the same instant, kills some, and counts what came of it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { randomNumbers } from '../src/demo/random.ts';
import { keys, type Store } from '../src/store/redis/keys.ts';
import type { Decision } from '../src/model/decision.ts';
import type { Story } from '../src/model/story.ts';
import { COPIES, idOf } from './news.ts';

export interface Race {
  readonly store: Store;
  /** Unix socket of the store's Redis. */
  readonly socket: string;
  readonly stories: number;
  readonly processes: number;
  /** Workers in each process. */
  readonly workers: number;
  /** Kills a process (SIGKILL), and another one takes its place: one each time, or one once so many copies are in; null: none. */
  readonly kill: { readonly everyMs: number } | { readonly afterCopies: number } | null;
  readonly seed: number;
  readonly progress: (committed: number, all: number) => void;
}

/** What a process is told, as JSON. */
export interface RaceTask {
  readonly socket: string;
  readonly prefix: string;
  readonly process: number;
  readonly workers: number;
  readonly now: number;
}

export const racing = {
  /** List: batches, each the pairs `<story>-<copy>` of one poll. */
  waiting: (store: Store) => `${store.prefix}race:waiting`,
  /** List: the batch that a worker is at; what a killed one leaves there is done again, as BullMQ does with stalled jobs. */
  taken: (store: Store, worker: string) => `${store.prefix}race:taken:${worker}`,
};

const RACER = fileURLToPath(new URL('./racer.ts', import.meta.url));
const MOST_IN_BATCH = 6;
const LOOK_MS = 20;

/** Runs the race to its end; returns how many processes were killed. */
export async function runRace(race: Race): Promise<{ readonly killed: number; readonly elapsedMs: number }> {
  const { store } = race;
  const { redis } = store;
  const now = Date.now();
  const batches = shuffleBatches(race.stories, race.seed);
  for (let at = 0; at < batches.length; at += 1000)
    await redis.rpush(racing.waiting(store), ...batches.slice(at, at + 1000));
  const from = performance.now();
  const living = new Map<number, ReturnType<typeof spawn>>();
  let killed = 0;
  let failure: Error | null = null;

  const run = (process_: number): Promise<void> =>
    new Promise((done) => {
      const task: RaceTask = {
        socket: race.socket,
        prefix: store.prefix,
        process: process_,
        workers: race.workers,
        now,
      };
      const child = spawn(process.execPath, ['--import', 'tsx', RACER, JSON.stringify(task)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      living.set(process_, child);
      child.once('exit', (code, signal) => {
        living.delete(process_);
        if (signal !== 'SIGKILL' && code !== 0)
          failure ??= new Error(`process ${process_} ended with ${signal ?? code}`);
        putBack(process_)
          .then((left) => (left > 0 && failure === null ? run(process_) : undefined))
          .catch((error: Error) => (failure ??= error))
          .finally(done);
      });
    });

  /** Gives back what a process had taken; returns the batches that wait. */
  async function putBack(process_: number): Promise<number> {
    for (let worker = 0; worker < race.workers; worker++) {
      const taken = racing.taken(store, `${process_}-${worker}`);
      while ((await redis.lmove(taken, racing.waiting(store), 'LEFT', 'LEFT')) !== null);
    }
    return redis.llen(racing.waiting(store));
  }

  const kill = () => {
    const victims = [...living.values()];
    if (victims[killed % Math.max(1, victims.length)]?.kill('SIGKILL')) killed++;
  };
  const killer = race.kill !== null && 'everyMs' in race.kill ? setInterval(kill, race.kill.everyMs) : undefined;
  const look = async () => {
    const committed = await redis.zcard(keys.entries(store));
    race.progress(committed, race.stories * COPIES);
    if (race.kill !== null && 'afterCopies' in race.kill && killed === 0 && committed >= race.kill.afterCopies) kill();
  };
  const teller = setInterval(() => {
    look().catch((error: Error) => (failure ??= error));
  }, LOOK_MS);
  try {
    await Promise.all(Array.from({ length: race.processes }, (_, i) => run(i)));
  } finally {
    clearInterval(killer);
    clearInterval(teller);
    for (const child of living.values()) child.kill('SIGKILL');
  }
  if (failure !== null) throw failure;
  return { killed, elapsedMs: performance.now() - from };
}

/** Every copy of every story, in random order, in batches as polls bring them. */
function shuffleBatches(stories: number, seed: number): string[] {
  const next = randomNumbers(seed);
  const pairs = Array.from({ length: stories * COPIES }, (_, i) => `${Math.floor(i / COPIES)}-${i % COPIES}`);
  for (let i = pairs.length - 1; i > 0; i--) {
    const other = Math.floor(next() * (i + 1));
    [pairs[i], pairs[other]] = [pairs[other] ?? '', pairs[i] ?? ''];
  }
  const batches: string[] = [];
  for (let at = 0; at < pairs.length;) {
    const size = 1 + Math.floor(next() * MOST_IN_BATCH);
    batches.push(pairs.slice(at, at + size).join(' '));
    at += size;
  }
  return batches;
}

export interface Outcome {
  readonly stories: number;
  readonly entries: number;
  readonly kept: number;
  readonly merged: number;
  /** Stories that were merged into others on the way. */
  readonly mergedStories: number;
  /** What should not be, in words; empty where every story is whole and every entry decided once. */
  readonly faults: readonly string[];
}

/** Looks at everything that the race left in the store. */
export async function inspectRace(store: Store, stories: number): Promise<Outcome> {
  const { redis } = store;
  const faults: string[] = [];
  const storyIds = await redis.zrange(keys.stories(store), '0', '-1');
  const standing = await scan(store, keys.story(store, '*'));
  if (standing.length !== storyIds.length)
    faults.push(`${standing.length} stories stand, ${storyIds.length} are listed`);
  const found = new Map<string, Story>();
  for (const id of storyIds) {
    const json = await redis.hget(keys.story(store, id), 'j');
    if (json === null) faults.push(`story ${id} is listed and does not stand`);
    else found.set(id, JSON.parse(json) as Story);
  }
  for (let number = 0; number < stories; number++) {
    const wanted = Array.from({ length: COPIES }, (_, copy) => idOf(number, copy));
    const rows = await Promise.all(wanted.map((id) => redis.hmget(keys.entry(store, id), 's', 'd', 'l')));
    const of = new Set(rows.map(([story]) => story ?? 'none'));
    const story = found.get([...of][0] ?? '');
    if (of.size !== 1 || story === undefined) {
      faults.push(`the copies of story ${number} are in ${[...of].join(', ')}`);
      continue;
    }
    if (
      story.copies
        .map(({ entry }) => entry)
        .toSorted()
        .join() !== wanted.toSorted().join()
    )
      faults.push(`story ${number} has copies ${story.copies.map(({ entry }) => entry).join(', ')}`);
    if (!wanted.includes(story.lead)) faults.push(`story ${number} has the lead ${story.lead}`);
    for (const [i, [, , rowIds]] of rows.entries())
      if (rowIds?.split(',').length !== 1) faults.push(`entry ${wanted[i]} was decided ${rowIds ?? 'never'}`);
  }
  const decided = new Map<string, number>();
  for (let from = '-'; ;) {
    const rows = await redis.xrange(keys.ledger(store), from, '+', 'COUNT', '1000');
    for (const [, fields] of rows) {
      const { entry } = JSON.parse(fields[1] ?? '') as Decision;
      decided.set(entry, (decided.get(entry) ?? 0) + 1);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    from = `(${last[0]}`;
  }
  for (const [entry, times] of decided) if (times !== 1) faults.push(`the ledger has ${times} rows of ${entry}`);
  if (decided.size !== stories * COPIES) faults.push(`the ledger tells of ${decided.size} entries`);
  const counts = await redis.hmget(keys.totals(store), 'kept', 'merged');
  return {
    stories: storyIds.length,
    entries: await redis.zcard(keys.entries(store)),
    kept: Number(counts[0]),
    merged: Number(counts[1]),
    mergedStories: (await scan(store, keys.alias(store, '*'))).length,
    faults,
  };
}

async function scan({ redis }: Store, pattern: string): Promise<string[]> {
  const names: string[] = [];
  for await (const some of redis.scanStream({ match: pattern, count: 1000 })) names.push(...(some as string[]));
  return [...new Set(names)];
}
