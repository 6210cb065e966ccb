/** Readers are served while what a hostile source sent is cleaned, and the desk says what became of it. */
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { makeRig, type Program, type Rig } from './rig.ts';

/** Takes twice the time limit and more, on a fast machine and in a thread that has done such before: all marks and tags. */
const HUGE = '<p><b>（记者 张三）</b>2026年11月1日</p>'.repeat(45_000);
const HOSTILE_ITEMS = 3;

const feed = (of: string, items: number, text: string) =>
  `<rss version="2.0"><channel><title>${of}</title><link>https://news.example/</link>${Array.from(
    { length: items },
    (_, i) =>
      `<item><title>合肥地铁${i + 1}号线${of}段开通</title><link>https://news.example/${of}/${i}</link><description><![CDATA[${text}]]></description></item>`,
  ).join('')}</channel></rss>`;

let rig: Rig;
let server: Server;
beforeEach(async () => {
  rig = await makeRig();
  server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.end(request.url === '/hostile' ? feed('西', HOSTILE_ITEMS, HUGE) : feed('东', 3, '<p>通车。</p>'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(async () => {
  await rig.close();
  await new Promise((done) => server.close(done));
});

/** Each item that is set aside ends its thread, and the next one takes seconds to start where processors are busy. */
const LIMIT_MS = 100_000;

const idle = async (program: Program, entries: number) =>
  until(
    async () => {
      const { idle, totals } = await program.status();
      return idle && totals.entries === entries;
    },
    `${entries} entries`,
    LIMIT_MS,
  );

it(
  'answers all along, and shows what was set aside on the status page and the source’s',
  { timeout: 240_000 },
  async () => {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const block = (id: string) => `  - {id: ${id}, name: ${id}报, url: "${base}/${id}", schedule: "0 0 1 1 *"}\n`;
    await rig.writeSources(`sources:\n${block('honest')}${block('hostile')}`);
    const settings = 'fetch:\n  allowAddresses: ["127.0.0.0/8"]\nthreads:\n  count: 1\n  timeoutMs: 100\n';
    await writeFile(join(rig.config, 'settings.yaml'), settings);
    const program = await rig.start();
    await fetch(`${program.base}/api/poll?source=honest`, { method: 'POST' });
    await idle(program, 3);
    const cached = await (await fetch(`${program.base}/feeds/anhui.rss`)).text();
    expect(cached).toContain('东段开通');

    await fetch(`${program.base}/api/poll?source=hostile`, { method: 'POST' });
    const progress = { ended: false, answers: 0 };
    const ended = idle(program, 3 + HOSTILE_ITEMS).finally(() => {
      progress.ended = true;
    });
    while (!progress.ended) {
      const [alive, read] = await Promise.all(
        ['/healthz', '/feeds/anhui.rss'].map((path) => fetch(program.base + path)),
      );
      expect([alive?.status, read?.status]).toEqual([200, 200]);
      expect(await read?.text()).toBe(cached);
      progress.answers++;
    }
    await ended;
    expect(progress.answers).toBeGreaterThan(100);

    // Figures are some seconds old.
    const asides = async () => ((await program.status()) as unknown as { asides: { items: number }[] }).asides;
    await until(async () => (await asides())[0]?.items === HOSTILE_ITEMS, 'the notice');
    expect(await asides()).toMatchObject([
      { source: 'hostile', items: HOSTILE_ITEMS, whyCode: 'aside.item.time-limit', at: { file: 'sources.yaml' } },
    ]);
    const headers = { 'accept-language': 'zh' };
    for (const path of ['/status', '/status/source?id=hostile']) {
      const page = await (await fetch(program.base + path, { headers })).text();
      expect(page).toContain(`近七日搁置 ${HOSTILE_ITEMS} 条`);
      expect(page).toContain('处理这一条超过 100 毫秒，已搁置');
    }
    const honest = await (await fetch(`${program.base}/status/source?id=honest`, { headers })).text();
    expect(honest).not.toContain('搁置');

    // The desk cleans nothing in the process that serves readers either.
    const { rows } = (await (await fetch(`${program.base}/api/ledger?code=aside.`)).json()) as {
      rows: { entry: string }[];
    };
    const life = await fetch(`${program.base}/ledger/entry?id=${rows[0]?.entry}`, { headers });
    expect(await life.text()).toContain('处理这一条超过 100 毫秒，已搁置');
    const trial = await fetch(`${program.base}/api/try?source=hostile`, { method: 'POST' });
    expect(((await trial.json()) as { entries: object[] }).entries).toEqual(
      rows.map(() => expect.objectContaining({ length: 0, editions: [] })),
    );
  },
);
