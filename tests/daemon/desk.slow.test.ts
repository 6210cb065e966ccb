/** A daemon without a password that a start option tells of its proxy: the desk is closed, the news is not. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeRig, type Rig } from './rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await makeRig();
  await rig.writeSources('sources: []\n');
});
afterAll(() => rig.close());

const statusesOf = (base: string, paths: readonly string[]) =>
  Promise.all(paths.map(async (path) => (await fetch(`${base}${path}`)).status));

it.each<readonly [args: readonly string[], env: Record<string, string>, desk: number]>([
  [['--behind-proxy'], {}, 403],
  [[], { DELTAWIRE_BEHIND_PROXY: '1' }, 403],
  [[], { DELTAWIRE_BASE_URL: 'https://news.example' }, 403],
  [['--behind-proxy'], { DELTAWIRE_ADMIN: 'ops:long enough' }, 401],
  [[], {}, 200],
])('%j with %j answers the desk with %d', { timeout: 60_000 }, async (args, env, desk) => {
  const program = await rig.start(args, env);
  const closed = ['/status', '/api/status', '/ledger', '/config', '/metrics', '/admin/queues'];
  expect(await statusesOf(program.base, closed)).toEqual(closed.map(() => desk));
  expect(await statusesOf(program.base, ['/', '/feeds/delta.rss', '/opml', '/healthz'])).toEqual([200, 200, 200, 200]);
  expect(program.output().includes('stays closed')).toBe(desk === 403);
  expect((await program.end('SIGTERM')).code).toBe(0);
});
