/** Decides an entry's title: what the item says, else the line of its page that most speaks for being the headline, else its first sentence. */
import type { Body } from '../article/body.ts';
import type { Head } from '../html/tree.ts';
import { foldedText } from '../lines/judge.ts';
import type { Judged } from '../lines/judge.ts';
import { isOutlet } from '../lines/labels.ts';
import type { RawItem } from '../../model/feed.ts';
import { readTitle as readMarked } from '../../zh/headline.ts';
import { fold } from '../../zh/script.ts';
import type { Headline, ReadField } from './field.ts';
import { firstSentences } from './summary.ts';

const LONGEST_TITLE = 90;
const LEAST_TITLE = 4;
/** Of a title made of the first sentence. */
const LONGEST_MADE = 40;

/** The headline that the item or its page gives, '' for none, and the marks that stood around it. */
export function readHeadline(body: Body, raw: RawItem): Headline {
  const given = readMarked(raw.title);
  return {
    title: given.title === '' ? pageTitle(body) : given.title,
    removed: given.removed.map((text) => ({ rule: 'title.marks', text })),
  };
}

export const readTitle: ReadField<string> = ({ headline, shaped, text }) => ({
  value: headline.title === '' ? firstSentences(text.slice(shaped.opening), LONGEST_MADE) : headline.title,
  repairs: headline.title === '' && text !== '' ? ['title taken from the first sentence'] : [],
});

/** What the page around the candidates says. */
interface Page {
  readonly head: readonly Judged[];
  /** Index of the last dated line in `head`; -1 without one. */
  readonly dated: number;
  /** Headlines that the head of the document names. */
  readonly named: readonly string[];
  /** The article's text, folded. */
  readonly text: string;
}

interface Candidate {
  readonly one: Judged;
  /** Index in `head`; behind its end for the article's first block. */
  readonly at: number;
  /** Without marks and outlets. */
  readonly title: string;
}

interface Sign {
  readonly name: string;
  /** Points of a sign at full strength. */
  readonly weight: number;
  readonly why: string;
  /** How strongly the sign shows: mostly 0 or 1, a share, or a distance. */
  readonly test: (candidate: Candidate, page: Page) => number;
}

/** What speaks for a line being the page's headline, and against it. */
const SIGNS: readonly Sign[] = [
  {
    name: 'told',
    weight: 3,
    why: 'an article tells what its headline says: the share of its pairs of characters that the text has',
    test: ({ one }, { text }) => overlap(one.folded, text),
  },
  {
    name: 'heading',
    weight: 4,
    why: 'h1 is made for headlines, h6 for little boxes',
    test: ({ one: { block } }) => (block.kind === 'heading' ? (8 - block.level) / 8 : 0),
  },
  {
    name: 'near-date',
    weight: 1,
    why: 'the headline stands right above the line of date and source: a point for every three lines nearer',
    test: ({ at }, { head, dated }) => nearness(at, dated < 0 ? head.length : dated),
  },
  {
    name: 'named',
    weight: 3,
    why: '<title> and og:title repeat it, more or less whole',
    test: ({ title }, { named }) => Number(named.some((name) => agree(name, title))),
  },
  {
    name: 'long',
    weight: 1,
    why: 'shorter lines are sections and columns more often',
    test: ({ one }) => Number(one.block.text.length >= LEAST_HEADLINE),
  },
  {
    name: 'twice',
    weight: 2,
    why: "lists of a paper's page and paths to the page say the headline once more",
    test: ({ one, at }, { head }) =>
      Number(head.some((other, beside) => beside !== at && other.block.text === one.block.text)),
  },
  {
    name: 'classed',
    weight: 2,
    why: 'its class or id says so',
    test: ({ one: { block } }) => Number(block.text.length >= LEAST_HEADLINE && TITLE_HINT.test(block.hint)),
  },
  {
    name: 'linked',
    weight: -3,
    why: 'the headline of the page that one is on leads nowhere; those of other stories are links',
    test: ({ one: { block } }) => Number(block.linked > block.text.length / 2),
  },
  {
    name: 'dashed',
    weight: -4,
    why: 'a line that begins with —— is the subtitle',
    test: ({ one }) => Number(/^—{2}/.test(one.block.text)),
  },
  {
    name: 'below-date',
    weight: -2,
    why: 'a headline stands above its dated line',
    test: ({ at }, { dated }) => Number(dated >= 0 && at > dated),
  },
  {
    name: 'stopped',
    weight: -2,
    why: 'a headline ends in no full stop or comma',
    test: ({ one }) => Number(/[。,;]$/.test(one.folded)),
  },
  {
    name: 'other-thing',
    weight: -5,
    why: 'arrows, addresses, bare dates and names of outlets are what they are',
    test: ({ one: { block, folded } }) =>
      Number(/[▲△▼]|https?:|\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日$/.test(block.text) || isOutlet(folded)),
  },
];

const TITLE_HINT =
  /(?:^|[\s_-])(?:founder-title|(?:article|main|news|content)?[_-]?(?:title|headline|biaoti))(?:$|[\s_-])/;
/** Characters; a shorter line is a section's name more often. */
const LEAST_HEADLINE = 8;
/** Points under which the headline that the document's head names goes before the best line. */
const LEAST_POINTS = 4;
/** Share of a headline's pairs of characters that the text must have for the document's head to be believed. */
const LEAST_TOLD = 0.3;

/** The headline of a page: of its lines the one that most speaks for, else the one that its head names; '' for none. */
function pageTitle({ head, kept, markup }: Body): string {
  const named = namedTitles(markup);
  const text = foldedText(kept);
  const page = { head, named, text, dated: head.findLastIndex((one) => one.rule?.role === 'meta') };
  const [first] = kept;
  let best = '';
  let most = 0;
  (first?.block.kind === 'heading' ? [...head, first] : head).forEach((one, at) => {
    if (!mayBeTitle(one)) return;
    const candidate = { one, at, title: readMarked(one.block.text).title };
    const points = SIGNS.reduce((sum, { weight, test }) => sum + weight * test(candidate, page), 0);
    if (points <= most) return;
    best = candidate.title;
    most = points;
  });
  // (2021年06月08日) behind the headline is the page's own date where the head has the headline without it.
  const undated = best.replace(/\s?[(（](?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}日?[)）]$/, '');
  if (undated !== best && named.includes(undated)) return undated;
  if (best !== '' && most >= LEAST_POINTS) return best;
  const spoken = named.find((name) => name.length >= LEAST_TITLE && overlap(fold(name), text) > LEAST_TOLD);
  return spoken ?? (best === '' ? (named[0] ?? '') : best);
}

function namedTitles(markup: Head | null): readonly string[] {
  if (markup === null) return [];
  const written = ['articletitle', 'og:title', 'twitter:title'].flatMap((key) => markup.meta.get(key) ?? []);
  const whole = readMarked(markup.title).title;
  return [...written.map((title) => readMarked(title).title), ...(whole === '' ? [] : [whole])];
}

function mayBeTitle({ block, rule }: Judged): boolean {
  const { length } = block.text;
  if (length < LEAST_TITLE || length > LONGEST_TITLE) return false;
  if (block.kind === 'image' || block.kind === 'table' || block.kind === 'list') return false;
  return rule === null || (rule.name === 'edge.navigation' && block.kind === 'heading');
}

function nearness(at: number, dated: number): number {
  const distance = Math.abs(dated - at);
  return distance > 6 ? 0 : (7 - distance) / 3;
}

/** Share of the two-character stretches of `title` that `body` has. */
function overlap(title: string, body: string): number {
  const plain = title.replace(/[^\u4e00-\u9fffa-z\d]/g, '');
  if (plain.length < 2) return 0;
  let found = 0;
  for (let i = 0; i + 2 <= plain.length; i++) if (body.includes(plain.slice(i, i + 2))) found++;
  return found / (plain.length - 1);
}

/** Folded text without blanks and marks. */
export function bare(folded: string): string {
  return folded.replace(/[^\u4e00-\u9fffa-z\d]/g, '');
}

function agree(one: string, other: string): boolean {
  const a = bare(fold(one));
  const b = bare(fold(other));
  return a !== '' && b !== '' && (a.includes(b) || b.includes(a));
}
