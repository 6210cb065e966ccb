import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { englishIn } from '../support/reasons.ts';
import { basic } from './raw.ts';
import { makeConfig, makeSource, type RunningWeb, seedEntries, startWeb } from './seed.ts';

const ADMIN = { user: 'ops', password: 'long enough' };
let redis: TestRedis;
let web: RunningWeb;

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis);
  await seedEntries(web.store, [
    { id: 'lead', title: '合肥地铁新线开通', outlet: '安徽日报' },
    { id: 'other', title: '南京灯会开幕', outlet: '扬子晚报' },
  ]);
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

interface Group {
  readonly kind: string;
  readonly title: string;
  readonly answers: readonly {
    readonly text: string;
    readonly href: string;
    readonly note: string;
    readonly feed?: string;
  }[];
}

async function find(q: string, headers: Record<string, string> = {}): Promise<ReadonlyMap<string, Group['answers']>> {
  const response = await web.get(`/find?q=${encodeURIComponent(q)}`, { accept: 'application/json', ...headers });
  const { groups } = (await response.json()) as { groups: readonly Group[] };
  return new Map(groups.map(({ kind, answers }) => [kind, answers]));
}

const STRANGER = { 'x-forwarded-for': '192.0.2.7' };

describe('what is found', () => {
  test('places of the editions’ provinces with their feeds, in either script, the nearest in name first', async () => {
    const [first] = (await find('肥')).get('places') ?? [];
    expect((await find('肥西')).get('places')).toEqual([
      { text: '肥西县', href: '/?region=340123', note: '合肥', feed: '/feeds/delta.rss?region=340123' },
    ]);
    expect((await find('合肥')).get('places')?.[0]).toMatchObject({ href: '/?region=340100', note: '安徽' });
    expect(first?.text).toMatch(/^肥/);
    expect((await find('蕪湖')).get('places')?.[0]?.href).toBe('/?region=340200');
    expect((await find('成都')).get('places')).toBeUndefined();
  });

  test('stories, editions, pages of the desk', async () => {
    expect((await find('地鐵')).get('stories')).toEqual([
      { text: '合肥地铁新线开通', href: '/stories/lead', note: '安徽日报' },
    ]);
    expect((await find('anhui')).get('editions')).toEqual([{ text: '安徽', href: '/?edition=anhui', note: 'anhui' }]);
    expect((await find('状态', { 'accept-language': 'zh' })).get('pages')).toEqual([
      { text: '状态', href: '/status', note: '' },
    ]);
  });

  test('sources, for those who have proved that the desk is theirs', async () => {
    web.set({ config: makeConfig({ sources: [makeSource('hfrb', { name: '合肥日报' })] }) });
    const found = [{ text: '合肥日报', href: '/status/source?id=hfrb', note: 'hfrb' }];
    expect((await find('日报')).get('sources')).toEqual(found);
    expect((await find('日报', STRANGER)).get('sources')).toBeUndefined();
    expect((await find('状态', { 'accept-language': 'zh', ...STRANGER })).get('pages')).toBeUndefined();
    web.set({ config: makeConfig({ sources: [makeSource('hfrb', { name: '合肥日报' })] }, { admin: ADMIN }) });
    for (const cookie of ['deltawire-session=', `deltawire-session=${'a'.repeat(43)}`])
      expect((await find('日报', { cookie })).get('sources')).toBeUndefined();
    expect((await find('日报', basic('ops:wrong'))).get('sources')).toBeUndefined();
    const login = await web.get('/login', { origin: web.url }, { method: 'POST', body: new URLSearchParams(ADMIN) });
    const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect((await find('日报', { cookie })).get('sources')).toEqual(found);
    web.set({ config: makeConfig() });
  });

  test('nothing of nothing, and too many characters do no harm', async () => {
    expect((await find('')).size).toBe(0);
    expect((await find('字'.repeat(120))).size).toBe(0);
  });
});

test('the page shows the same, marked, without a script', async () => {
  const html = await (await web.get('/find?q=合肥', { accept: 'text/html', 'accept-language': 'zh-CN' })).text();
  expect(html).toContain('<a class="headline" href="/stories/lead"><mark>合肥</mark>地铁新线开通</a>');
  expect(html).toContain('href="/feeds/delta.rss?region=340100"');
  expect(html).toContain('type="search" name="q" value="合肥"');
  expect(englishIn(html.replaceAll(/<(script|style|head)[\s\S]*?<\/\1>|<[^>]+>/g, '\n'))).toEqual([]);
  const en = await (await web.get('/find?q=', { accept: 'text/html', 'accept-language': 'en' })).text();
  expect(en).toContain('Type a place, a source, or words of a story.');
});

describe('the manifest', () => {
  test('is linked from pages, allowed by their policy, and names pictures that are there', async () => {
    const response = await web.get('/', { accept: 'text/html' });
    expect(response.headers.get('content-security-policy')).toContain("manifest-src 'self'");
    const path = /<link rel="manifest" href="([^"]+)"/.exec(await response.text())?.[1] ?? '';
    const manifest = await web.get(path);
    expect(manifest.headers.get('content-type')).toContain('application/manifest+json');
    const { icons, start_url: start } = (await manifest.json()) as {
      readonly start_url: string;
      readonly icons: readonly { readonly src: string; readonly sizes: string; readonly type: string }[];
    };
    const at = (address: string) => new URL(address, web.url + path);
    expect(at(start).pathname).toBe('/');
    for (const { src, type, sizes } of icons) {
      const icon = await web.get(at(src).pathname);
      expect([icon.status, icon.headers.get('content-type')]).toEqual([200, type]);
      // Width and height stand at byte 16 of a PNG (ISO/IEC 15948 §11.2.2).
      const width = type === 'image/png' ? Buffer.from(await icon.arrayBuffer()).readUInt32BE(16) : 'any';
      expect(`${width}`).toBe(sizes.split('x')[0]);
    }
  });
});
