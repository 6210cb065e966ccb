/**
 * What readers wait for, and how long the event loop is held, while the daemon ingests twelve thousand entries of three
 * hundred sources: `npx tsx bench/busy.ts [--sources 300] [--entries 40]`. Needs a built checkout.
 */
import { parseArgs } from 'node:util';
import { makeRig } from '../tests/daemon/rig.ts';
import { quantile } from './quantile.ts';
import { serveNews } from './newsserver.ts';
import { timedGet } from './timedget.ts';

const { values } = parseArgs({
  options: { sources: { type: 'string', default: '300' }, entries: { type: 'string', default: '40' } },
});
const [SOURCES, ENTRIES] = [Number(values.sources), Number(values.entries)];
const WORDS = ['企业', '桥梁', '学校', '医院', '高铁', '水稻', '景区', '台风', '价格', '课程', '专利', '订单'];
const PAUSE_MS = 20;
/** Requests for the same feed once all is stored, for comparison. */
const AT_REST = 500;

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const [news, rig] = await Promise.all([serveNews(SOURCES, ENTRIES), makeRig()]);
try {
  const rows = news.addresses.map((url, i) => `  - {id: s${i}, url: "${url}", schedule: "0 0 1 1 *"}`);
  await rig.writeSources(`sources:\n${rows.join('\n')}\n`);
  const program = await rig.start();
  const metric = async (name: string) => {
    const text = await (await fetch(`${program.base}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  const stored = async () => (await program.status()).totals.entries;
  const times = { cached: [] as number[], cold: [] as number[], atRest: [] as number[] };
  let refused = 0;
  const read = async (path: (n: number) => string, into: number[], isOver: () => boolean) => {
    for (let n = 0; !isOver(); n++) {
      const { ms, status } = await timedGet(`${program.base}${path(n)}`);
      if (status !== 200) refused++;
      into.push(ms);
      await pause(PAUSE_MS);
    }
  };
  await metric('deltawire_nodejs_eventloop_lag_p99_seconds');
  const began = performance.now();
  await (await fetch(`${program.base}/api/poll`, { method: 'POST' })).arrayBuffer();
  const cached = () => '/feeds/delta.rss';
  const cold = (n: number) => `/feeds/delta.rss?q=${encodeURIComponent(`${WORDS[n % WORDS.length]} ${n}`)}`;
  let isIngested = false;
  const readers = [read(cached, times.cached, () => isIngested), read(cold, times.cold, () => isIngested)];
  while ((await stored()) < SOURCES * ENTRIES) await pause(1_000);
  const seconds = (performance.now() - began) / 1000;
  const lag = await metric('deltawire_nodejs_eventloop_lag_p99_seconds');
  isIngested = true;
  await Promise.all(readers);
  while (!(await program.status()).idle) await pause(1_000);
  await read(cached, times.atRest, () => times.atRest.length === AT_REST);
  const told = (of: readonly number[]) =>
    `p50 ${quantile(of, 0.5).toFixed(0)} ms, p99 ${quantile(of, 0.99).toFixed(0)} ms of ${of.length}`;
  console.log(
    `${SOURCES * ENTRIES} entries of ${SOURCES} sources ingested in ${seconds.toFixed(1)} s\n` +
      `a feed that is asked for again and again: ${told(times.cached)}\n` +
      `the same once all is stored: ${told(times.atRest)}\n` +
      `a narrowed feed that nobody asked for before: ${told(times.cold)}\n` +
      `answers that were none: ${refused}\n` +
      `event loop: p99 of its delay ${(lag * 1000).toFixed(0)} ms`,
  );
} finally {
  news.close();
  await rig.close();
}
