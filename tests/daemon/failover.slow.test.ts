/** The primary of a Redis that Sentinels watch over dies under the running daemon: polls go on with the next one. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sentinels, startSentinels } from '../support/sentinels.ts';
import { until } from '../support/until.ts';
import { type FeedServer, makeRig, type Program, type Rig, serveFeeds } from './rig.ts';

const PATIENCE_MS = 90_000;
const SOURCES = ['a', 'b', 'c'];

let sentinels: Sentinels;
let feeds: FeedServer;
let rig: Rig;
let program: Program;

beforeAll(async () => {
  [sentinels, feeds, rig] = await Promise.all([startSentinels(), serveFeeds(), makeRig()]);
  for (const name of SOURCES) feeds.items.set(name, [`${name}在合肥开幕`]);
  const blocks = SOURCES.map((name) => `  - {id: ${name}, url: "${feeds.url}/${name}.xml", schedule: "0 0 1 1 *"}`);
  await rig.writeSources(`sources:\n${blocks.join('\n')}\n`);
  program = await rig.start([], { REDIS_URL: sentinels.url });
}, PATIENCE_MS);
afterAll(async () => {
  await rig.close();
  await feeds.close();
  await sentinels.stop();
});

/** Asks for polls until the store has so many entries. */
async function pollUntil(entries: number): Promise<void> {
  await until(
    async () => {
      const asked = await fetch(`${program.base}/api/poll`, { method: 'POST' }).catch(() => null);
      await asked?.arrayBuffer();
      const status = await program.status().catch(() => null);
      return (status?.totals?.entries ?? 0) >= entries;
    },
    `${entries} entries`,
    PATIENCE_MS,
  );
}

it('goes on with what took its place, and does so again', { timeout: 4 * PATIENCE_MS }, async () => {
  await pollUntil(SOURCES.length);
  for (const round of [1, 2]) {
    await sentinels.killPrimary();
    for (const name of SOURCES) feeds.items.get(name)?.unshift(`${name}第${round}次在芜湖举行`);
    await pollUntil(SOURCES.length * (round + 1));
    await sentinels.mend();
  }
  const { totals, sources } = await program.status();
  expect(totals.entries).toBe(SOURCES.length * 3);
  expect(sources.map(({ state }) => state)).not.toContain('failing');
});
