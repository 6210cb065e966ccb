import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { basic } from './raw.ts';
import { makeConfig, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const ADMIN = { user: 'ops', password: 'long enough' };
const DESK = ['/status', '/sources', '/ledger', '/admin/queues', '/config'];
let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis);
  await seedEntries(web.store, [{ id: 'lead', title: '合肥地铁新线开通' }]);
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

/** Where the links in the head lead. */
async function waysOf(path: string, headers: Record<string, string> = {}): Promise<readonly (string | undefined)[]> {
  const html = await (await web.get(path, { accept: 'text/html', ...headers })).text();
  const navigation = /<header class="masthead">[\s\S]*?<nav[\s\S]*?<\/nav>/.exec(html)?.[0] ?? '';
  return [...(navigation.split('<nav')[1] ?? '').matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
}

test.each(['/', '/stories/lead', '/nowhere'])('%s shows the desk to those alone who may see it', async (path) => {
  web.set({ config: makeConfig() });
  expect(await waysOf(path)).toEqual(['/', ...DESK]);
  expect(await waysOf(path, { 'x-forwarded-for': '192.0.2.7' })).toEqual(['/']);
  web.set({ config: makeConfig({}, { admin: ADMIN }) });
  expect(await waysOf(path)).toEqual(['/', '/login']);
  expect(await waysOf(path, basic(`${ADMIN.user}:${ADMIN.password}`))).toEqual(['/', ...DESK]);
  web.set({ config: makeConfig({}, { host: '0.0.0.0' }) });
  expect(await waysOf(path)).toEqual(['/']);
});
