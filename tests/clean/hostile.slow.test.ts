/** Cleaning is linear in what an item holds, however it is made, and an entry never grows beyond its bounds. */
import { describe, expect, it } from 'vitest';
import { nextPages } from '../../src/clean/article/nextpage.ts';
import { cleanItem } from '../../src/clean/clean.ts';
import { MOST_TEXT, MOST_WRITTEN } from '../../src/clean/html/longest.ts';
import type { Cleaned } from '../../src/model/entry.ts';
import { say } from '../../src/reasons/render.ts';
import { maskAddresses } from '../../src/text/secrets.ts';
import { htmlToText, tidyHtml } from '../../src/publish/tidyhtml.ts';
import { markupLines } from '../../src/web/entry/markuptext.ts';
import { makeItem } from '../support/entries.ts';
import { growth, LINEAR } from '../support/growth.ts';

const clean = (content: string, title = '江边的新桥通车') =>
  cleanItem(makeItem({ id: 'a', title, content }), {
    source: 's',
    timezone: 'Asia/Shanghai',
    baseUrl: 'https://e.cn/',
  });

const SENTENCE = '江北市昨天为新桥举行了通车仪式，市民说过江从此只要十分钟。';

describe('a line of any length', () => {
  it('that is a path of arrows takes no longer for each arrow', async () => {
    expect(
      await growth(
        3,
        (arrows) => `<p>要闻${'→'.repeat(arrows)}，</p>`,
        (html) => clean(html),
      ),
    ).toBeLessThan(LINEAR);
    expect(
      await growth(
        3,
        (names) => `<p>首页${' > 要'.repeat(names)}，</p>`,
        (html) => clean(html),
      ),
    ).toBeLessThan(LINEAR);
  });

  it.each([
    ['blanks', (n: number) => `<p>新${' \u3000'.repeat(n)}桥</p>`],
    ['labels', (n: number) => `<p>来源：${'江淮网 来源：'.repeat(n)}</p>`],
    ['reporters', (n: number) => `<p>记者${' 某某、'.repeat(n)}报道</p>`],
    ['datelines', (n: number) => `<p>${'江淮社江北1月2日'.repeat(n)}</p>`],
    ['brackets', (n: number) => `<p>${'（【'.repeat(n)}</p>`],
  ])('made of %s is read in one pass', async (_, make) => {
    expect(await growth(1500, make, (html) => clean(html))).toBeLessThan(LINEAR);
  });

  it.each([
    ['blanks', ' '],
    ['marks', '????'],
    ['bars', '新_'],
    ['dashes', '新-'],
    ['brackets', '【新】'],
  ])('in a title made of %s is read in one pass', async (_, part) => {
    expect(
      await growth(
        2500,
        (size) => `桥${part.repeat(size)}通车`,
        (title) => clean(`<p>${SENTENCE}</p>`, title),
      ),
    ).toBeLessThan(LINEAR);
  });
});

describe('an address', () => {
  it.each(['?key', '&token', '?key=', '//', '?a', '//a@'])(
    'of %s over and over is masked in one pass',
    async (part) => {
      const address = (size: number) => `https://e.example/${part.repeat(size)}`;
      expect(await growth(1000, address, maskAddresses)).toBeLessThan(LINEAR);
    },
  );
});

describe('markup of any shape', () => {
  const SHAPES: readonly (readonly [string, (n: number) => string])[] = [
    ['open tags', (n) => '<b>'.repeat(6 * n)],
    [
      'headlines above the article',
      (n) =>
        `<html><body>${Array.from({ length: n / 3 }, (_, at) => `<div>江北市第${at}座新桥今天通车的新闻标题</div>`).join('')}<div>2026年01月02日 10:00 来源：江淮网</div>${Array.from({ length: n / 3 }, (_, at) => `<p>第${at}段：${SENTENCE}</p>`).join('')}</body></html>`,
    ],
    ['open tables', (n) => '<table><tr><td>'.repeat(n)],
    ['ends without a start', (n) => '<b>'.repeat(300) + '</i>'.repeat(n)],
    ['forms', (n) => '<div>'.repeat(300) + '<form>'.repeat(n)],
    ['attributes', (n) => `<p ${Array.from({ length: n }, (_, at) => `a${at}=""`).join(' ')}>桥</p>`],
    ['sizes of a picture', (n) => `<img srcset="${'a, '.repeat(n)}">`],
    ['nested links', (n) => `<a href="/1">桥`.repeat(n)],
    ['captions', (n) => '<img src="https://e.cn/a.jpg"><p>图为江北市的新桥。</p>'.repeat(n)],
    [
      'heads',
      (n) => `<html><head>${'<meta name="a" content="b">'.repeat(n)}</head><body><p>${SENTENCE}</p></body></html>`,
    ],
    ['references', (n) => `<p>${'&#x6865;&amp;'.repeat(n)}</p>`],
  ];

  it.each(SHAPES)('is cleaned in one pass: %s', async (_, make) => {
    expect(await growth(1500, make, (html) => clean(html, ''))).toBeLessThan(LINEAR);
  });

  it.each(SHAPES)('is tidied, shown and followed in one pass: %s', async (_, make) => {
    const all = (markup: string) => [
      tidyHtml(markup),
      htmlToText(markup),
      markupLines(markup),
      nextPages(markup, 'https://e.cn/a_1.html'),
    ];
    expect(await growth(1500, make, all)).toBeLessThan(LINEAR);
  });
});

describe('an entry', () => {
  const told = ({ entry }: Pick<Cleaned, 'entry'>): readonly string[] => entry.repairs.map((one) => say(one, 'en'));
  const CUT = 'too long: the end of the text left out';

  it.each([
    ['paragraphs', `<p>${SENTENCE}</p>`.repeat(20_000)],
    ['one paragraph', `<p>${SENTENCE.repeat(20_000)}</p>`],
    ['plain text', `${SENTENCE}\n`.repeat(20_000)],
    ['one line of plain text', SENTENCE.repeat(50_000)],
    ['links', `<p>${'<a href="/b">桥</a>，'.repeat(25_000)}</p>`],
    ['pictures', '<img src="/a.jpg">'.repeat(40_000)],
  ])('of endless %s ends at the bound, and says so', (_, content) => {
    const cleaned = clean(content);
    expect(cleaned.entry.text.length).toBeLessThanOrEqual(MOST_TEXT);
    expect(cleaned.entry.content.length).toBeLessThan(2 * MOST_WRITTEN);
    expect(told(cleaned)).toContain(CUT);
  });

  it('of 70,000 characters is whole', () => {
    const paragraphs = Math.floor(70_000 / (SENTENCE.length + 7));
    const cleaned = clean(Array.from({ length: paragraphs }, (_, at) => `<p>第${at}段：${SENTENCE}</p>`).join(''));
    expect(cleaned.entry.text.split('\n')).toHaveLength(paragraphs);
    expect(told(cleaned)).not.toContain(CUT);
  });
});
