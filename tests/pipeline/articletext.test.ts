/** What is made of an item and the pages that were fetched for it: its article, or its own text where a wall came instead. */
import { describe, expect, test } from 'vitest';
import { BARE_ITEM } from '../../src/feed/items/looseitem.ts';
import type { RawItem } from '../../src/model/feed.ts';
import { joinArticle } from '../../src/pipeline/articletext.ts';
import { frame, headline, prose } from '../feed/listpage/samplesite.ts';

const URL = 'https://www.qinghe-demo.cn/xwzx/1234567.html';
const SUMMARY = '青禾县图书馆今天换上新招牌，第一批学徒也在这一天到岗，工人们从清早忙到天黑。';
const item = (over: Partial<RawItem> = {}): RawItem => ({
  ...BARE_ITEM,
  id: 'a',
  published: null,
  updated: null,
  title: headline(0),
  link: URL,
  summary: SUMMARY,
  repairs: [],
  ...over,
});
const article = (title: string, body: string): string =>
  frame(`<div class="main"><h1>${title}</h1><div class="content">${body}</div></div>`, { title: `${title}_青禾网` });

function join(one: RawItem, ...htmls: readonly string[]): { readonly text: string; readonly codes: readonly string[] } {
  const { item: joined } = joinArticle(
    { item: one, source: { id: 's', timezone: 'Asia/Shanghai' }, pages: htmls.map((html) => ({ url: URL, html })) },
    () => undefined,
  );
  return {
    text: joined.content ?? joined.summary ?? '',
    codes: joined.repairs.map((repair) => (typeof repair === 'string' ? repair : repair.code)),
  };
}

const AD_LINKS = ['装修报价', '二手车评估', '贷款计算', '招聘信息']
  .map((topic) => `<li><a href="/s?q=1">${topic}</a></li>`)
  .join('');
const WALLS: Readonly<Record<string, string>> = {
  consent: article(
    '继续访问',
    '<p>请接受网站使用统计与推荐所需的小文件。我们与合作方会在您的设备上存取信息，用来衡量内容的效果，了解访客的来处，并据此开发新的产品与服务。</p><p>您随时可以在页脚撤回这项同意；撤回以前的处理依然有效，也不影响其他人继续访问。</p>',
  ),
  captcha: article(
    '安全验证',
    '<p>为了确认来访的是真人，请输入图片里的字符。系统发现这个网络地址的访问过于频繁，可能是代理服务器，也可能是同一网络里的其他用户；有疑问请联系网站的管理员，给您添了麻烦，敬请谅解。</p>',
  ),
  parked: `<html><head><title>qinghe-demo.cn</title></head><body><h1>qinghe-demo.cn</h1><p>该域名可以转让，有意者请与持有人联系。这里的链接由广告商提供，与域名持有人无关，持有人对其内容不作任何保证，点击表示同意隐私政策。</p><ul>${AD_LINKS}</ul></body></html>`,
  'parked, in English': `<html><body><h2>This domain is for sale</h2><p>The owner of qinghe-demo.cn is offering it for sale for an asking price. The sponsored listings displayed here are served automatically by a third party.</p><ul>${AD_LINKS}</ul></body></html>`,
  'not found': article(
    '页面不存在',
    '<p>很抱歉，您要看的内容已经删除或者移走，几秒钟后将回到首页。您也可以关注我们的公众号，拨打热线反映问题，我们会尽快处理，感谢您的理解与支持，祝您生活愉快。</p>',
  ),
  login: article(
    headline(0),
    `<p>${SUMMARY.slice(0, 24)}……</p><p>本文登录后可阅读全文。开通以后可以看到全部报道、旧报与专题，另有线下活动的报名与电子版的赠阅，随时可以取消，支持多种付款方式，现在加入还有首月的优惠。</p>`,
  ),
};

describe('a wall', () => {
  test.each(Object.entries(WALLS))('(%s) leaves the item its own text', (_, html) => {
    expect(join(item(), html)).toEqual({ text: SUMMARY, codes: ['repair.text.other-page'] });
    expect(join(item({ summary: null }), html).text).toBe('');
  });
});

test('the article replaces the summary, also where it repeats only the title or only the summary', () => {
  for (const html of [article(headline(0), prose(3)), article('县里的一天', `<p>${SUMMARY}</p>${prose(3)}`)]) {
    const { text, codes } = join(item(), html);
    expect([text.includes('赶在第一场雪之前收尾'), codes]).toEqual([true, ['repair.text.fetched']]);
  }
});

test('keeps the pictures of readers without scripts, and of picture elements, each once', () => {
  const lazy =
    '<p><img src="/images/lazyload.gif" data-src="/i/one.jpg"></p><noscript><img src="/i/one.jpg"></noscript>';
  const escaped = '<noscript>&lt;img src="/i/two.jpg" width="500"&gt;</noscript>';
  const picture =
    '<figure><picture><source data-srcset="/i/three.webp 1x" type="image/webp"><source srcset="/i/three.jpg 1x"><img alt="桥"></picture></figure>';
  const { text } = join(item(), article(headline(0), `${prose(2)}${lazy}${prose(1)}${escaped}${picture}${prose(2)}`));
  expect([...text.matchAll(/<img[^>]*src="[^"]*\/i\/([^"]*)"/g)].map(([, name]) => name)).toEqual([
    'one.jpg',
    'two.jpg',
    'three.jpg',
  ]);
});

test('joins pages, but none that says again what those before it do', () => {
  const [first, second] = [
    article(headline(0), prose(3)),
    article(headline(0), `<p>${'第二页说的是另一件事，'.repeat(12)}到此为止。</p>`),
  ];
  const { text } = join(item(), first, second);
  expect(join(item(), first, second, second).text).toBe(text);
  expect(join(item(), first, first, second).text).toBe(text);
  expect(text).toContain('第二页说的是另一件事');
});
