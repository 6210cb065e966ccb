/** Two whole daemons, each with the other's feed among its sources: news travels by push, and does not go in circles. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort, type FeedServer, makeRig, type Program, type Rig, serveFeeds } from './rig.ts';
import { until } from '../support/until.ts';

let feeds: FeedServer;
let rigs: readonly Rig[];

beforeAll(async () => {
  feeds = await serveFeeds();
  rigs = [await makeRig(), await makeRig()];
});
afterAll(async () => {
  await Promise.all(rigs.map((rig) => rig.close()));
  await feeds.close();
});

const titlesOf = async (program: Program) => {
  const feed = (await (await fetch(`${program.base}/feeds/anhui.json`)).json()) as { items: { title: string }[] };
  return feed.items.map(({ title }) => title);
};
const pollAll = (program: Program) => fetch(`${program.base}/api/poll`, { method: 'POST' });

interface SourceJson {
  readonly nextWhy: string;
  readonly polls: readonly { readonly outcome: string; readonly fresh: number }[];
}

it('a daemon that subscribes to another has its news by push', { timeout: 90_000 }, async () => {
  const ports = [await freePort(), await freePort()];
  feeds.items.set('one', ['合肥地铁第1期工程开工']);
  const [origin, peer] = await Promise.all(
    rigs.map(async (rig, i) => {
      const other = `  - {id: peer, name: 邻站, url: "http://127.0.0.1:${ports[1 - i]}/feeds/anhui.atom", schedule: auto}\n`;
      const own = `  - {id: one, name: 样报, url: "${feeds.url}/one.xml", schedule: "0 0 1 1 *"}\n`;
      await writeFile(join(rig.config, 'sources.yaml'), `sources:\n${other}${i === 0 ? own : ''}`);
      const base = { DELTAWIRE_PORT: String(ports[i]), DELTAWIRE_BASE_URL: `http://127.0.0.1:${ports[i]}` };
      return rig.start([], base);
    }),
  );
  if (origin === undefined || peer === undefined) throw new Error('both start');
  const followed = async (program: Program) =>
    (
      await (await fetch(`${program.base}/status/source?id=peer&lang=en`, { headers: { accept: 'text/html' } })).text()
    ).includes('sends what is new; its lease ends');
  await pollAll(origin);
  await until(async () => (await titlesOf(origin)).length === 1, 'the first story at its daemon');
  // A poll asked for while the peer's own first one runs, which may have found the feed still empty, is not made.
  await until(async () => (await peer.status()).idle, 'the peer to rest');
  await pollAll(peer);
  await until(() => followed(peer), 'the lease of the peer');
  await until(async () => (await titlesOf(peer)).length === 1, 'the first story at the peer');

  feeds.items.set('one', ['合肥地铁第2期工程完工', '合肥地铁第1期工程开工']);
  await fetch(`${origin.base}/api/poll?source=one`, { method: 'POST' });
  await until(async () => (await titlesOf(peer)).includes('合肥地铁第2期工程完工'), 'the second story at the peer');
  const source = async (program: Program) =>
    (await (await fetch(`${program.base}/api/status?source=peer`)).json()) as SourceJson;
  const { polls, nextWhy } = await source(peer);
  expect(polls[0]?.outcome).toBe('pushed');
  expect(polls[0]?.fresh).toBeGreaterThan(0);
  expect(nextWhy).toContain('pushes what is new');

  // What comes back to where it came from is the story it was.
  await pollAll(origin);
  await until(() => followed(origin), 'the lease of the origin');
  await until(async () => (await origin.status()).idle && (await peer.status()).idle, 'rest');
  expect(await titlesOf(origin)).toHaveLength(2);
  expect((await origin.status()).totals.stories).toBe(2);
  // Each further story costs the peer its own push and at most one more: what went in a circle would be pushed on and on.
  const before = (await source(peer)).polls.length;
  for (const title of ['合肥南站扩建通过验收', '巢湖湿地迎来候鸟', '合肥新机场航站楼封顶']) {
    feeds.items.set('one', [title, ...(feeds.items.get('one') ?? [])]);
    await fetch(`${origin.base}/api/poll?source=one`, { method: 'POST' });
    await until(async () => (await titlesOf(peer)).includes(title), `${title} at the peer`);
    await until(async () => (await origin.status()).idle && (await peer.status()).idle, 'rest');
  }
  expect((await source(peer)).polls.length - before).toBeLessThanOrEqual(6);
  expect((await origin.status()).totals.stories).toBe(5);
});
