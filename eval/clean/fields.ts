/** Labelled items: which line of a page is its headline, and what the other fields of an entry are. */
import type { Outcome } from '../outcome.ts';
import { range } from '../range.ts';
import { bareLine, clean, DATED, html, link, stays, tell, told } from './made.ts';

const BODY =
  '<div class="c"><p>江北新区的稻田里长出新产业，今年每亩多收入两千元。</p><p>合作社统一供种，大家的心也齐了，日子越过越好。</p><p>走进博物馆，游客正在体验磨米，热闹非凡。</p></div>';

const page = (above: string, title = '', below = '', body = BODY): string =>
  `<html><head><title>${title}</title></head><body>${above}<div>${DATED}</div>${below}${body}</body></html>`;

const isTitle = (item: string, content: string, words: string, want = true): Outcome => ({
  item,
  want,
  got: clean({ content }).entry.title === words,
});

/** Of the text all, less and less, and nothing. */
const TOLD = range(0, 8).map((less) => `${'稻田里长出新产业'.slice(0, 8 - less)}${'长江两岸风光无限'.slice(8 - less)}`);
const RIVAL = '春风又绿大河南北';
/** What the head of a document calls it. */
const NAMED = '今年每亩多收入两千元';

/** How pages set their headline, from plainly to hardly. */
const SET: readonly (readonly [name: string, write: (text: string) => string, inHead?: boolean])[] = [
  ['h1', (text) => `<h1>${text}</h1>`],
  ['h3', (text) => `<h3>${text}</h3>`],
  ['h6', (text) => `<h6>${text}</h6>`],
  ['named', (text) => `<p>${text}</p>`, true],
  ['classed', (text) => `<p class="title">${text}</p>`],
  ['twice', (text) => `<p>${text}</p><p>${text}</p>`],
  ['alone', (text) => `<p>${text}</p>`],
];

/** What stands between the headline and the date, and below it. */
const BESIDE: readonly (readonly [name: string, above: string, below?: string])[] = [
  ['line', `<p>${RIVAL}</p>`],
  ['line in h1', `<h1>${RIVAL}</h1>`],
  ['line in h4', `<h4>${RIVAL}</h4>`],
  ['section', '<p>大河南北</p>'],
  ['section in h2', '<h2>大河南北</h2>'],
  ['section in h4', '<h4>大河南北</h4>'],
  ['subtitle', `<p>——${RIVAL}</p>`],
  ['subtitle in h2', `<h2>——${RIVAL}</h2>`],
  ['link', `<p>${link(RIVAL)}</p>`],
  ['link in h2', `<h2>${link(RIVAL)}</h2>`],
  ['link in h4', `<h4>${link(RIVAL)}</h4>`],
  ['sentence', `<p>${RIVAL}。</p>`],
  ['sentence in h2', `<h2>${RIVAL}。</h2>`],
  ['outlet', '<p>江海城市发展日报</p>'],
  ['outlet in h1', '<h1>江海城市发展日报</h1>'],
  ['outlet and outlet in h1', '<p>江海城市发展日报</p><h1>江海城市发展日报</h1>'],
  ['classed line', `<p class="title">${RIVAL}</p>`],
  ['class on a short line', '<p class="title">大河南北</p>'],
  ['lines', `<p>${RIVAL}</p><p>${bareLine(9, 2)}</p><p>${bareLine(9, 3)}</p>`],
  ['h1 below', '', `<h1>${RIVAL}</h1>`],
  ['h3 below', '', `<h3>${RIVAL}</h3>`],
  ['h5 below', '', `<h5>${RIVAL}</h5>`],
];

function headlines(): readonly Outcome[] {
  return TOLD.flatMap((title, n) =>
    SET.flatMap(([set, write, inHead]) =>
      BESIDE.map(([beside, above, below]) =>
        isTitle(
          `told ${n}, ${set}, beside ${beside}`,
          page(`${write(title)}${above}`, inHead === true ? title : '', below),
          title,
        ),
      ),
    ),
  );
}

function titles(): readonly Outcome[] {
  const head = TOLD[0] ?? '';
  return [
    ...range(2, 7).map((size) => isTitle(`h1 of ${size}`, page(`<h1>${bareLine(size, 1)}</h1>`, head), head, size < 4)),
    ...range(60, 120, 6).map((size) =>
      isTitle(`h1 of ${size}`, page(`<h1>${bareLine(size, 1)}</h1><p>${RIVAL}</p>`), RIVAL, size > 90),
    ),
    ...range(4, 12).map((size) =>
      isTitle(
        `classed line of ${size}`,
        page(`<p class="title">${bareLine(size, 1)}</p><p>${RIVAL}</p>`),
        RIVAL,
        size < 8,
      ),
    ),
    ...TOLD.map((line, less) =>
      isTitle(`line below its head, ${less} less told`, page(`<p>${line}</p>`, NAMED), NAMED, less > 4),
    ),
    ...range(1, 11).map((count) => {
      const named = `江北新区的稻田里长出新产业`.slice(0, count + 1).padEnd(20, bareLine(20, 4));
      return isTitle(`head told in ${count} of 19 pairs`, page(`<p>${RIVAL}</p>`, named), named, count > 5);
    }),
    ...range(26, 54, 2).map((size) => {
      const text = `${told(size, 1)}${told(50, 5)}`;
      return {
        item: `first sentence of ${size}`,
        want: size <= 40,
        got: clean({ content: html(text, ...tell(7, 9)) }).entry.title === told(size, 1),
      };
    }),
  ];
}

function others(): readonly Outcome[] {
  const text = html(...tell(0, 30));
  const given = (size: number) =>
    clean({ title: '题目', summary: told(size, 3), content: text }).entry.summary === told(size, 3);
  const made = (size: number) =>
    clean({ title: '题目', content: html(told(size, 0), ...tell(1, 9)) }).entry.summary.startsWith(told(size, 0));
  const salted = (count: number, salt: string) => html(`${`村民${salt}`.repeat(count)}来了。`, ...tell(0, 2));
  const latin = 'The Jianghuai Daily says in its evening edition that the works are done';
  const spam = '澳门新葡京娱乐城官网开户注册送彩金';
  return [
    ...range(12, 28, 2).map((size) => ({ item: `summary of ${size}`, want: size >= 20, got: given(size) })),
    ...range(380, 620, 20).map((size) => ({ item: `summary of ${size}`, want: size <= 500, got: given(size) })),
    ...range(140, 260, 10).map((size) => ({ item: `summary made of ${size}`, want: size <= 200, got: made(size) })),
    ...range(1, 5).map((count) => stays(`${count} readings`, salted(count, '(mín)'), 'mín', count < 3)),
    ...range(1, 5).map((count) => stays(`${count} doubled commas`, salted(count, '，，'), '，，', count < 3)),
    ...range(280, 520, 20).map((size) =>
      stays(`spam of ${size}`, [told(30, 0), bareLine(size - 17, 2) + spam, told(30, 1)].join('\n'), spam, size > 400),
    ),
    ...range(26, 54, 2).map((size) => ({
      item: `title of spam above ${size}`,
      want: size < 40,
      got: clean({ title: spam, content: html(told(size, 2)) }).nonEntry !== null,
    })),
    ...range(8, 30).map((count) => ({
      item: `English with ${count} ideographs`,
      want: count >= 19,
      got: clean({ title: latin, content: html(`${latin} (${bareLine(count, 1)}).`) }).entry.script !== null,
    })),
  ];
}

export const fields = (): readonly Outcome[] => [...headlines(), ...titles(), ...others()];
