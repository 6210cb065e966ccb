/** Labelled items: which addresses are articles, by their form and the headline that leads to them. */
import { addressReader } from '../../src/feed/listpage/addressform.ts';
import { findCandidates, mayBeNews } from '../../src/feed/listpage/candidates.ts';
import { readPageTree } from '../../src/feed/listpage/pagetree.ts';
import type { Outcome } from '../outcome.ts';
import { range } from '../range.ts';
import { box, dayOf, headline, many, page, read, row, sized, SITE } from './made.ts';

type Form = readonly [name: string, path: (n: number) => string];

const digits = (n: number): string => dayOf(n).replaceAll('-', '');
const month = (n: number): string => dayOf(n).slice(0, 7).replace('-', '');

/** Addresses of articles, from those that say so to those that hardly do. */
const ARTICLES: readonly Form[] = [
  ['day and number', (n) => `/xw/t${digits(n)}_${7300 + n}.html`],
  ['folder of a day', (n) => `/${digits(n)}/${n + 11}/c.html`],
  ['folder of a month, no number', (n) => `/${month(n)}/${'abcdefghij'[n] ?? ''}kt`],
  ['folder of a month, file', (n) => `/${month(n)}/${'abcdefghij'[n] ?? ''}kt.html`],
  ['long number', (n) => `/xw/${480_100 + n}.html`],
  ['long number, no file', (n) => `/xw/${480_100 + n}`],
  ['long number, folder', (n) => `/xw/${480_100 + n}/`],
  ['short number', (n) => `/xw/${310 + n}.html`],
  ['short number, no file', (n) => `/xw/${310 + n}`],
  ['one digit', (n) => `/xw/${n}.html`],
  ['one digit, no file', (n) => `/xw/${n}`],
  ['number of the folder above', (n) => `/${480_100 + n}/show`],
  ['document', (n) => `/xw/gg${'abcdefghij'[n] ?? ''}.pdf`],
  ['document, one digit', (n) => `/xw/${n}.pdf`],
  ['folder of articles', (n) => `/article/${'abcdefghij'[n] ?? ''}kt`],
  ['folder of articles, file', (n) => `/article/${'abcdefghij'[n] ?? ''}kt.html`],
  ['folder of articles, one digit', (n) => `/article/${n}`],
  ['parameter', (n) => `/view?id=${'abcdefghij'[n] ?? ''}`],
  ['parameter, short number', (n) => `/view.php?id=${310 + n}`],
  ['words', (n) => `/the-old-mill-reopens-${'abcdefghij'[n] ?? ''}`],
  ['words, folder', (n) => `/the-old-mill-reopens-${'abcdefghij'[n] ?? ''}/`],
  ['film with a day', (n) => `/video/t${digits(n)}_${7300 + n}.html`],
  ['film with a number', (n) => `/video/${480_100 + n}.html`],
  ['film with a number, no file', (n) => `/video/${480_100 + n}`],
  ['file called index in a folder of a day', (n) => `/xw/${digits(n)}/${480_100 + n}/index.html`],
  ['file called index in a folder of a number', (n) => `/xw/${480_100 + n}/index.html`],
  ['column with a day and number', (n) => `/col/t${digits(n)}_${7300 + n}.html`],
  ['number in a column of articles', (n) => `/article/list/${480_100 + n}.html`],
  ['notice with a day', (n) => `/about/t${digits(n)}_${7300 + n}.html`],
];

/** Addresses that are none, however long the names that lead to them. */
const OTHERS: readonly Form[] = [
  ['channel', (n) => `/c${n}/`],
  ['channel called index', (n) => `/c${n}/index.html`],
  ['channel in a folder of a month', (n) => `/${month(n)}/c${n}/index.html`],
  ['channel with a number', (n) => `/bm/${480_100 + n}/index.html`],
  ['column', (n) => `/col/col${480_100 + n}/index.html`],
  ['column, no file', (n) => `/col/${480_100 + n}`],
  ['list with a short number', (n) => `/list/${310 + n}.html`],
  ['list of a parameter', (n) => `/list?id=${480_100 + n}`],
  ['login', (n) => `/login?id=${480_100 + n}`],
  ['form of complaint', (n) => `/tousu/${480_100 + n}.html`],
  ['form of complaint, called news', (n) => `/news/tousu/${480_100 + n}.html`],
  ['advertisement', (n) => `/ad/${480_100 + n}.html`],
  ['shop', (n) => `/goods/${310 + n}.html`],
  ['shop with a parameter', (n) => `/goods/view?id=${310 + n}`],
  ['game with a number', (n) => `/game/${480_100 + n}`],
];

/** What the links say: of headlines all sizes, and names of offices and channels. */
const HEADLINES: readonly (readonly [string, (n: number) => string])[] = [
  ...[7, 9, 10, 12, 16].map((size) => [`headlines of ${size}`, (n: number) => sized(n, size)] as const),
  ['headlines with a mark', (n) => `${sized(n, 5)}：${sized(n + 3, 5)}`],
  ['short headlines with a mark', (n) => `${sized(n, 3)}：${sized(n + 3, 4)}`],
];
const OFFICES = ['民政', '财政', '教育', '水利', '交通', '卫健', '农业', '林业', '商务', '审计'];
const NAMES: readonly (readonly [string, (n: number) => string])[] = [
  ['names of 2', (n) => OFFICES[n] ?? ''],
  ['names of 3', (n) => `${OFFICES[n] ?? ''}局`],
  ['names of 4', (n) => `${OFFICES[n] ?? ''}频道`],
  ['names of 5', (n) => `县${OFFICES[n] ?? ''}频道`],
  ['names of 6', (n) => `县${OFFICES[n] ?? ''}局频道`],
  ['names of 9', (n) => `淡水县${OFFICES[n] ?? ''}局办公室`],
  ['names of 11', (n) => `淡水县${OFFICES[n] ?? ''}局便民服务点`],
];

const ROWS = 8;

interface Kind {
  readonly name: string;
  readonly path: (n: number) => string;
  readonly title: (n: number) => string;
  readonly want: boolean;
}

const pairs = (forms: readonly Form[], titles: typeof HEADLINES, want: boolean): readonly Kind[] =>
  forms.flatMap(([form, path]) => titles.map(([name, title]) => ({ name: `${form}, ${name}`, path, title, want })));

/** Headlines that speak of what sites say of themselves, and what sites do say. */
const NOTICES = ['版权声明', '联系我们', '网站地图', '隐私声明', '广告服务', '法律声明', '投稿须知', '招聘信息'];
const notice = (n: number): string => `淡水网${NOTICES[n] ?? ''}`;
const numbered = (n: number): string => `/gy/${480_100 + n}.html`;
const HOUSEKEEPING: readonly Kind[] = [
  ...range(8, 32, 2).map((size) => ({
    name: `headlines of ${size} that speak of a licence`,
    path: (n: number) => `/gy/${310 + n}.html`,
    title: (n: number) => `${sized(n, size - 2)}备案`,
    want: true,
  })),
  { name: 'notices with a number', path: numbered, title: notice, want: false },
  {
    name: 'long notices with a number',
    path: numbered,
    title: (n) => `淡水网站及频道的${NOTICES[n] ?? ''}`,
    want: false,
  },
  { name: 'notices with a day', path: (n) => `/gy/t${digits(n)}_${n + 1}.html`, title: notice, want: false },
  { name: 'notices with an id', path: (n) => `/article/view?id=${310 + n}`, title: notice, want: false },
];

const KINDS: readonly Kind[] = [
  ...pairs(ARTICLES, HEADLINES, true),
  ...pairs(OTHERS, [...HEADLINES.slice(0, 5), ...NAMES], false),
  ...pairs(ARTICLES.slice(4, 12), NAMES, false),
  ...HOUSEKEEPING,
];

/** All kinds on one page, each in a folder of its own. */
function candidates(): readonly Outcome[] {
  const at = (kind: number, path: string): string =>
    `/z${'abcdefghijklmnopqrstuvwxyz'[kind % 26] ?? ''}${'k'.repeat(kind / 26)}${path}`;
  const html = KINDS.map(({ path, title }, kind) =>
    many(ROWS, (n) => row(n, { path: (of) => at(kind, path(of)), title })).join(''),
  );
  const found = findCandidates(readPageTree(page(...html)), addressReader(`${SITE}/`, `${SITE}/`));
  const news = new Set(found.filter(mayBeNews).map(({ address }) => address.url.replace(SITE, '')));
  return KINDS.map(({ name, path, want }, kind) => ({
    item: name,
    want,
    got: many(ROWS, path).every((one) => news.has(at(kind, one))),
  }));
}

/** Blocks of each form on one front page, and the same of a partner’s site: which are among its news. */
function onFront(): readonly Outcome[] {
  const partner = 'https://www.partner-demo.com';
  const forms = [
    ...ARTICLES.slice(0, 25).map((form) => ({ form, isArticle: true })),
    ...OTHERS.map((form) => ({ form, isArticle: false })),
  ];
  const blocks = forms.flatMap(({ form: [name, path], isArticle }, at) => {
    const own = (n: number): string => `/f${'k'.repeat(at)}${path(n)}`;
    return [
      { name, path: own, want: isArticle },
      { name: `of a partner, ${name}`, path: (n: number) => `${partner}${own(n)}`, want: false },
    ];
  });
  const titled = (at: number) => (n: number) => headline((n + at * ROWS) % 600);
  const html = page(...blocks.map(({ path }, at) => box(`b${'k'.repeat(at)}`, 0, ROWS, { path, title: titled(at) })));
  const { links } = read(html, `${SITE}/`);
  return blocks.map(({ name, path, want }) => ({
    item: `on a front page, ${name}`,
    want,
    got: many(ROWS, path).every((one) => links.has(one)),
  }));
}

export const addresses = (): readonly Outcome[] => [...candidates(), ...onFront()];
