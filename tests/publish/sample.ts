/** Makes editions and items for the tests of the publish room. */
import type { EditionDocument, EditionItem } from '../../src/publish/edition.ts';
import type { Edition } from '../../src/model/config.ts';
import type { Copy } from '../../src/model/story.ts';

const DAY_MS = 86_400_000;
/** 3 February 2026, noon in China. */
export const NOON = Date.UTC(2026, 1, 3, 4);

export const edition: Edition = {
  id: 'delta',
  title: '长三角新闻',
  description: '安徽、上海、江苏、浙江的要闻',
  regions: ['长三角'],
  match: 'about',
  sources: [],
  keep: [],
  drop: [],
  script: null,
  content: 'full',
  size: 100,
  perSource: null,
  maxAgeMs: 30 * DAY_MS,
  digest: null,
};

export function makeCopy(fields: Partial<Copy> = {}): Copy {
  return {
    entry: 'e2',
    source: 'evening',
    sourceName: '江城晚报',
    trust: 50,
    title: '新桥通车首日',
    link: 'https://evening.example/2026/0203/7.html',
    outlet: '江城晚报',
    published: NOON + 3_600_000,
    firstSeen: NOON + 3_700_000,
    script: 'hans',
    length: 400,
    why: 'body',
    ...fields,
  };
}

export function makeItem(fields: Partial<EditionItem> = {}): EditionItem {
  return {
    id: 's1',
    title: '芜湖新桥今日通车',
    link: 'https://daily.example/2026/0203/1.html',
    originalGuid: 'daily-20260203-1',
    published: NOON,
    firstSeen: NOON + 600_000,
    updated: NOON + 900_000,
    summary: '大桥全长三千米，两岸居民步行可达。',
    content: '<p>大桥全长三千米，两岸居民步行可达。</p><p>通车仪式今日上午举行。</p>',
    authors: ['陈一', '李二'],
    outlet: '江淮日报',
    source: { id: 'daily', name: '江淮日报', url: 'https://daily.example/rss.xml', link: 'https://daily.example/' },
    categories: ['交通'],
    regions: [{ code: '340200', name: '芜湖市' }],
    enclosures: [],
    image: null,
    language: 'zh-CN',
    script: 'hans',
    copies: [],
    ...fields,
  };
}

export function makeDocument(items: readonly EditionItem[], fields: Partial<EditionDocument> = {}): EditionDocument {
  return {
    edition,
    narrowedTo: [],
    selfUrl: 'https://wire.example/feeds/delta.rss',
    homeUrl: 'https://wire.example/',
    storyUrl: (id) => `https://wire.example/stories/${encodeURIComponent(id)}`,
    baseUrl: 'https://wire.example/',
    updated: NOON + DAY_MS,
    items,
    alternates: [
      { format: 'rss', url: 'https://wire.example/feeds/delta.rss' },
      { format: 'atom', url: 'https://wire.example/feeds/delta.atom' },
      { format: 'json', url: 'https://wire.example/feeds/delta.json' },
    ],
    page: null,
    hub: 'https://wire.example/hub',
    ...fields,
  };
}
