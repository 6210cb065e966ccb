import { execFileSync } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRedis } from '../support/redis.ts';
import { BIN, type FeedServer, makeRig, type Program, type Rig, serveFeeds } from './rig.ts';
import { until } from '../support/until.ts';

let feeds: FeedServer;
let rig: Rig;

beforeEach(async () => {
  feeds = await serveFeeds();
  rig = await makeRig();
});
afterEach(async () => {
  await rig.close();
  await feeds.close();
});

const block = (id: string, schedule = '0 0 1 1 *') =>
  `  - {id: ${id}, name: ${id}样报, url: "${feeds.url}/${id}.xml", schedule: "${schedule}"}\n`;
const titles = (count: number, of: string) =>
  Array.from({ length: count }, (_, i) => `合肥${of}第${count - i}期工程开工`);
const pollAll = async (program: Program) => {
  const response = await fetch(`${program.base}/api/poll`, { method: 'POST' });
  expect(response.status).toBe(202);
};
const settled = (program: Program, entries: number) =>
  until(async () => {
    const { idle, totals } = await program.status();
    return idle && totals.entries >= entries;
  }, `${entries} entries`);
const explain = (name: string) =>
  execFileSync(process.execPath, [BIN, 'explain', name], {
    env: { PATH: process.env['PATH'] ?? '', DELTAWIRE_DATA: join(rig.folder, 'data') },
    encoding: 'utf8',
  });
/** Processes that hold the folder in their command line: the private server among them. */
const processesOf = (folder: string) =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder) && !line.startsWith('ps '));

describe('the daemon', () => {
  it(
    'takes news from source to feed, stops on SIGTERM, and starts again with all and nothing new',
    { timeout: 60_000 },
    async () => {
      feeds.items.set('one', titles(12, '地铁'));
      feeds.items.set('two', titles(12, '地铁'));
      await rig.writeSources(`sources:\n${block('one')}${block('two')}`);
      const first = await rig.start();
      await pollAll(first);
      await settled(first, 24);
      const { totals } = await first.status();
      const body = await (await fetch(`${first.base}/feeds/anhui.json`)).json();
      expect((body as { items: { title: string }[] }).items.map((item) => item.title).slice(0, 2)).toEqual([
        '合肥地铁第12期工程开工',
        '合肥地铁第11期工程开工',
      ]);
      const link = `https://news.example/one/${encodeURIComponent('合肥地铁第12期工程开工')}`;
      // Whichever of the two copies came first was kept, and the other merged into it.
      const told = / (?:kept by region|merged by story) [\s\S]*合肥市 340100/;
      expect(explain(link)).toMatch(told);

      // Status pages that are open somewhere do not hold it up.
      const streams = await Promise.all(Array.from({ length: 20 }, () => fetch(`${first.base}/status/live`)));
      expect(streams.map(({ headers }) => headers.get('content-type'))).toEqual(streams.map(() => 'text/event-stream'));
      const stop = await first.end('SIGTERM');
      expect(stop.code).toBe(0);
      expect(stop.elapsedMs).toBeLessThan(10_000);
      await Promise.all(streams.map((stream) => stream.text()));
      expect(processesOf(rig.folder)).toEqual([]);

      // Without a daemon, too: the ledger is read from the data folder.
      expect(explain(link)).toMatch(told);

      const second = await rig.start();
      await pollAll(second);
      await until(async () => (await second.status()).idle, 'the polls to end');
      expect((await second.status()).totals).toEqual(totals);
      // The validators outlived the stop: nothing was sent again.
      expect(feeds.requests.get('one')).toHaveLength(2);
    },
  );

  it('loses and doubles nothing when it is killed in the middle of ingest', { timeout: 120_000 }, async () => {
    const sources = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const id of sources) feeds.items.set(id, titles(180, id));
    await rig.writeSources(`sources:\n${sources.map((id) => block(id)).join('')}`);
    const first = await rig.start();
    await pollAll(first);
    await until(async () => (await first.status()).totals.entries > 20, 'the first entries');
    const before = (await first.status()).totals.entries;
    await first.end('SIGKILL');
    expect(before).toBeLessThan(sources.length * 180);

    const second = await rig.start();
    await pollAll(second);
    await settled(second, sources.length * 180);
    const { totals } = await second.status();
    expect(totals.entries).toBe(sources.length * 180);
    expect(totals.kept + totals.merged + totals.dropped).toBe(totals.entries);
    const seen = new Set<string>();
    let before2 = '';
    for (let rows = 1; rows > 0;) {
      const page = (await (await fetch(`${second.base}/api/ledger?limit=200${before2}`)).json()) as {
        rows: { entry: string }[];
        next: string | null;
      };
      for (const row of page.rows) {
        expect(seen.has(row.entry), `${row.entry} decided twice`).toBe(false);
        seen.add(row.entry);
      }
      rows = page.next === null ? 0 : page.rows.length;
      before2 = `&before=${page.next ?? ''}`;
    }
    expect(seen.size).toBe(totals.entries);
  });

  it('does the same work as four processes on one Redis, with no poll doubled', { timeout: 90_000 }, async () => {
    const redis = await startRedis();
    try {
      const sources = Array.from({ length: 8 }, (_, i) => `s${i}`);
      for (const id of sources) feeds.items.set(id, titles(10, id));
      await rig.writeSources(`sources:\n${sources.map((id) => block(id, '*/3 * * * * *')).join('')}`);
      const env = { REDIS_URL: redis.socket };
      const roles = ['scheduler', 'scheduler', 'worker', 'worker', 'web'];
      const programs = await Promise.all(roles.map((role) => rig.start(['--role', role], env)));
      const web = programs.at(-1) as Program;
      await until(async () => (await web.status()).totals.entries === 80, '80 entries');
      const began = Date.now();
      await until(() => (feeds.requests.get('s0')?.length ?? 0) >= 5, 'five polls');
      for (const id of sources) {
        const times = feeds.requests.get(id) ?? [];
        // The first poll waited for its worker to start.
        const gaps = times.slice(2).map((time, i) => time - (times[i + 1] ?? 0));
        // Every third second, each source at its own moment: two polls within two seconds would be one firing worked twice.
        expect(Math.min(...gaps), `${id}: ${gaps.join()}`).toBeGreaterThan(1_500);
        expect(times.length).toBeLessThanOrEqual((Date.now() - began) / 3_000 + 8);
      }
      const stops = await Promise.all(programs.map((program) => program.end('SIGTERM')));
      expect(stops.map(({ code }) => code)).toEqual(roles.map(() => 0));
    } finally {
      await redis.stop();
    }
  });

  it(
    'keeps the last good config over a typo, tells its place, and takes the mended one',
    { timeout: 60_000 },
    async () => {
      feeds.items.set('one', titles(3, '公园'));
      await rig.writeSources(`sources:\n${block('one', '*/2 * * * * *')}`);
      const program = await rig.start();
      await settled(program, 3);
      await appendFile(join(rig.config, 'sources.yaml'), `  - {id: two, url: "${feeds.url}/two.xml", schedul: auto}\n`);
      await until(async () => (await program.status()).config.faults.length > 0, 'the fault', 5_000);
      const [fault] = (await program.status()).config.faults;
      expect(fault).toMatchObject({ file: 'sources.yaml', line: 3 });
      expect(fault?.message).toContain('did you mean `schedule`?');
      expect(program.output()).toContain('sources.yaml:3:');
      expect(await (await fetch(`${program.base}/status`)).text()).toContain('是不是 <code>schedule</code>？');
      const polled = feeds.requests.get('one')?.length ?? 0;
      await until(() => (feeds.requests.get('one')?.length ?? 0) > polled, 'another poll');

      feeds.items.set('two', titles(3, '书店'));
      await rig.writeSources(`sources:\n${block('one', '*/2 * * * * *')}${block('two', '*/2 * * * * *')}`);
      await until(async () => (await program.status()).config.faults.length === 0, 'the mended config', 2_500);
      await settled(program, 6);
    },
  );

  it('shows why a source fails and goes on with the others', { timeout: 60_000 }, async () => {
    feeds.items.set('good', titles(3, '码头'));
    await rig.writeSources(`sources:\n${block('bad')}${block('good')}`);
    const program = await rig.start();
    await pollAll(program);
    await settled(program, 3);
    // Readings of the sources' states are shared for half a second.
    await until(async () => (await program.status()).sources.every(({ state }) => state !== 'new'), 'the states');
    const { sources } = await program.status();
    expect(sources.map(({ id, state, lastError }) => [id, state, lastError])).toEqual([
      ['bad', 'failing', expect.stringContaining('500')],
      ['good', expect.stringMatching(/healthy|quiet|stale/), null],
    ]);
  });

  it(
    'refuses to start on a faulty config with exit code 2, and on a folder in use with 1',
    { timeout: 60_000 },
    async () => {
      await rig.writeSources(`sources:\n${block('one')}`);
      await rig.start();
      await expect(rig.start()).rejects.toThrow(/another deltawire uses the data folder/);
      await rig.writeSources('sources:\n  - {id: one}\n');
      await expect(rig.start()).rejects.toThrow(/sources\.yaml:2:.*url/);
    },
  );
});
