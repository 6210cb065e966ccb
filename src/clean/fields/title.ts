/** Decides an entry's title: what the item says, else the line of its page that most speaks for being the headline, else its first sentence. */
import { reason } from '../../reasons/catalogue.ts';
import type { Body } from '../article/body.ts';
import { PLACES } from '../article/places.ts';
import type { Head } from '../html/tree.ts';
import { foldedText } from '../lines/judge.ts';
import type { Judged } from '../lines/judge.ts';
import { isOutlet } from '../lines/lineforms.ts';
import type { RawItem } from '../../model/feed.ts';
import { readTitle as readMarked } from '../../zh/headline.ts';
import { withoutOpening } from '../../zh/opening.ts';
import { bare, fold } from '../../zh/script.ts';
import { T } from '../thresholds.ts';
import type { Headline, ReadField } from './field.ts';
import { firstSentences } from './summary.ts';

/** The headline that the item or its page gives, '' for none, and the marks that stood around it. */
export function readHeadline(body: Body, raw: RawItem): Headline {
  const given = readMarked(raw.title);
  return {
    title: given.title === '' ? pageTitle(body) : given.title,
    removed: given.removed.map((text) => ({ rule: PLACES.titleMarks.name, text })),
  };
}

export const readTitle: ReadField<string> = ({ headline, shaped, text }) => ({
  value: headline.title === '' ? firstSentences(withoutOpening(text, shaped.opening), T.title.made) : headline.title,
  repairs: headline.title === '' && text !== '' ? [reason('repair.title.from-text')] : [],
});

/** What the page around the candidates says. */
interface Page {
  readonly head: readonly Judged[];
  /** Index of the last dated line in `head`; -1 without one. */
  readonly dated: number;
  /** Headlines that the head of the document names, bare. */
  readonly named: readonly string[];
  /** The two-character stretches of the article's folded text. */
  readonly stretches: ReadonlySet<string>;
  /** How many lines of `head` have a text. */
  readonly counts: ReadonlyMap<string, number>;
}

interface Candidate {
  readonly one: Judged;
  /** Index in `head`; behind its end for the article's first block. */
  readonly at: number;
  /** Without marks and outlets. */
  readonly title: string;
}

/**
 * What speaks for a line being the page's headline, and against it: how strongly each sign shows, mostly 0 or 1.
 * Its points and its reason stand in thresholds.ts under the same name.
 */
const SIGNS: Readonly<Record<keyof typeof T.headline, (candidate: Candidate, page: Page) => number>> = {
  told: ({ one }, { stretches }) => overlap(one.folded, stretches),
  heading: ({ one: { block } }) => (block.kind === 'heading' ? (8 - block.level) / 8 : 0),
  nearDate: ({ at }, { head, dated }) => nearness(at, dated < 0 ? head.length : dated),
  named: ({ title }, { named }) => Number(named.some((name) => agree(name, title))),
  long: ({ one: { block } }) => Number(block.text.length >= T.title.headline),
  // The article's first block is none of the head.
  twice: ({ one: { block }, at }, { head, counts }) => Number((counts.get(block.text) ?? 0) > Number(at < head.length)),
  classed: ({ one: { block } }) => Number(block.text.length >= T.title.headline && TITLE_HINT.test(block.hint)),
  linked: ({ one: { block } }) => Number(block.linked > block.text.length / 2),
  dashed: ({ one: { block } }) => Number(/^—{2}/.test(block.text)),
  belowDate: ({ at }, { dated }) => Number(dated >= 0 && at > dated),
  stopped: ({ one: { folded } }) => Number(/[。,;]$/.test(folded)),
  otherThing: ({ one: { block, folded } }) =>
    Number(/[▲△▼]|https?:|\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日$/.test(block.text) || isOutlet(folded)),
};
const SIGN_NAMES = Object.keys(SIGNS) as readonly (keyof typeof SIGNS)[];

const TITLE_HINT =
  /(?:^|[\s_-])(?:founder-title|(?:article|main|news|content)?[_-]?(?:title|headline|biaoti))(?:$|[\s_-])/;
/** The headline of a page: of its lines the one that most speaks for, else the one that its head names; '' for none. */
function pageTitle({ head, kept, markup }: Body): string {
  const named = namedTitles(markup);
  const stretches = stretchesOf(foldedText(kept));
  const counts = new Map<string, number>();
  for (const { block } of head) counts.set(block.text, (counts.get(block.text) ?? 0) + 1);
  const dated = head.findLastIndex((one) => one.rule?.role === 'meta');
  const page: Page = { head, named: named.map((name) => bare(fold(name))), stretches, counts, dated };
  const [first] = kept;
  let best = '';
  let most = 0;
  (first?.block.kind === 'heading' ? [...head, first] : head).forEach((one, at) => {
    if (!mayBeTitle(one)) return;
    const candidate = { one, at, title: readMarked(one.block.text).title };
    const points = SIGN_NAMES.reduce((sum, name) => sum + T.headline[name] * SIGNS[name](candidate, page), 0);
    if (points <= most) return;
    best = candidate.title;
    most = points;
  });
  // (2021年06月08日) behind the headline is the page's own date where the head has the headline without it.
  const undated = best.replace(/\s?[(（](?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}日?[)）]$/, '');
  if (undated !== best && named.includes(undated)) return undated;
  if (best !== '' && most >= T.title.points) return best;
  const spoken = named.find((name) => name.length >= T.title.shortest && overlap(fold(name), stretches) > T.title.told);
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
  if (length < T.title.shortest || length > T.title.longest) return false;
  if (block.kind === 'image' || block.kind === 'table' || block.kind === 'list') return false;
  return rule === null || (rule.keepsHeading === true && block.kind === 'heading');
}

function nearness(at: number, dated: number): number {
  const distance = Math.abs(dated - at);
  return distance > 6 ? 0 : (7 - distance) / 3;
}

function stretchesOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at = 0; at + 2 <= text.length; at++) found.add(text.slice(at, at + 2));
  return found;
}

/** Share of the two-character stretches of `title` that are among `stretches`. */
function overlap(title: string, stretches: ReadonlySet<string>): number {
  const plain = title.replace(/[^\u4e00-\u9fffa-z\d]/g, '');
  if (plain.length < 2) return 0;
  let found = 0;
  for (let i = 0; i + 2 <= plain.length; i++) if (stretches.has(plain.slice(i, i + 2))) found++;
  return found / (plain.length - 1);
}

/** Whether one of a bare headline and a line has the other in it. */
function agree(a: string, line: string): boolean {
  const b = bare(fold(line));
  return a !== '' && b !== '' && (a.includes(b) || b.includes(a));
}
