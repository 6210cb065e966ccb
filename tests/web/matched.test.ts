/** Holds what the ledger and an entry's page say of matches, of the nearest entry and of scores, and to whom. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { makeConfig, type RunningWeb, seedEntries, startWeb } from './seed.ts';

let redis: TestRedis;
let web: RunningWeb;
const HTML = { accept: 'text/html', 'accept-language': 'zh-CN' };
const read = async (path: string, headers: Record<string, string> = HTML) => (await web.get(path, headers)).text();

beforeAll(async () => {
  redis = await startRedis();
  web = await startWeb(redis);
  const dropped = (rule: string) => ({ rule: 'source.drop', reason: reason('source.drop', { rule }) });
  await seedEntries(web.store, [
    { id: 'near', title: '合肥地鐵“五号线”今日开通' },
    {
      id: 'own',
      title: '合肥地铁五号线明日试乘',
      why: reason('story.nearest', { entry: 'near', title: '合肥地铁五号线今日开通', why: reason('story.new') }),
    },
    { id: 'lottery', title: '合肥福利彩票开奖', dropped: dropped('"彩票"') },
    { id: 'ai', title: 'Shanghai 举办 AI 大会', dropped: dropped('title "ai"') },
    {
      id: 'text',
      title: '合肥今日开奖',
      text: `${'开奖仪式在体育馆举行，市民到场观看。'.repeat(4)}福利<彩票>头奖两注，下期照常，Shanghai 同日开奖。`,
      dropped: dropped('"彩票"'),
    },
    { id: 'word', title: '合肥一展会', text: '展会说 email 和 AI 都会用到', dropped: dropped('text "ai"') },
    { id: 'outlet', title: '某网报道合肥', text: '某网讯', dropped: dropped('outlet "某网"') },
  ]);
});
afterAll(async () => {
  await web.close();
  await redis.stop();
});

test('the ledger marks what a rule matched in a title, and what was searched for', async () => {
  const page = await read('/ledger');
  expect(page).toContain('合肥福利<mark>彩票</mark>开奖');
  expect(page).toContain('Shanghai 举办 <mark>AI</mark> 大会');
  expect(page).toContain('>合肥今日开奖</a><p class="hint">…');
  expect(page).toContain('福利&lt;<mark>彩票</mark>>头奖两注');
  expect(page).not.toContain('开奖仪式在体育馆举行，市民到场观看。开奖仪式在体育馆举行，市民到场观看。开奖');
  expect(page).toContain('<p class="hint">展会说 email 和 <mark>AI</mark> 都会用到');
  expect(page).toContain('>某网报道合肥</a></td>');
  expect(await read('/ledger?text=地铁')).toContain('合肥<mark>地鐵</mark>“五号线”');
});

test('an entry’s page names the nearest entry by its own headline, and leads to it', async () => {
  const page = await read('/ledger/entry?id=own');
  expect(page).toContain('<a href="/ledger/entry?id=near">合肥地鐵“五号线”今日开通</a>');
});

test('a story’s page shows scores to the operator alone', async () => {
  const toReaders = await read('/stories/near', { ...HTML, 'x-forwarded-for': '192.0.2.1' });
  expect(toReaders).toContain('340100');
  expect(toReaders).not.toContain('0.90');
  expect(await read('/stories/near')).toContain('0.90');
  web.set({ config: makeConfig() });
});
