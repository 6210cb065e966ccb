/** Polls publishers that misbehave over time, and holds that readers see a change when the news changes and only then. */
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { oldMarkOf } from '../../src/feed/items/contentmark.ts';
import { readDocument } from '../../src/feed/readdocument.ts';
import { addPolls, closeQueues, openQueues, type Queues } from '../../src/jobs/queues.ts';
import type { Source } from '../../src/model/source.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { queryLedger } from '../../src/store/ledger/ledger.ts';
import type { Store } from '../../src/store/redis/keys.ts';
import { noteSeen } from '../../src/store/sources/seen.ts';
import { readSourceState } from '../../src/store/sources/sources.ts';
import { prune } from '../../src/store/stories/rewrite.ts';
import { readEdition, readRevisions } from '../../src/store/stories/stories.ts';
import { endServer, listenOnLoopback } from '../support/loopback.ts';
import { makeConfig, makeEdition, makeSource } from '../support/configs.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/until.ts';
import { startWorking, type Working } from '../support/working.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 2, 1);
const TEXTS = [
  ['黄山脚下茶园迎来丰收', '茶农汪师傅凌晨四点上山，和二十多位邻居一起采下今年最后一批秋茶，收购价比去年高出一成。'],
  ['芜湖长江三桥完成检修', '检修队用九天更换了全部伸缩缝，夜里封闭两条车道，早高峰前恢复通行，大货车限重不变。'],
  ['合肥新开两条夜班公交', '末班车延到凌晨一点，沿线经过两家医院和高铁站，票价仍是两元，学生卡半价。'],
  ['安庆黄梅戏剧院招收学员', '剧院面向全省招收三十名学员，年满十二岁即可报名，初试只唱一段，学费由财政承担。'],
  ['淮北采煤塌陷区变成湿地', '六年里种下八十万株芦苇，水质从劣五类升到三类，入冬后记录到白琵鹭和小天鹅。'],
] as const;

let redis: TestRedis;
let store: Store;
let queues: Queues;
let workers: Working;
let now = START;
let answer: (path: string) => string = () => '';
let requests: string[] = [];
const server = createServer((request, response) => {
  requests.push(request.url ?? '');
  response.writeHead(200, { 'content-type': request.url?.startsWith('/page') ? 'text/html' : 'text/xml' });
  response.end(answer(request.url ?? ''));
});
let base = '';

beforeAll(async () => {
  redis = await startRedis();
  base = await listenOnLoopback(server);
});
afterAll(async () => {
  await endServer(server);
  await redis.stop();
});
beforeEach(() => {
  now = START;
  requests = [];
  store = redis.store();
  queues = openQueues(store.redis, store.prefix);
});
afterEach(async () => {
  await workers.stop();
  await closeQueues(queues);
});

function run(over: Partial<Source> = {}): void {
  const source = makeSource({ id: 'a', url: `${base}/a`, ...over });
  const config = makeConfig({ sources: [source], editions: [makeEdition({ id: 'all', regions: [] })] });
  workers = startWorking(config, { connection: redis.connect(), store, queues, now: () => now });
}

async function poll(): Promise<void> {
  const done = async () => (await queues.poll.getCompletedCount()) + (await queues.poll.getFailedCount());
  const before = await done();
  await addPolls(queues, ['a'], 'asked');
  await until(async () => (await done()) > before, 'the poll');
  for (const queue of [queues.fulltext, queues.ingest])
    await until(async () => {
      const { waiting, prioritized, active, delayed } = await queue.getJobCounts();
      return [waiting, prioritized, active, delayed].every((count) => (count ?? 0) === 0);
    }, 'its items');
}

interface Written {
  readonly n: number;
  readonly guid?: string;
  readonly link?: string;
  readonly title?: string;
  readonly text?: string;
  readonly at?: number | null;
}

function item({ n, guid, link, title, text, at = START - n * HOUR }: Written): string {
  const [ownTitle, ownText] = TEXTS[n % TEXTS.length] ?? ['', ''];
  return `<item>${guid === undefined ? '' : `<guid isPermaLink="false">${guid}</guid>`}<title>${title ?? ownTitle}</title>
    <link>${link ?? `https://news.example/${n}.html`}</link>
    ${at === null ? '' : `<pubDate>${new Date(at).toUTCString()}</pubDate>`}
    <description>${(text ?? ownText).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</description></item>`;
}

const feed = (...items: string[]) =>
  `<rss version="2.0"><channel><title>样报</title><link>https://news.example/</link>${items.join('')}</channel></rss>`;

const PAGE = { offset: 0, limit: 100, since: null };

/** What readers and operators have seen. */
async function seen() {
  const rows = await readEdition(store, 'all', PAGE);
  const ledger = await queryLedger(store, { limit: 500 });
  return {
    revision: (await readRevisions(store))['all'],
    ledger: ledger.rows.length,
    items: rows.map(({ story, lead }) => ({
      id: story.id,
      title: lead.title,
      at: story.orderAt,
      updated: story.updatedAt,
    })),
  };
}
const titles = async () => (await seen()).items.map(({ title }) => title).toSorted();

const PASSING: readonly (readonly [what: string, next: (n: number, poll: number) => Partial<Written>])[] = [
  ['a counter in the text', (n, k) => ({ text: `${TEXTS[n]?.[1]} 阅读：${100 + 37 * k} 评论(${k})` })],
  ['a counter in the title', (n, k) => ({ title: `${TEXTS[n]?.[0]}（阅读 ${100 + k}）` })],
  ['a count of readers before its word', (n, k) => ({ text: `${TEXTS[n]?.[1]}<span>${k}.2万次浏览</span>` })],
  ['a counter in an element of its own', (n, k) => ({ text: `${TEXTS[n]?.[1]}浏览<em>${10 + k}</em>次` })],
  ['an age', (n, k) => ({ text: `${TEXTS[n]?.[1]} ${k + 1}小时前` })],
  ['a moment of generation in the text', (n, k) => ({ text: `${TEXTS[n]?.[1]} 更新时间：2026-11-02 0${k}:00:00` })],
  ['the date', (_, k) => ({ at: START + k * HOUR })],
  [
    'the scheme and a token of the link',
    (n, k) => ({ guid: `g${n}`, link: `http${k % 2 ? 's' : ''}://news.example/${n}.html?t=17${k}0000000` }),
  ],
  [
    'the server and token of a picture',
    (n, k) => ({ text: `${TEXTS[n]?.[1]}<img src="https://img${k}.example/${n}.jpg?auth_key=${k}f9e8d7c6b5a49382">` }),
  ],
  ['classes and comments of the markup', (n, k) => ({ text: `<p class="c${k}">${TEXTS[n]?.[1]}</p><!-- ${k} -->` })],
];

describe('what readers see as changed', () => {
  it.each(PASSING)('is not %s', async (_, next) => {
    let k = 0;
    answer = (path) =>
      path.startsWith('/page')
        ? '<html><body>无</body></html>'
        : feed(...[0, 1, 2].map((n) => item({ n, guid: `g${n}`, ...next(n, k) })));
    run();
    await poll();
    const first = await seen();
    expect(first.items).toHaveLength(3);
    for (k = 1; k <= 3; k++) {
      now += HOUR;
      await poll();
    }
    expect(await seen()).toEqual(first);
  });

  it.each([
    ['a word of the text', { text: TEXTS[0][1].replace('一成', '两成') }],
    ['the title', { title: '黄山脚下茶园喜获丰收' }],
    ['a picture', { text: `${TEXTS[0][1]}<img src="https://img.example/new.jpg">` }],
    ['the address', { link: 'https://news.example/moved/0.html' }],
  ])('is %s', async (_, change) => {
    let changed = false;
    answer = () => feed(item({ n: 0, guid: 'g0', ...(changed && change) }), item({ n: 1 }));
    run();
    await poll();
    const first = await seen();
    [changed, now] = [true, now + HOUR];
    await poll();
    const second = await seen();
    expect(second.items.map(({ id, at }) => [id, at])).toEqual(first.items.map(({ id, at }) => [id, at]));
    expect(second.items.map(({ updated }) => updated)).toEqual([now, first.items[1]?.updated]);
    expect(second.ledger).toBe(first.ledger + 1);
  });

  it('asks for no article page again because of a date or a counter', async () => {
    let k = 0;
    answer = (path) =>
      path.startsWith('/page')
        ? `<html><body><h1>题</h1><div class="article"><p>${TEXTS[Number(path.at(-1))]?.[1]}</p></div></body></html>`
        : feed(
            ...[0, 1].map((n) =>
              item({
                n,
                link: `${base}/page${n}`,
                title: `${TEXTS[n]?.[0]}（${k}赞）`,
                text: `摘要 点击 ${k}`,
                at: now,
              }),
            ),
          );
    run({ fullText: true });
    for (k = 0; k < 3; k++, now += HOUR) await poll();
    expect(requests.filter((path) => path.startsWith('/page')).toSorted()).toEqual(['/page0', '/page1']);
  });
});

describe('what 0.1.0 has seen', () => {
  it('is known after the upgrade, and its marks are written anew', async () => {
    answer = () => feed(item({ n: 0, guid: 'g0' }), item({ n: 1 }));
    run();
    await poll();
    const first = await seen();
    const source = makeSource({ id: 'a', url: `${base}/a` });
    const read = await readDocument(source, { bytes: Buffer.from(answer('')), headers: {}, url: `${base}/a` }, now);
    if (!read.ok) throw new Error('no document');
    await noteSeen(store, 'a', new Map(read.document.items.map((one) => [one.id, oldMarkOf(one)])));
    await poll();
    answer = () => feed(item({ n: 0, guid: 'g0', at: now + HOUR }), item({ n: 1, at: now + HOUR }));
    await poll();
    expect(await seen()).toEqual(first);
  });
});

describe('a new article under an old id', () => {
  it.each([
    ['at a fixed address', 0, {}],
    ['under one guid', 0, { guid: 'today' }],
    ['that differs from the last in its numbers alone', 1, {}],
  ])('is a new entry %s', async (_, numbered, over) => {
    let issue = 0;
    answer = () => {
      const title = numbered ? `合肥菜价日报 11月${issue + 2}日` : undefined;
      const text = numbered
        ? `今日青菜每斤${issue + 2}.${issue}元，萝卜每斤1.${issue}元，与昨日相比略有变化。`
        : undefined;
      const link = 'https://news.example/today.html';
      return feed(
        item({ n: issue, link, at: START + issue * DAY, ...(title && { title }), ...(text && { text }), ...over }),
      );
    };
    run();
    const ids = new Set<string>();
    for (issue = 0; issue < 4; issue++, now += DAY) {
      await poll();
      await poll();
      for (const { id } of (await seen()).items) ids.add(id);
    }
    expect(ids.size).toBe(4);
    expect((await seen()).items).toHaveLength(4);
  });

  it('is none where its headline and its date were corrected', async () => {
    let changed = false;
    answer = () =>
      feed(
        changed
          ? item({
              n: 0,
              title: '黄山脚下茶园迎丰收（图）',
              text: `${TEXTS[0][1]}记者了解到，采摘将持续到月底。`,
              at: START + 2 * DAY,
            })
          : item({ n: 0 }),
      );
    run();
    await poll();
    [changed, now] = [true, now + 2 * DAY];
    await poll();
    expect(await titles()).toEqual(['黄山脚下茶园迎丰收']);
  });

  it('is published after what had the id was forgotten; an edit of that is told in the ledger', async () => {
    let phase = 0;
    answer = () =>
      phase === 0
        ? feed(item({ n: 0, guid: 'x' }), item({ n: 1, guid: 'y' }))
        : feed(item({ n: 2, guid: 'x', at: START + 9 * DAY }), item({ n: 1, guid: 'y', text: '换了一段话。' }));
    run();
    await poll();
    const quotaOf = () => ({ entries: 1000, bytes: 1_000_000 });
    now += 9 * DAY;
    await prune(
      store,
      { entriesDays: 3, entriesCount: 0, ledgerDays: 90, rawDays: 5, quotaOf, isPolled: () => true },
      now,
      ASSEMBLER,
    );
    expect(await titles()).toEqual([]);
    phase = 1;
    await poll();
    await poll();
    expect(await titles()).toEqual(['合肥新开两条夜班公交']);
    const { rows } = await queryLedger(store, { code: 'quota.forgotten', limit: 10 });
    expect(rows.map(({ title }) => title)).toEqual(['芜湖长江三桥完成检修']);
  });
});

describe('items whose ids change', () => {
  const list = [0, 1, 2, 3];
  const path = (n: number, k: number) => `https://news.example/${k}f${n}e${(7 * k + n) % 10}d`;
  it.each<readonly [string, number, (n: number, k: number) => Written]>([
    ['by a token in the link', 4, (n, k) => ({ n, link: `https://news.example/detail?v=${k}a${n}b${'x'.repeat(12)}` })],
    ['by a token in the path', 4, (n, k) => ({ n, link: path(n, k) })],
    ['by a counter in the link', 4, (n, k) => ({ n, link: `https://news.example/d?id=${n}&hits=${31 * k}` })],
    ['by a new guid at each request', 4, (n, k) => ({ n, guid: `${k}-${n}`, link: 'https://news.example/' })],
    ['in the path alone, beside guids that stay', 4, (n, k) => ({ n, guid: `g${n}`, link: path(n, k) })],
    ['once, from http to https', 4, (n, k) => ({ n, link: `http${k > 1 ? 's' : ''}://news.example/${n}.html` })],
    [
      'to and fro between http and https, some of them each time',
      4,
      (n, k) => {
        const link = `http${(n + k) % 3 === 0 ? 's' : ''}://news.example/${n}.html`;
        return { n, guid: link, link };
      },
    ],
    [
      'by www. and a slash at the end, some of them',
      4,
      (n, k) => ({
        n,
        link: `https://${(n * k) % 2 === 1 ? 'www.' : ''}news.example/${n}${(n + k) % 3 === 1 ? '/' : ''}`,
      }),
    ],
    // Each is changed once: readers are to have the new address.
    [
      'once, to another path',
      8,
      (n, k) => ({ n, link: `https://news.example/${k > 1 ? 'archive/2026' : 'old'}/${n}.html` }),
    ],
    [
      'once, to another path, beside guids that stay',
      8,
      (n, k) => ({ n, guid: `g${n}`, link: `https://news.example/${k > 1}/${n}` }),
    ],
  ])('do not multiply, nor change: %s', async (_, told, written) => {
    let k = 0;
    // A counter, so that no two documents are the same.
    answer = () => feed(...list.map((n) => item({ text: `${TEXTS[n]?.[1]} 阅读：${k}`, ...written(n, k) })));
    run();
    for (k = 0; k < 5; k++, now += HOUR) await poll();
    expect(await titles()).toEqual(list.map((n) => TEXTS[n]?.[0]).toSorted());
    expect((await seen()).ledger).toBe(told);
    const rows = await readEdition(store, 'all', PAGE);
    expect(rows.map(({ story }) => story.copies.length)).toEqual(list.map(() => 1));
    if (told === 4) return;
    expect(new Set(rows.map(({ lead }) => lead.link))).toEqual(new Set(list.map((n) => written(n, 4).link)));
    expect((await readSourceState(store, 'a')).renamed).toBe(false);
  });

  it.each<readonly [string, (n: number) => string, (n: number) => string]>([
    ['guids', (n) => `a${n}`, (n) => `b${n}`],
    ['their scheme', (n) => `http://news.example/${n}`, (n) => `https://news.example/${n}`],
  ])('are known by their new ids once these came twice: %s', async (_, before, after) => {
    let k = 0;
    answer = () =>
      feed(...list.map((n) => item({ n, guid: (k > 1 ? after : before)(n), text: `${TEXTS[n]?.[1]} 阅读：${k}` })));
    run();
    for (k = 0; k < 5; k++, now += HOUR) await poll();
    const { renamed } = await readSourceState(store, 'a');
    const known = await store.redis.hvals(`${store.prefix}seen:a`);
    expect([renamed, known.filter((mark) => mark.startsWith('>')).length]).toEqual([false, 4]);
  });

  it.each<readonly [string, number, (k: number) => Partial<Written>]>([
    ['one item with a token in the path', 1, (k) => ({ link: `https://news.example/${k}c${k}/` })],
    ['one item with a token in the path, undated', 1, (k) => ({ link: `https://news.example/${k}c${k}/`, at: null })],
    ['one item with a new guid', 1, (k) => ({ guid: `${k}`, link: 'https://news.example/' })],
    ['two items with a token in the path', 2, (k) => ({ link: `https://news.example/s${k}f${k}/` })],
    ['one item without a date', 1, (k) => ({ guid: `${k}`, at: null })],
    ['one item dated by the day', 1, (k) => ({ guid: `${k}`, at: Date.UTC(2026, 10, 1, 16) })],
    ['two items that are joined by others', 2, (k) => ({ guid: `${k}` })],
  ])('do not multiply in a small document: %s', async (what, count, written) => {
    let k = 0;
    answer = () =>
      feed(
        ...list.slice(0, what.includes('joined') && k > 1 ? 4 : count).map((n) => {
          const { guid, link, ...over } = written(k);
          return item({ n, ...(guid && { guid: `${guid}-${n}` }), ...(link && { link: `${link}${n}` }), ...over });
        }),
      );
    run();
    for (k = 0; k < 4; k++, now += HOUR) await poll();
    const rows = await readEdition(store, 'all', PAGE);
    expect(rows).toHaveLength(what.includes('joined') ? 4 : count);
    expect(rows.map(({ story }) => story.copies.length)).toEqual(rows.map(() => 1));
    expect((await seen()).ledger).toBe(rows.length);
  });

  it.each<readonly [string, (k: number) => Partial<Written>]>([
    ['of another day', (k) => ({ at: START + k * DAY })],
    ['of the same day that says something else', (k) => ({ at: Date.UTC(2026, 10, 1, 16), text: TEXTS[k]?.[1] ?? '' })],
    ['with a phrase for a text', (k) => ({ at: START + k * HOUR, text: '点击查看' })],
  ])('are new ones in a small document, under the same headline: %s', async (_, written) => {
    let k = 0;
    answer = () => feed(item({ n: 0, guid: `${k}`, title: '合肥天气预报', ...written(k) }));
    run();
    for (k = 0; k < 3; k++, now += HOUR) await poll();
    const ledger = await queryLedger(store, { limit: 50 });
    expect(new Set(ledger.rows.map(({ entry }) => entry)).size).toBe(3);
  });

  it('are told by their links where guids are places in the list', async () => {
    let k = 0;
    answer = () =>
      feed(
        ...[0, 1, 2].map((place) =>
          item({ n: k + 2 - place, guid: String(place + 1), at: START + (k - place) * HOUR }),
        ),
      );
    run();
    for (k = 0; k < 3; k++, now += HOUR) await poll();
    expect(await titles()).toEqual(TEXTS.map(([title]) => title).toSorted());
  });
});

describe('Beijing time labelled GMT', () => {
  it('is found out by when items arrive, and told on the source', async () => {
    let many = 1;
    const written = (n: number) => START + n * HOUR - 10 * 60_000 + 8 * HOUR;
    // One stamp at a time, of which a document alone tells nothing.
    answer = () => feed(item({ n: many - 1, at: written(many - 1) }));
    run();
    for (many = 1; many <= 5; many++, now += HOUR) await poll();
    const { clock, polls } = await readSourceState(store, 'a');
    expect(clock?.reading).toBe('beijing');
    expect(polls[0]?.repairs).toContainEqual({ code: 'repair.date.arrives-as-beijing' });
    const newest = await readEdition(store, 'all', PAGE);
    const at = newest.find(({ lead }) => lead.title === TEXTS[4][0])?.lead.published;
    expect(at).toBe(written(4) - 8 * HOUR);
  });
});

describe('a document that breaks off', () => {
  it.each(['最后一批', '五类升到三', '.html</link', '建议'])(
    'brings no change and no fragment: at %s',
    async (where) => {
      let cut = false;
      answer = () => {
        const whole = feed(item({ n: 0 }), item({ n: 4 }), item({ n: 1, title: '芜湖三桥检修建议征集' }));
        const at = whole.lastIndexOf(where);
        expect(at).toBeGreaterThan(0);
        return cut ? whole.slice(0, at) : whole;
      };
      run();
      await poll();
      const first = await seen();
      expect(first.items).toHaveLength(3);
      for (const isCut of [true, false, true]) {
        [cut, now] = [isCut, now + HOUR];
        await poll();
      }
      expect(await seen()).toEqual(first);
    },
  );
});

describe('dates of the document’s making', () => {
  it('are recognised and told; what is new is dated by when it was first seen', async () => {
    let many = 3;
    answer = () => feed(...[...Array(many).keys()].map((n) => item({ n, at: now - 20 * 60_000 - n * 90_000 })));
    run();
    await poll();
    const first = (await seen()).items;
    [many, now] = [4, now + 6 * HOUR];
    await poll();
    const state = await readSourceState(store, 'a');
    expect(state.datesOfMaking).toBe(true);
    expect(state.polls[0]?.repairs).toContainEqual({ code: 'repair.date.of-making' });
    expect(state.polls[0]?.newestAt).toBeNull();
    expect((await seen()).items).toEqual([expect.objectContaining({ at: now }), ...first]);
  });
});
