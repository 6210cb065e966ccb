/**
 * Kills the primary of a Redis that three Sentinels watch over ten times under a running daemon, and tells each time when
 * the next poll came and when its entries were stored: `npx tsx bench/failover.ts [--kills 10]`. Needs a built checkout.
 */
import { parseArgs } from 'node:util';
import { makeRig, serveFeeds } from '../tests/daemon/rig.ts';
import { startSentinels } from '../tests/support/sentinels.ts';
import { until } from '../tests/support/until.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '10' } } });
const KILLS = Number(values.kills);
const SOURCES = Array.from({ length: 20 }, (_, i) => `s${i}`);
const PATIENCE_MS = 120_000;

const [sentinels, feeds, rig] = await Promise.all([startSentinels(), serveFeeds(), makeRig()]);
try {
  for (const name of SOURCES) feeds.items.set(name, [`${name}在合肥开幕`]);
  const blocks = SOURCES.map((name) => `  - {id: ${name}, url: "${feeds.url}/${name}.xml", schedule: "0 0 1 1 *"}`);
  await rig.writeSources(`sources:\n${blocks.join('\n')}\n`);
  const program = await rig.start([], { REDIS_URL: sentinels.url, LOG_LEVEL: 'info' });
  // All sources are asked again and again, also while there is no primary.
  const over = new AbortController();
  const asking = (async () => {
    while (!over.signal.aborted) {
      const response = await fetch(`${program.base}/api/poll`, { method: 'POST' }).catch(() => null);
      await response?.arrayBuffer();
      await new Promise((done) => setTimeout(done, 100));
    }
  })();
  const stored = async () => (await program.status().catch(() => null))?.totals?.entries ?? 0;
  const lastPoll = () => Math.max(...[...feeds.requests.values()].map((times) => times.at(-1) ?? 0));
  await until(async () => (await stored()) === SOURCES.length, 'the first entries', PATIENCE_MS);
  const waits: { readonly poll: number; readonly entries: number }[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    for (const name of SOURCES) feeds.items.get(name)?.unshift(`${name}第${kill}次在芜湖举行`);
    await sentinels.killPrimary();
    const from = Date.now();
    // What was under way when it died ends within moments; a poll that needs the store comes after.
    const before = from + 1_000;
    await until(() => lastPoll() > before, 'a poll', PATIENCE_MS);
    const poll = lastPoll() - from;
    await until(async () => (await stored()) === SOURCES.length * (kill + 1), 'all entries', PATIENCE_MS);
    waits.push({ poll, entries: Date.now() - from });
    console.log(
      `kill ${kill}: polls go on after ${(poll / 1000).toFixed(1)} s, all entries stored after ${((Date.now() - from) / 1000).toFixed(1)} s`,
    );
    await sentinels.mend();
  }
  over.abort();
  await asking;
  const most = (of: (wait: (typeof waits)[number]) => number) => (Math.max(...waits.map(of)) / 1000).toFixed(1);
  console.log(
    `${KILLS} kills: polls go on after ${most(({ poll }) => poll)} s at most, entries are stored after ${most(({ entries }) => entries)} s at most; ` +
      `${await stored()} of ${SOURCES.length * (KILLS + 1)} entries`,
  );
} finally {
  await rig.close();
  await feeds.close();
  await sentinels.stop();
}
