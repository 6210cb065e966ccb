/** Reads a page's title and time from its head and from the lines around the article. */
import { fold } from '../../zh/script.ts';
import { isOutlet, outletOfReporters, readOutlet, readUnlabelledOutlet } from '../lines/labels.ts';
import type { Judged } from '../lines/judge.ts';
import { dateInAddress, readTime, readYearlessTime } from '../../zh/dates.ts';
import type { PageTime } from '../../zh/dates.ts';
import { readTitle } from '../../zh/headline.ts';
import { readNames } from '../../zh/people.ts';
import type { Head } from '../html/tree.ts';

const LONGEST_TITLE = 90;
const LEAST_TITLE = 4;
const TITLE_HINT =
  /(?:^|[\s_-])(?:founder-title|(?:article|main|news|content)?[_-]?(?:title|headline|biaoti))(?:$|[\s_-])/;

/** The headline of a page: of its candidates the one that body, `<title>` and nearness to the dated line speak for; '' for none. */
export function pageTitle(
  head: readonly Judged[],
  first: Judged | undefined,
  markup: Head | null,
  body: string,
): string {
  const named: string[] = [];
  for (const key of ['articletitle', 'og:title', 'twitter:title']) {
    const written = markup?.meta.get(key);
    if (written !== undefined) named.push(readTitle(written).title);
  }
  const whole = readTitle(markup?.title ?? '').title;
  if (whole !== '') named.push(whole);
  const dated = lastIndex(head, (one) => one.rule?.role === 'meta');
  let best = '';
  let bestScore = 0;
  const candidates = first !== undefined && first.block.kind === 'heading' ? [...head, first] : head;
  candidates.forEach((one, at) => {
    const { text } = one.block;
    if (
      text.length < LEAST_TITLE ||
      text.length > LONGEST_TITLE ||
      (one.rule !== null && one.rule.role !== 'edge') ||
      one.block.kind === 'image' ||
      one.block.kind === 'table' ||
      one.block.kind === 'list'
    )
      return;
    if (one.rule?.name === 'edge.navigation' && one.block.kind !== 'heading') return;
    if (one.rule?.name === 'edge.breadcrumb' || one.rule?.name === 'edge.counter' || one.rule?.name === 'edge.scrap')
      return;
    const title = readTitle(text).title;
    const score =
      overlap(one.folded, body) * 3 +
      (one.block.kind === 'heading' ? 4 - one.block.level * 0.5 : 0) +
      nearness(at, dated < 0 ? head.length : dated) +
      (named.some((name) => agree(name, title)) ? 3 : 0) +
      (text.length >= 8 ? 1 : 0) +
      // Lists of a paper's page and breadcrumbs say the headline once more.
      (head.some((other, beside) => beside !== at && other.block.text === text) ? 2 : 0) +
      (text.length >= 8 && TITLE_HINT.test(one.block.hint) ? 2 : 0) -
      (one.block.linked > text.length / 2 ? 3 : 0) -
      (/^—{2}/.test(text) ? 4 : 0) -
      // A headline stands above its dated line and ends in no full stop.
      (dated >= 0 && at > dated ? 2 : 0) -
      (/[。,;]$/.test(one.folded) ? 2 : 0) -
      (/[▲△▼]|https?:|\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日$/.test(text) || isOutlet(one.folded) ? 5 : 0);
    if (score > bestScore) {
      best = title;
      bestScore = score;
    }
  });
  // (2021年06月08日) behind the headline is the page's own date where the head has the headline without it.
  const undated = best.replace(/\s?[(（](?:19|20)\d{2}[-年/.]\d{1,2}[-月/.]\d{1,2}日?[)）]$/, '');
  if (undated !== best && named.includes(undated)) return undated;
  const spoken = named.find((name) => name.length >= LEAST_TITLE && overlap(fold(name), body) > 0.3);
  if (best === '' || (bestScore < 4 && spoken !== undefined)) return spoken ?? (best === '' ? (named[0] ?? '') : best);
  return best;
}

function lastIndex(head: readonly Judged[], test: (one: Judged) => boolean): number {
  for (let i = head.length - 1; i >= 0; i--) {
    const one = head[i];
    if (one !== undefined && test(one)) return i;
  }
  return -1;
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

const TIME_KEYS = [
  'article:published_time',
  'og:published_time',
  'pubdate',
  'publishdate',
  'publish_date',
  'og:release_date',
  'datepublished',
  'weibo: article:create_at',
  'weibo:article:create_at',
  'apub:time',
  'date',
];

/** When the page says it was published: the dated line nearest above the article, then its head. */
export function pageTime(
  head: readonly Judged[],
  tail: readonly Judged[],
  markup: Head | null,
  timezone: string,
  address: string | null,
): PageTime | null {
  let read: PageTime | null = null;
  for (const one of head) {
    if (one.rule?.role !== 'meta') continue;
    const time = readTime(fold(one.label), timezone);
    if (time !== null && (read === null || time.exact || !read.exact)) read = time;
  }
  if (read?.exact === true) return read;
  const spoken = markup === null ? null : headTime(markup, timezone);
  if (spoken !== null && (read === null || spoken.exact)) return spoken;
  if (read !== null) return read;
  for (const one of tail) {
    if (one.rule?.name !== 'label.dated-line' || !/时间|发布|来源|日期/.test(one.folded)) continue;
    const time = readTime(fold(one.label), timezone);
    if (time !== null) return time;
  }
  const year = Number(dateInAddress(address)?.slice(0, 4) ?? 0);
  for (const one of year === 0 ? [] : head) {
    const time = one.rule?.role === 'meta' ? readYearlessTime(one.folded, year, timezone) : null;
    if (time !== null) return time;
  }
  // A stamp glued to something else is still a stamp.
  for (const one of [...head].reverse()) {
    const time = one.folded.length <= 60 ? readTime(one.folded, timezone) : null;
    if (time !== null) return time;
  }
  return null;
}

function headTime(markup: Head, timezone: string): PageTime | null {
  for (const key of TIME_KEYS) {
    const written = markup.meta.get(key);
    const time = written === undefined ? null : readTime(written.toLowerCase(), timezone);
    if (time !== null) return time;
  }
  for (const json of markup.linkedData) {
    const written = /"datePublished"\s*:\s*"([^"]{8,40})"/.exec(json)?.[1];
    const time = written === undefined ? null : readTime(written.toLowerCase(), timezone);
    if (time !== null) return time;
  }
  return null;
}

const NAMES_OUTLET = /(?:^|[\s_-])(?:author|source|media|laiyuan)(?:$|[\s_-])/;

/** Outlets that stand without a label in a dated line, or alone on the line next to it; the nearest to the article first; then those whose reporters sign. */
export function outletsBeside(head: readonly Judged[], tail: readonly Judged[]): readonly string[] {
  const outlets: string[] = [];
  for (let at = head.length - 1; at >= 0; at--) {
    const one = head[at];
    if (one?.rule?.name !== 'label.dated-line') continue;
    const within = readUnlabelledOutlet(one.label, fold(one.label));
    if (within !== null) outlets.push(within);
    for (const next of [head[at - 1], head[at + 1]]) {
      if (next !== undefined && next.rule === null && isOutlet(next.folded)) outlets.push(next.block.text);
    }
  }
  for (const one of head) {
    if (one.rule === null && NAMES_OUTLET.test(one.block.hint) && isOutlet(one.folded)) outlets.push(one.block.text);
    const account = one.rule?.name === 'label.account' ? /\S+$/.exec(one.block.text.trim())?.[0] : undefined;
    if (account !== undefined) outlets.push(account);
  }
  for (const one of [...head, ...tail]) {
    const outlet = one.rule?.name === 'label.author' ? outletOfReporters(one.block.text, one.folded) : null;
    if (outlet !== null) outlets.push(outlet);
    const printed = one.rule?.name === 'label.printed' ? /《([^》]+)》/.exec(one.block.text)?.[1] : undefined;
    if (printed !== undefined) outlets.push(printed);
  }
  return outlets;
}

const OWN_PART = /[-_|–—]/;
const EDITION = /(?:数字报纸?|电子报|数字版|电子版)$/;
const OWNER = /^([\u4e00-\u9fff]{2,10}(?:报|网))社?(?:版权所有|©)/;

/** The outlet whose own page this is: an end of the `<title>`, or the owner that the foot names; null where none says. */
export function siteOutlet(markup: Head | null, tail: readonly Judged[]): string | null {
  const parts = (markup?.title ?? '').split(OWN_PART).map((part) => part.trim());
  for (const part of [markup?.meta.get('og:site_name') ?? '', parts.at(-1) ?? '', parts[0] ?? '']) {
    const folded = fold(part);
    const edition = EDITION.exec(folded);
    const name = edition === null ? part : part.slice(0, edition.index);
    if (name.length <= 10 && isOutlet(fold(name))) return name;
  }
  for (const one of tail) {
    const owner = one.rule?.name === 'end.footer' ? OWNER.exec(one.folded)?.[1] : undefined;
    if (owner !== undefined) return one.block.text.slice(0, owner.length);
  }
  return null;
}

/** Outlet and authors that the head of a page names in the forms that Chinese sites and governments use. */
export function headLabels(markup: Head | null): {
  readonly outlets: readonly string[];
  readonly authors: readonly string[];
} {
  if (markup === null) return { outlets: [], authors: [] };
  const outlets: string[] = [];
  for (const key of ['contentsource', 'source', 'mediaid', 'og:article:source']) {
    const written = markup.meta.get(key);
    if (written === undefined) continue;
    const value = written.replace(/^(?:来源|來源)\s*[:：]?/, '').trim();
    const outlet = readOutlet(`:${value}`, `:${fold(value)}`);
    if (outlet !== null) outlets.push(outlet);
  }
  const author =
    markup.meta.get('author') ?? markup.meta.get('article:author') ?? markup.meta.get('og:article:author') ?? '';
  return { outlets, authors: readNames(author, fold(author)) };
}
