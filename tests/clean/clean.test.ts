import { reason } from '../../src/reasons/catalogue.ts';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanItem } from '../../src/clean/clean.ts';
import type { CleanContext } from '../../src/clean/cleancontext.ts';
import type { Cleaned } from '../../src/model/entry.ts';
import type { RawItem } from '../../src/model/feed.ts';

const CONTEXT: CleanContext = { source: 'jianghuai', timezone: 'Asia/Shanghai', baseUrl: null };
const DAY = Date.UTC(2021, 5, 9, 4);

function clean(fields: Partial<RawItem>, context: Partial<CleanContext> = {}): Cleaned {
  const raw: RawItem = {
    id: 'abc',
    guid: 'g-1',
    title: '江北新区建设提速',
    link: 'https://news.example.cn/2021/0609/1.html?utm_source=rss',
    summary: null,
    content: null,
    authors: [],
    published: DAY,
    updated: null,
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    outlet: null,
    repairs: [],
    ...fields,
  };
  return cleanItem(raw, { ...CONTEXT, ...context });
}

const BODY =
  '<p>　　江淮网合肥6月9日电（记者 王小川）江北新区今天发布消息，项目按期完工。</p><p>　　负责人表示，下一步将扩大投资。（完）</p>';

describe('an item of a feed', () => {
  it('keeps what the feed says and completes it', () => {
    const { entry, nonEntry } = clean({ content: BODY, categories: ['<b>时政</b>', '时政', ' '], authors: ['记者部'] });
    expect(nonEntry).toBeNull();
    expect(entry).toMatchObject({
      id: 'abc',
      source: 'jianghuai',
      guid: 'g-1',
      title: '江北新区建设提速',
      link: 'https://news.example.cn/2021/0609/1.html',
      originalLink: 'https://news.example.cn/2021/0609/1.html?utm_source=rss',
      published: DAY,
      authors: ['王小川'],
      outlet: '江淮网',
      dateline: { place: '合肥', date: '2021-06-09' },
      categories: ['时政'],
      script: 'hans',
      text: '江淮网合肥6月9日电（记者 王小川）江北新区今天发布消息，项目按期完工。\n负责人表示，下一步将扩大投资。',
      content:
        '<p>江淮网合肥6月9日电（记者 王小川）江北新区今天发布消息，项目按期完工。</p>\n<p>负责人表示，下一步将扩大投资。</p>',
    });
    expect(entry.summary).toBe(
      '江淮网合肥6月9日电（记者 王小川）江北新区今天发布消息，项目按期完工。 负责人表示，下一步将扩大投资。',
    );
  });

  it('reads the time of publication from the number at the foot where nothing else says it', () => {
    const body = `${BODY}<p>202106090849331234</p>`;
    const { entry } = clean({ content: body, published: null, link: null });
    expect(entry.published).toBe(Date.parse('2021-06-09T08:49:33+08:00'));
    expect(entry.repairs).toContainEqual(reason('repair.date.from-tracking-number'));
    expect(entry.text).not.toContain('20210609084933');
    const dated = clean({ content: body });
    expect(dated.entry.published).toBe(DAY);
    expect(dated.entry.repairs).toEqual([]);
    expect(clean({ content: `${BODY}<p>202113450849331234</p>`, published: null }).entry.published).toBeNull();
  });

  it('takes the summary for the text where there is no content', () => {
    expect(clean({ summary: '　　江北新区今天发布消息。' }).entry.text).toBe('江北新区今天发布消息。');
  });

  it('reads lines, lost indents and wide blanks of plain text as paragraphs', () => {
    const { entry } = clean({
      content: '????江北新区今天发布消息。????项目按期完工。　　下一步将扩大投资。\n　　各方热议。',
    });
    expect(entry.text.split('\n')).toEqual([
      '江北新区今天发布消息。',
      '项目按期完工。',
      '下一步将扩大投资。',
      '各方热议。',
    ]);
  });

  it('reads markup that was escaped once too often', () => {
    expect(clean({ content: '&lt;p&gt;江北新区&amp;lt;江南&lt;/p&gt;' }).entry.text).toBe('江北新区<江南');
  });

  it('tells false sources from datelines, and says so', () => {
    const { entry } = clean({
      content: `<p>2021-06-09 10:00 来源：皖西快讯 责任编辑：刘霖</p>${BODY}<p>【编辑：曹健】</p>`,
    });
    expect(entry.outlet).toBe('江淮网');
    expect(entry.editor).toBe('曹健');
    expect(entry.repairs).toContainEqual(
      reason('repair.outlet.contradicted', { claimed: '皖西快讯', dateline: '江淮网' }),
    );
  });

  it.each([
    ['责任编辑：支小明 SF099', { editor: '支小明' }],
    ['（作者：王小川北京大学新闻学院教授）', { authors: ['王小川'] }],
    ['发布于：北京市', { outlet: '江淮网' }],
    ['监 制：王小川', { outlet: '江淮网' }],
    ['版 权 所 有：江北网', { outlet: '江淮网' }],
    ['最Hit', { outlet: '江淮网' }],
    ['【1】 【2】 【3】', { outlet: '江淮网' }],
    ['记 者：王小川', { authors: ['王小川'] }],
    ['总 监 制：王小川', { outlet: '江淮网' }],
    ['来 源：江淮网', { outlet: '江淮网' }],
    ['选择江淮社为 Google 首选', { outlet: '江淮网' }],
    ['您的浏览器版本过旧，请升级至最新版本以获得最佳浏览体验。', { outlet: '江淮网' }],
    ['★ 版权声明：图片由江淮图片社供稿，未经许可不得转载！', { outlet: '江淮网' }],
  ])('%s below the text leaves it and is read', (line, fields) => {
    const { entry } = clean({ content: `${BODY}<p>${line}</p>` });
    expect(entry).toMatchObject(fields);
    expect(entry.text).toBe(clean({ content: BODY }).entry.text);
  });

  it('follows the part of a page that tells of its headline, not the teasers that have most of its sentences', () => {
    const told = '<p>秋浦河的荷塘今天开始采藕，工人清晨下塘。</p><p>合作社说，秋浦河今年水位偏高，采藕晚了十天。</p>';
    const teaser = '<div><h3>另一条</h3><p>女子在直播间认识一名男子，半年里转账七次，警方正在追查去向。</p></div>';
    const content = `<html><body><h1>秋浦河荷塘开始采藕</h1><main>${told}</main><section>${teaser.repeat(30)}</section></body></html>`;
    expect(clean({ content }).entry.text).toBe(
      '秋浦河的荷塘今天开始采藕，工人清晨下塘。\n合作社说，秋浦河今年水位偏高，采藕晚了十天。',
    );
  });

  it('takes the time of publication, written before its day, not that of a later change', () => {
    const lines = '<p>出版：11:13 2025-11-13 HKT</p><p>更新：13:20 2025-11-13 HKT</p>';
    expect(clean({ content: `${lines}<p>秋浦河的荷塘开始采藕。</p>`, published: null }).entry.published).toBe(
      Date.parse('2025-11-13T11:13+08:00'),
    );
  });

  it('says how the outlet is known: a line, how the text opens, the item, whose site it is', () => {
    const page = (title: string, line = '') =>
      clean({ content: `<html><head><title>${title}</title></head><body>${line}<p>荷塘开始采藕。</p></body></html>` });
    const known = ({ entry: { outlet, outletFrom } }: ReturnType<typeof clean>) => [outlet, outletFrom];
    expect(known(clean({ content: BODY }))).toEqual(['江淮网', 'dateline']);
    expect(known(page('采藕', '<p>2025-11-13 08:00 来源：江北晚报</p>'))).toEqual(['江北晚报', 'page']);
    expect(known(clean({ content: '荷塘开始采藕。', outlet: '江北晚报' }))).toEqual(['江北晚报', 'feed']);
    expect(known(clean({ content: '荷塘开始采藕。', link: 'https://www.workercn.cn/c/1.html' }))).toEqual([
      '工人日报',
      'host',
    ]);
    expect(known(page('荷塘开始采藕_江北市人民政府'))).toEqual(['江北市人民政府', 'host']);
    expect(known(page('荷塘开始采藕'))).toEqual([null, null]);
  });

  it('takes the place of a reader for no outlet, and the site of an English source line for one', () => {
    expect(
      clean({ content: '<p>2021-06-09 10:00 来自北京市</p><p>江北新区昨天公布名单。</p>' }).entry.outlet,
    ).toBeNull();
    const english = '<p>Pub Date:2018-07-04 10:58 Source:www.example.org</p><p>The bridge opened on Monday.</p>';
    expect(clean({ content: english }).entry.outlet).toBe('www.example.org');
  });

  it('keeps the story and drops the spam around it', () => {
    const { entry, removed } = clean({
      content: `成人视频在线观看,亚洲无码\n江北新区今天发布消息，项目按期完工。\n负责人表示，下一步将扩大投资。\n澳门新葡京娱乐城官网`,
    });
    expect(entry.text).toBe('江北新区今天发布消息，项目按期完工。\n负责人表示，下一步将扩大投资。');
    expect(removed.filter((one) => one.rule === 'noise.injected-spam')).toHaveLength(2);
    expect(entry.repairs).toContainEqual(reason('repair.text.spam'));
  });

  it('keeps a picture story whose only text is the caption', () => {
    const { entry } = clean({
      content:
        '<p><img src="https://example.cn/a.jpg"></p><p>6月9日，农民在江北新区的稻田里插秧。江淮社记者 张大民 摄</p>',
    });
    expect(entry.text).toContain('农民在江北新区的稻田里插秧。');
    expect(entry.image).toBe('https://example.cn/a.jpg');
  });

  it('keeps sections, numbers, tables and lists', () => {
    const { entry } = clean({
      content:
        '<p>江北新区今天发布消息，安排如下：</p><p>01</p><h3>投资</h3><ul><li>公路</li><li>铁路</li></ul><table><tr><th>市</th><th>数</th></tr><tr><td>合肥</td><td>1</td></tr></table><p>安排自下月起施行。</p>',
    });
    expect(entry.text.split('\n')).toEqual([
      '江北新区今天发布消息，安排如下：',
      '01',
      '投资',
      '公路',
      '铁路',
      '市 数',
      '合肥 1',
      '安排自下月起施行。',
    ]);
  });

  it('keeps the days that head the parts of a chronicle', () => {
    const content = [
      '江北新区十年大事如下，每一步都留下足迹。',
      '2012年3月5日',
      '新区挂牌成立，首批干部到岗。',
      '5月20日',
      '第一座大桥开工，两岸居民奔走相告。',
    ].join('\n');
    expect(clean({ content }).entry.text).toBe(content);
  });

  it.each([
    ['a drop by keyword in a sentence', '有记者问：来源是什么？责任编辑张三回答说，来源是公开的。'],
    ['a story about spam', '警方打掉一个在线赌博网站，抓获犯罪嫌疑人十二名，涉案资金三亿元。'],
    ['an organisation in brackets', '投资结构趋稳趋优。（江北县发改局）'],
    ['one line without a full stop', '江北新区建设提速'],
    ['question and answer', '记者：您怎么看这个问题？\n局长：我们会认真研究。'],
    ['a poem', '江畔何人初见月\n江月何年初照人'],
  ])('leaves %s alone', (_name, content) => {
    expect(clean({ title: '另一个题目在这里', content }).entry.text).toBe(content);
  });

  it('resolves relative addresses against the base given, or the item', () => {
    const content = '<p>江北<img src="a.jpg"></p>';
    expect(clean({ content }).entry.image).toBe('https://news.example.cn/2021/0609/a.jpg');
    expect(clean({ content }, { baseUrl: 'https://pic.example.cn/x/' }).entry.image).toBe(
      'https://pic.example.cn/x/a.jpg',
    );
  });

  it('shows no address that is none of the web', () => {
    const { entry } = clean({
      link: 'javascript:alert(1)',
      image: 'data:image/png;base64,x',
      enclosures: [{ url: 'file:///etc/passwd', type: null, length: null }],
    });
    expect([entry.link, entry.originalLink, entry.image, entry.enclosures]).toEqual([null, null, null, []]);
  });

  it('reads a time where the feed has none', () => {
    const content = `<p>发布时间：2021-06-08 17:30 来源：江淮网</p>${BODY}`;
    expect(clean({ content, published: null }).entry.published).toBe(Date.UTC(2021, 5, 8, 9, 30));
  });

  it('completes a dateline from the address where nothing else dates it', () => {
    expect(clean({ content: BODY, published: null }).entry.dateline).toEqual({ place: '合肥', date: '2021-06-09' });
  });

  it.each([
    ['江北新區今天發佈消息，專案按期完工。', 'en', 'hant', 'zh-Hant'],
    ['江北新区今天发布消息，项目按期完工。', null, 'hans', 'zh-Hans'],
    ['一月十日上午', 'zh-CN', null, 'zh-CN'],
    ['The project was finished on time.', 'en', null, 'en'],
    ['江北の新しい橋が完成しました', 'ja', null, 'ja'],
  ])('%s', (content, claimed, script, language) => {
    const { entry } = clean({ title: '', content, language: claimed });
    expect([entry.script, entry.language]).toEqual([script, language]);
  });

  it.each([
    ['本版责编：王一 李二三', 'nonentry.imprint'],
    ['广告', 'nonentry.advertisement'],
    ['图片报道', 'nonentry.picture'],
    ['更多>>', 'nonentry.navigation'],
    ['安全验证', 'nonentry.captcha'],
  ])('%s is no entry', (title, rule) => {
    expect(clean({ title }).nonEntry?.rule).toBe(rule);
  });
});

describe('total and steady', () => {
  const fixture = readFileSync(new URL('../fixtures/clean/pages/agency-portal.html', import.meta.url), 'utf8');

  it('never throws, whatever is cut off or thrown in', () => {
    let state = 7;
    const random = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state % below;
    };
    const scraps = [
      '<',
      '>',
      '"',
      '&',
      '&#x',
      '</p>',
      '<!--',
      '\u0000',
      '\ud800',
      '（记者',
      '2021-99-99',
      '<table>',
      '????',
      '<a href="',
      '来源：',
      '【',
      ']]>',
    ];
    for (let round = 0; round < 300; round++) {
      const at = random(fixture.length);
      const content =
        fixture.slice(random(at + 1), at) + (scraps[random(scraps.length)] ?? '') + fixture.slice(at, at + random(400));
      const title = (scraps[random(scraps.length)] ?? '') + content.slice(0, random(60));
      const { entry } = clean({ title, content, published: null, link: content.slice(0, random(80)) });
      expect(entry.text).not.toMatch(/[\u0000-\u0008\u202e]|[\ud800-\udbff](?![\udc00-\udfff])/);
    }
  });

  it('cleans its own output into itself', () => {
    const once = clean({ content: BODY }).entry;
    const twice = clean({ content: once.content }).entry;
    expect([twice.text, twice.content, twice.authors, twice.outlet]).toEqual([
      once.text,
      once.content,
      once.authors,
      once.outlet,
    ]);
  });

  it('says the same each time', () => {
    expect(clean({ content: fixture })).toEqual(clean({ content: fixture }));
  });

  it.each([null, '', ' ', '\u0000', '<p></p>', '<!-- -->', '????'])('makes an empty text of %j', (content) => {
    expect(clean({ content }).entry).toMatchObject({ text: '', content: '', summary: '' });
  });
});
