/** Holds the numbers of src/clean/thresholds.ts: each decides an item that comes out otherwise with the number moved. */
import { describe, expect, it } from 'vitest';
import { cleanItem } from '../../src/clean/clean.ts';
import { T } from '../../src/clean/thresholds.ts';
import type { Entry } from '../../src/model/entry.ts';
import { makeItem } from '../support/entries.ts';

function entryOf(content: string, title = ''): Entry {
  const raw = makeItem({ id: 'a', title, link: null, content });
  return cleanItem(raw, { source: 's', timezone: 'Asia/Shanghai', baseUrl: null }).entry;
}

/** What `read` gives with `group.name` moved to `value`. */
function moved<Result>(number: string, value: number, read: () => Result): Result {
  const [group = '', name = ''] = number.split('.');
  const numbers = (T as unknown as Record<string, Record<string, number>>)[group];
  const inForce = numbers?.[name];
  if (numbers === undefined || inForce === undefined) throw new Error(`no number ${number}`);
  numbers[name] = value;
  try {
    return read();
  } finally {
    numbers[name] = inForce;
  }
}

const BODY =
  '<div class="c"><p>江北新区的稻田里长出新产业，今年每亩多收入两千元。</p><p>合作社统一供种，大家的心也齐了，日子越过越好。</p><p>走进博物馆，游客正在体验磨米，热闹非凡。</p></div>';
const DATED = '<div>2021-06-09 08:49 来源：江海网</div>';

const page = (above: string, title = '', below = ''): string =>
  `<html><head><title>${title}</title></head><body>${above}${DATED}${below}${BODY}</body></html>`;

// A tells nothing of the text and stands two lines above the date; B is the rival that stands next to it.
const A = '长江两岸风光无限';
const B = '春风又绿大河南北';

describe('each sign of a headline decides between two lines', () => {
  const cases: readonly (readonly [sign: string, html: string, title: string])[] = [
    ['told', page(`<p>稻田里长出新产业</p><p>${B}</p>`), '稻田里长出新产业'],
    ['heading', page(`<h1>${A}</h1><p>${B}</p>`), A],
    ['nearDate', page(`<p>${A}</p><p>${B}</p>`), B],
    ['named', page(`<p>${A}</p><p>${B}</p>`, A), A],
    ['long', page(`<p>${A}</p><p>大河南北</p>`), A],
    ['twice', page(`<p>${A}</p><p>${A}</p><p>${B}</p>`), A],
    ['classed', page(`<p class="title">${A}</p><p>${B}</p>`), A],
    ['linked', page(`<p>${A}</p><h4><a href="https://example.cn/b">${B}</a></h4>`), A],
    ['dashed', page(`<p>${A}</p><p>——${B}</p>`), A],
    ['belowDate', page(`<p>${A}</p>`, '', `<h5>${B}</h5>`), A],
    ['stopped', page(`<p>${A}</p><p>${B}。</p>`), A],
    ['otherThing', page(`<p>${A}</p><p>江海城市发展日报</p>`), A],
  ];
  it.each(cases)('%s', (sign, html, title) => {
    expect(entryOf(html).title).toBe(title);
    expect(moved(`headline.${sign}`, 0, () => entryOf(html).title)).not.toBe(title);
  });

  it('knows a case for every sign', () => {
    expect(cases.map(([sign]) => sign)).toEqual(Object.keys(T.headline));
  });
});

describe('bounds of a title', () => {
  const told = '稻田里长出新产业的人们';
  it.each([
    ['title.points', 0, page(`<p>${A}</p>`, told), told],
    ['title.told', 1, page(`<p>${A}</p>`, told), told],
    ['title.headline', 20, page(`<p class="title">${A}</p><p>${B}</p>`), A],
    ['title.shortest', 2, page('<h1>大河</h1>', told), told],
    ['title.longest', 10, page(`<h1>${told}</h1><p>${B}</p>`), told],
  ])('%s at %d', (number, value, html, title) => {
    expect(entryOf(html).title).toBe(title);
    expect(moved(number, value, () => entryOf(html).title)).not.toBe(title);
  });
});

/** The nth of ten sentences as long as one another. */
const told = (n: number) => `${'甲乙丙丁戊己庚辛壬癸'[n]}村的合作社统一供种，日子越过越好，大家的心也齐了。`;
const tell = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => told(from + i));
const plain = (...lines: readonly string[]) => ['2021-06-09 08:49 来源：江海网', ...lines].join('\n');
const html = (...blocks: readonly string[]) =>
  blocks.map((block) => (block.startsWith('<') ? block : `<p>${block}</p>`)).join('\n');
const link = (text: string) => `<p><a href="https://example.cn/">${text}</a></p>`;
const image = '<p><img src="https://example.cn/a.jpg"></p>';
const caption = (n: number) => `图为${'甲乙丙'[n]}村的村民在合作社的田间采摘今年的新茶，笑容满面。`;
const other = '另一座城市的新桥今天通车';

describe('the numbers that decide what stays of a text', () => {
  // Number, another value, content, words, whether they stay with the number as it is.
  const cases: readonly (readonly [number: string, value: number, content: string, words: string, stays: boolean])[] = [
    ['begin.below', 0.3, plain(...tell(0, 6), '2021-06-10 10:00 来源：淮上网', ...tell(6, 10)), told(0), true],
    ['end.onPage', 0.8, plain(...tell(0, 6), '相关阅读', ...tell(6, 9)), told(8), false],
    ['end.inBody', 0.8, [...tell(0, 6), '- END -', ...tell(6, 9)].join('\n'), told(8), false],
    ['end.late', 0.6, html(...tell(0, 7), '转载请注明出处', ...tell(7, 10)), told(9), true],
    ['end.signed', 0.8, plain(...tell(0, 7), '责任编辑：张三', ...tell(7, 10)), told(9), false],
    ['end.finished', 0.8, plain(...tell(0, 5), `${told(5)}（完）`, ...tell(6, 10)), told(9), false],
    [
      'end.mostBox',
      2,
      html(...tell(0, 6), '相关阅读', link(other), link(other), link(other), ...tell(6, 9)),
      told(8),
      true,
    ],
    [
      'end.linked',
      1,
      html(...tell(0, 6), '相关阅读', link(other).replace('<p>', '<p>见'), ...tell(6, 9)),
      told(8),
      true,
    ],
    ['end.leastStops', 4, plain(...tell(0, 3), other), other, false],
    ['end.stops', 0.8, plain(...tell(0, 3), other, `${other}了`), other, false],
    ['keep.captions', 4, html(told(0), image, caption(0), image, caption(1), image, caption(2)), caption(0), true],
    [
      'keep.centred',
      10,
      html(...tell(0, 2), image, `<p align="center">${other}</p>`, ...tell(2, 4), '责任编辑：张三'),
      other,
      false,
    ],
    ['keep.unindented', 5, plain(...tell(0, 3).map((line) => `　　${line}`), other, `　　${told(3)}`), other, false],
    ['keep.leastIndented', 9, plain(...tell(0, 3).map((line) => `　　${line}`), other, `　　${told(3)}`), other, false],
    [
      'keep.indented',
      0.7,
      plain(...tell(0, 3).map((line) => `　　${line}`), told(3), other, `　　${told(4)}`),
      other,
      true,
    ],
    ['keep.repeated', 60, [told(0), told(1), told(0), told(2)].join('\n'), `${told(1)}\n${told(0)}`, false],
    [
      'sentence.fewRules',
      60,
      [...tell(0, 2), '来源：江淮日报社的记者从会上了解到这一消息，人人都可以去查一查。', told(2)].join('\n'),
      '江淮日报社的记者',
      true,
    ],
    ['salt.pinyin', 2, html('合作社(hé)的村(cūn)民来了。', ...tell(0, 2)), 'cūn', true],
    ['salt.doubled', 2, html('合作社，，村民，，来了。', ...tell(0, 2)), '，，', true],
    ['spam.longest', 10, [told(0), '澳门新葡京娱乐城官网开户注册送彩金', told(1)].join('\n'), '葡京', false],
    [
      'caption.credit',
      5,
      html(...tell(0, 2), `${told(2)}${told(3)}${told(4)}江海社记者 张大民 摄`, ...tell(5, 8)),
      '张大民',
      false,
    ],
    [
      'caption.paragraph',
      180,
      html(...tell(0, 2), `${told(2)}${told(3)}${told(4)}江海社记者 张大民 摄`, ...tell(5, 8)),
      '张大民',
      false,
    ],
    ['caption.longest', 20, html(...tell(0, 2), image, caption(0), told(3)), caption(0), false],
    ['hint.short', 10, html(...tell(0, 2), `<div class="share"><p>${told(2)}</p></div>`, told(3)), told(2), false],
    ['hint.sentence', 99, html(...tell(0, 2), `<div class="hot"><p>${told(2)}</p></div>`, told(3)), told(2), true],
  ];
  it.each(cases)('%s at %d', (number, value, content, words, stays) => {
    const says = () => entryOf(content, '另有题目的一篇报道').text.includes(words);
    expect(says()).toBe(stays);
    expect(moved(number, value, says)).toBe(!stays);
  });
});

describe('the numbers that decide the other fields', () => {
  const given = (summary: string) => {
    const raw = makeItem({ id: 'a', summary, content: html(...tell(0, 9)) });
    return cleanItem(raw, { source: 's', timezone: 'Asia/Shanghai', baseUrl: null }).entry.summary === summary;
  };
  it('takes the summary of a feed that is neither label nor text', () => {
    expect(given(told(0))).toBe(true);
    expect(moved('summary.shortest', 40, () => given(told(0)))).toBe(false);
    expect(moved('summary.longest', 25, () => given(told(0)))).toBe(false);
  });

  it('makes titles and summaries of the length said', () => {
    const made = () => entryOf(html(told(0) + told(1) + told(2))).title.length;
    expect(moved('title.made', 80, made)).toBeGreaterThan(made());
    const summed = () => entryOf(html(...tell(0, 10))).summary.length;
    expect(moved('summary.made', 100, summed)).toBeLessThan(summed());
  });

  it('takes a text with enough ideographs for Chinese', () => {
    const language = () => entryOf(html('The Jianghuai Daily (江淮日报今天报道了此事) says so')).language;
    expect(language()).toMatch(/^zh/);
    expect(moved('language.han', 0.6, language)).toBeNull();
  });

  it('drops an item that is titled like spam and has no text to speak of', () => {
    const item = makeItem({
      id: 'a',
      title: '澳门新葡京娱乐城官网开户',
      content: '<p>江海网今天的消息，如此而已。</p>',
    });
    const dropped = () => cleanItem(item, { source: 's', timezone: 'Asia/Shanghai', baseUrl: null }).nonEntry !== null;
    expect(dropped()).toBe(true);
    expect(moved('spam.text', 5, dropped)).toBe(false);
  });
});
