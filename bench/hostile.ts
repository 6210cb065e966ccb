/**
 * What one hostile source does to two honest ones and to readers, in the whole daemon: how late the honest ones' news is
 * beside the same in peace, how long a reader waits, and what memory it takes. `ROUNDS=20 npx tsx bench/hostile.ts`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeRig, type Program, residentMb } from '../tests/daemon/rig.ts';
import { quantile } from './quantile.ts';
import { item, rss } from '../tests/support/heavydocuments.ts';
import { listen } from './forkedserver.ts';
import { HEAVY, type Mode, serveHostile } from './hostileserver.ts';

/** News of each honest source in peace, and under each attack. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 15);
/** Of an honest document, the newest first. */
const ITEMS = 20;
/** Items of both honest documents together. */
const FULL = 2 * ITEMS;
const LOOK_MS = 25;
const GIVEN_UP_MS = 120_000;

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const rig = await makeRig();
const news = new Map<string, string[]>([
  ['one', []],
  ['two', []],
]);
const honest: Parameters<typeof listen>[1] = ({ url }, response) => {
  const name = url?.slice(1) ?? '';
  const items = (news.get(name) ?? []).map((title, i) =>
    item(name, `${i}`, title, `${title}，工程进展顺利，年内完工。`),
  );
  response.end(rss(name, items.toReversed().slice(0, ITEMS)));
};
const [one, two, hostile] = await Promise.all([
  listen('127.0.0.2', honest),
  listen('127.0.0.3', honest),
  serveHostile(),
]);

async function poll(program: Program, source: string): Promise<void> {
  await (await fetch(`${program.base}/api/poll?source=${source}`, { method: 'POST' })).arrayBuffer();
}

const shown = async (program: Program) => (await fetch(`${program.base}/feeds/all.json?at=${Math.random()}`)).text();

const PLACES = ['合肥', '芜湖', '蚌埠', '淮南', '马鞍山', '安庆', '黄山', '阜阳', '宿州', '六安'];
const THINGS = ['桥梁', '学校', '医院', '公园', '隧道', '码头', '厂房', '车站', '水库', '市场', '书店', '球场'];
let told = 0;

/** Milliseconds from an honest publisher's news to the feed that shows it. */
async function lateness(program: Program): Promise<number> {
  const n = told++;
  const title = `${PLACES[n % PLACES.length]}${THINGS[n % THINGS.length]}第${n}标段主体完工`;
  const source = n % 2 === 0 ? 'one' : 'two';
  news.get(source)?.push(title);
  const began = performance.now();
  await poll(program, source);
  while (!(await shown(program)).includes(title)) {
    if (performance.now() - began > GIVEN_UP_MS) throw new Error(`${title} is not shown`);
    await pause(LOOK_MS);
  }
  return performance.now() - began;
}

interface Seen {
  readonly late: number[];
  /** What readers waited for a page that asks nobody, and for a feed. */
  readonly health: number[];
  readonly feed: number[];
  peakMb: number;
}

/** Watches readers and memory while the honest sources tell their news. */
async function watch(program: Program, attack: () => Promise<void>): Promise<Seen> {
  const seen: Seen = { late: [], health: [], feed: [], peakMb: 0 };
  const watching = new AbortController();
  const { signal } = watching;
  const read = async (path: string, into: number[]) => {
    while (!signal.aborted) {
      const began = performance.now();
      await (await fetch(`${program.base}${path}`)).arrayBuffer();
      into.push(performance.now() - began);
      seen.peakMb = Math.max(seen.peakMb, await residentMb(program));
      await pause(LOOK_MS);
    }
  };
  const readers = [read('/healthz', seen.health), read('/feeds/anhui.rss', seen.feed)];
  const attacking = (async () => {
    while (!signal.aborted) {
      await attack();
      await pause(LOOK_MS);
    }
  })();
  for (let round = 0; round < ROUNDS; round++) {
    seen.late.push(await lateness(program));
    await pause(200);
  }
  watching.abort();
  await Promise.all([...readers, attacking]);
  return seen;
}

try {
  const settings = join(rig.config, 'settings.yaml');
  await writeFile(settings, `${await readFile(settings, 'utf8')}  maxBytes: 20000000\n`);
  await writeFile(
    join(rig.config, 'editions.yaml'),
    'editions:\n  - {id: all, title: 全部, regions: [], sources: [one, two]}\n  - {id: anhui, title: 安徽, regions: [安徽省]}\n',
  );
  const row = (id: string, base: string, more = '') =>
    `  - {id: ${id}, url: "${base}/${id}", schedule: "0 0 1 1 *"${more}}`;
  const heavy = HEAVY.map(({ id, note }) => row(id, hostile.start, `, note: "${note}"`));
  await rig.writeSources(
    [
      'sources:',
      row('one', one),
      row('two', two),
      row('bad', hostile.start),
      row('hanging', hostile.start, ', fullText: true'),
      ...heavy,
      '',
    ].join('\n'),
  );
  const program = await rig.start();
  // Until the honest sources' documents and the edition are full: what is measured later has as much to read.
  for (let round = 0; round < FULL; round++) await lateness(program);
  const idle = async () => {
    while (!(await program.status()).idle) await pause(500);
  };
  await idle();
  await pause(3_000);
  const restMb = await residentMb(program);

  let turn = 0;
  const attacks: Readonly<Record<string, { mode: Mode; run: () => Promise<void> }>> = {
    peace: { mode: 'calm', run: async () => undefined },
    'floods of 5,000 new items': {
      mode: 'flood',
      run: async () => {
        await poll(program, 'bad');
        await pause(1_000);
      },
    },
    'full texts on ports that hang': {
      mode: 'hanging',
      run: async () => {
        await poll(program, 'hanging');
        await pause(1_000);
      },
    },
    'documents of ten megabytes': {
      mode: 'heavy',
      run: async () => {
        await poll(program, `heavy${turn++ % HEAVY.length}`);
        await pause(500);
      },
    },
    'peace again': { mode: 'calm', run: async () => undefined },
  };
  let undisturbed = 0;
  console.log('attack | news late p50, p95 (of undisturbed) | /healthz p99 | feed p99 | above idle');
  for (const [name, { mode, run }] of Object.entries(attacks)) {
    await hostile.order(mode);
    const { late, health, feed, peakMb } = await watch(program, run);
    const p95 = quantile(late, 0.95);
    undisturbed ||= p95;
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    console.log(
      `${name} | ${ms(quantile(late, 0.5))}, ${ms(p95)} (${(p95 / undisturbed).toFixed(2)}) | ${ms(quantile(health, 0.99))} | ${ms(quantile(feed, 0.99))} | ${(peakMb - restMb).toFixed(0)} MB`,
    );
  }
} finally {
  hostile.close();
  await rig.close();
}
