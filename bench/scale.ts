/**
 * What a hundred thousand sources and ten million entries would take, and which resource ends first. A poll without news,
 * a poll with two new entries, and an entry in Redis are measured on a running daemon; what a day brings is simulated
 * (eval/sources/simulate.ts): `npx tsx bench/scale.ts [--sources 100000] [--entries 10000000] [--cores 8] [--memory 64]`,
 * memory in GB. Needs a built checkout.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom, DAY_MS, KINDS, LEARNING_DAYS, MEASURED, PAST_DAYS, runAuto } from '../eval/sources/simulate.ts';
import { connectRedis } from '../src/store/redis/connect.ts';
import { makeRig } from '../tests/daemon/rig.ts';
import { serveNews } from './newsserver.ts';
import { usageOf } from './usage.ts';

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '100000' },
    entries: { type: 'string', default: '10000000' },
    cores: { type: 'string', default: '8' },
    memory: { type: 'string', default: '64' },
  },
});
const [SOURCES, ENTRIES] = [Number(values.sources), Number(values.entries)];
const [CORES, MEMORY_GB] = [Number(values.cores), Number(values.memory)];
/** What is measured: feeds, their items, and the new ones of a poll with news. */
const [FEEDS, ITEMS, FRESH] = [200, 40, 2];
const SIMULATED = 2_000;
const DAY_S = 86_400;
const GB = 1e9;
/** A poll that is answered by 304: both heads, and what TCP and TLS take of a connection that is kept. */
const BYTES_OF_304 = 1_000;

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Polls and new entries of a source a day. */
function simulateDay() {
  const random = createRandom(20_260_304);
  let [polls, fresh] = [0, 0];
  for (const [k, kind] of KINDS.entries())
    for (let i = 0; i < Math.round(kind.share * SIMULATED); i++) {
      const entries = kind.entries(random, MEASURED - PAST_DAYS * DAY_MS, MEASURED + 2 * DAY_MS);
      const run = runAuto(entries, `${k}.${i}`, MEASURED - LEARNING_DAYS * DAY_MS + random() * 900_000);
      polls += run.polls;
      fresh += run.delays.length;
    }
  return { polls: polls / SIMULATED, fresh: fresh / SIMULATED };
}

interface Usage {
  readonly daemonMs: number;
  readonly redisMs: number;
  readonly commands: number;
  readonly memory: number;
  readonly file: number;
}

const [news, rig] = await Promise.all([serveNews(FEEDS, ITEMS), makeRig()]);
try {
  const rows = news.addresses.map((url, i) => `  - {id: s${i}, url: "${url}", schedule: "0 0 1 1 *"}`);
  await rig.writeSources(`sources:\n${rows.join('\n')}\n`);
  const program = await rig.start();
  const redis = connectRedis({ socket: join(rig.folder, 'data/redis.sock') }, 'worker');
  const server = Number(await readFile(join(rig.folder, 'data/redis/redis.pid'), 'utf8'));
  const usage = async (): Promise<Usage> => {
    const told = await redis.info();
    const of = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(told)?.[1] ?? 0);
    return {
      daemonMs: (await usageOf(program.process.pid ?? 0)).cpuMs,
      redisMs: (await usageOf(server)).cpuMs,
      commands: of('total_commands_processed'),
      memory: of('used_memory_dataset'),
      file: of('aof_current_size'),
    };
  };
  /** What one poll of all takes, until `entries` are stored and nothing is left to do. */
  const pollAll = async (entries: number): Promise<Usage> => {
    const before = await usage();
    await (await fetch(`${program.base}/api/poll`, { method: 'POST' })).arrayBuffer();
    for (let done = false; !done;) {
      await pause(1_000);
      const { idle, totals } = await program.status();
      done = idle && totals.entries >= entries;
    }
    const after = await usage();
    const names = Object.keys(before) as (keyof Usage)[];
    return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as unknown as Usage;
  };
  const filled = await pollAll(FEEDS * ITEMS);
  // A feed is asked unconditionally until its validators are known to work.
  await pollAll(FEEDS * ITEMS);
  const same = await pollAll(FEEDS * ITEMS);
  await news.add(FRESH);
  const fresh = await pollAll(FEEDS * (ITEMS + FRESH));
  redis.disconnect();

  const day = simulateDay();
  const [polls, stories] = [SOURCES * day.polls, SOURCES * day.fresh];
  const newPolls = Math.min(polls, stories / FRESH);
  const a = (of: number, count: number) => of / count;
  const perDay = (name: keyof Usage) => (polls - newPolls) * a(same[name], FEEDS) + newPolls * a(fresh[name], FEEDS);
  const entryBytes = a(filled.memory, FEEDS * ITEMS);
  const memoryGb = (ENTRIES * entryBytes) / GB;
  console.log(
    `measured: a poll without news takes ${a(same.daemonMs, FEEDS).toFixed(2)} ms of CPU, ${a(same.redisMs, FEEDS).toFixed(2)} ms of Redis's and ${a(same.commands, FEEDS).toFixed(0)} commands; ` +
      `with ${FRESH} new entries ${a(fresh.daemonMs, FEEDS).toFixed(1)} ms, ${a(fresh.redisMs, FEEDS).toFixed(1)} ms, ${a(fresh.commands, FEEDS).toFixed(0)} commands; ` +
      `an entry takes ${(entryBytes / 1000).toFixed(1)} KB of Redis and ${(a(filled.file, FEEDS * ITEMS) / 1000).toFixed(1)} KB of its file\n` +
      `simulated: a source has ${day.polls.toFixed(1)} polls and ${day.fresh.toFixed(1)} new entries a day\n` +
      `${SOURCES.toLocaleString('en')} sources, ${ENTRIES.toLocaleString('en')} entries kept (${(ENTRIES / stories).toFixed(1)} days), ${CORES} cores, ${MEMORY_GB} GB:`,
  );
  const shares: [name: string, amount: string, share: number][] = [
    [
      'processors of workers',
      `${(perDay('daemonMs') / 1000 / DAY_S).toFixed(2)} cores`,
      perDay('daemonMs') / 1000 / DAY_S / (CORES - 1),
    ],
    ['processor of Redis', `${(perDay('redisMs') / 1000 / DAY_S).toFixed(2)} cores`, perDay('redisMs') / 1000 / DAY_S],
    ['memory of Redis', `${memoryGb.toFixed(0)} GB`, memoryGb / MEMORY_GB],
  ];
  for (const [name, amount, share] of shares)
    console.log(
      `  ${name.padEnd(24)}${amount.padStart(12)}   ${(100 * share).toFixed(0).padStart(4)} % of what is there`,
    );
  const bytes = (polls - newPolls) * BYTES_OF_304 + newPolls * news.bytes;
  const plain: [name: string, amount: string][] = [
    ['polls', `${((polls / DAY_S) | 0).toLocaleString('en')} a second`],
    ['new entries', `${(stories / 1e6).toFixed(2)} million a day`],
    ['commands of Redis', `${((perDay('commands') / DAY_S) | 0).toLocaleString('en')} a second`],
    ['file of Redis', `${(perDay('file') / GB).toFixed(0)} GB written a day`],
    ['from publishers', `${(bytes / GB).toFixed(0)} GB a day, uncompressed`],
  ];
  for (const [name, amount] of plain) console.log(`  ${name.padEnd(24)}${amount.padStart(12)}`);
  const [first] = shares.toSorted(([, , x], [, , y]) => y - x);
  console.log(`ends first: ${first?.[0]}`);
} finally {
  news.close();
  await rig.close();
}
