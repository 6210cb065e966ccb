/** Turns an entry into what it is recognised by: keys that find candidates, and the evidence that decides. */
import type { Entry } from '../../model/entry.ts';
import type { Fingerprint } from '../../model/story.ts';
import { MOST_ADDRESS } from '../../text/url.ts';
import { afterOpening, withoutOpening } from '../../zh/opening.ts';
import { writeEvidence } from './evidence.ts';
import { withoutGeneric } from './generic.ts';
import { hashUnits, tagText, tagUnits } from './hash.ts';
import { type Plain, plainText, toPlain } from './words.ts';
import { cutShingles, readFigures } from './shingles.ts';
import { withoutAround } from '../verdict/reworded.ts';
import { settleWords } from '../verdict/synonyms.ts';
import { countInformative, countTelling } from '../verdict/titles.ts';
import { topicKeys } from './topics.ts';
import { trimText, trimTitle } from './trim.ts';
import { partOf } from '../../zh/headline.ts';
import { T } from '../verdict/thresholds.ts';

/** Characters of a headline that evidence keeps: no headline is longer. */
const MOST_TITLE = 80;

// Bands of a MinHash signature (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", ch. 3) find texts of like
// length only. Whole clauses sampled by least hash (Broder, Charikar, Frieze, Mitzenmacher, "Min-wise independent
// permutations", 1998) find a copy without its beginning, and the first clauses find a flash in the full story.
// Lines that stand in many texts of an outlet: a key that all its entries share finds nothing and costs every one of them.
const FURNITURE =
  /关注|公众号|微信|微博|扫码|2维码|长按|点击|阅读原文|记者|通讯员|编辑|责编|版权|转载|投稿|来源|客户端|下载|app|电话|热线|邮箱|网址|http|更多精彩|敬请|欢迎|订阅|点赞|在看|分享/;

/** Headlines alone are many: what is read of no text is read once. */
const NO_TEXT = toPlain('');
const NO_SHINGLES = cutShingles(NO_TEXT);
const NO_FIGURES = readFigures(NO_TEXT);

/** Between the items of a digest. */
const LIST = /[;；|｜丨]/;

export type Fingerprintable = Pick<Entry, 'source' | 'link' | 'title' | 'text' | 'opening' | 'summary' | 'published'>;

/** Pure and total: any text, however long or broken, gives at most 12 keys and 20 topics of 9 characters each and about 0.5 KB of evidence. */
export function fingerprint(entry: Fingerprintable): Fingerprint {
  const headline = trimTitle(entry.title);
  const whole = toPlain(settleWords(headline).replace(/[\s【】[\]()《》<>]+/g, ','));
  const title = plainText(whole, 0, Math.min(whole.length, MOST_TITLE));
  const bare = withoutGeneric(title);
  const told = tellingOf(entry);
  const text = told === '' ? NO_TEXT : toPlain(trimText(told));
  const { body, lead } = text.length === 0 ? NO_SHINGLES : cutShingles(text);
  const content = text.length < T.text.least ? '' : tagUnits(text.units, 0, text.length);
  const link = entry.link === null || entry.link.trim() === '' ? '' : linkKey(entry.link);
  const keys = new Set<string>();
  if (link !== '') keys.add(link);
  const clauses = clauseKeys(text);
  for (const key of titleKeys(whole, title, countInformative(title, bare), clauses.length < T.keys.firstClauses))
    keys.add(key);
  for (const key of clauses) keys.add(key);
  if (content !== '' && keys.size === 0) keys.add(`c${content}`);
  const evidence = writeEvidence({
    published: entry.published,
    source: tagText(entry.source).slice(0, 4),
    link: link.slice(1),
    content,
    title,
    clauses: clausesOf(whole, headline),
    part: partOf(headline),
    length: text.length,
    body,
    lead,
    ...(text.length === 0 ? NO_FIGURES : readFigures(text)),
  });
  return { keys: [...keys], topics: topicKeys(title, bare), evidence };
}

/** What the entry tells, from where its opening ends. */
function tellingOf({ text, opening, summary }: Fingerprintable): string {
  return text.trim() === '' ? afterOpening(summary) : withoutOpening(text, opening);
}

/** Where the clauses of a kept headline end; none where it is one clause or a list of news. */
function clausesOf({ ends, length }: Plain, headline: string): readonly number[] {
  if (LIST.test(headline)) return [];
  const most = Math.min(length, MOST_TITLE);
  const within = ends.filter((end) => end < most);
  return within.length === 0 ? [] : [...within, most];
}

/** The key under which entries with this canonical link are found. */
export function linkKey(link: string): string {
  return `l${tagText(linkIdentity(link))}`;
}

/** What an address is known by: scheme, `www.` and mobile twins, index files and a closing slash make no difference. */
function linkIdentity(link: string): string {
  return link
    .slice(0, MOST_ADDRESS)
    .trim()
    .replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
    .replace(/^(?:www|wap|m|mobile|3g|h5|amp)\.(?=[^/]+\.[^/]+)/i, '')
    .replace(/^[^/?#]+/, (host) => host.toLowerCase().replace(/:(?:80|443)$/, ''))
    .replace(/#(?![!/]).*/s, '')
    .replace(/\/(?:index|default)\.(?:s?html?|php|aspx?|jsp)(?=$|\?)/i, '/')
    .replace(/(?<!\/)\/+(?=$|\?)/, '');
}

/** The whole headline; where there is little text, what it is without words around the news, or its longest part and the least of its shingles, which a headline in other words shares. */
function titleKeys(title: Plain, text: string, informative: number, isAlone: boolean): string[] {
  const keys = informative < T.title.least ? [] : [`t${tagUnits(title.units, 0, title.length)}`];
  if (!isAlone) return keys;
  const news = withoutAround(text);
  if (news !== text && keys.length > 0 && countTelling(news) < T.keys.segment) keys.push(`t${tagText(news)}`);
  if (countTelling(text, informative) < T.keys.segment) return keys;
  let [from, to] = [0, 0];
  let start = 0;
  for (const end of title.ends) {
    if (end - start > to - from) [from, to] = [start, end];
    start = end;
  }
  if (to - from < title.length && countInformative(plainText(title, from, to)) >= T.keys.segment)
    keys.push(`t${tagUnits(title.units, from, to)}`);
  for (const at of leastShingles(title)) keys.push(`h${tagUnits(title.units, at, at + T.keys.titleShingle)}`);
  return keys;
}

/** Where the shingles of least hash stand, by hash; one that stands there twice counts once. */
function leastShingles({ units, length }: Plain): readonly number[] {
  const hashes: number[] = [];
  const places: number[] = [];
  for (let at = 0; at + T.keys.titleShingle <= length; at++) {
    const hash = hashUnits(units, at, at + T.keys.titleShingle);
    let place = hashes.length;
    while (place > 0 && (hashes[place - 1] as number) > hash) place--;
    if (place >= T.keys.titleShingles || (place > 0 && hashes[place - 1] === hash)) continue;
    hashes.splice(place, 0, hash);
    places.splice(place, 0, at);
    if (hashes.length <= T.keys.titleShingles) continue;
    hashes.pop();
    places.pop();
  }
  return places;
}

function clauseKeys(plain: Plain): string[] {
  const { units, ends } = plain;
  const clauses = new Map<string, number>();
  const repeated = new Set<string>();
  const furnished = FURNITURE.test(plainText(plain));
  let start = 0;
  for (const end of ends) {
    if (end - start >= T.keys.clause) {
      const key = `p${tagUnits(units, start, end)}`;
      if (clauses.has(key)) repeated.add(key);
      else if (!furnished || !FURNITURE.test(plainText(plain, start, end)))
        clauses.set(key, hashUnits(units, start, end));
    }
    start = end;
  }
  // What a text says twice may be a refrain or an advertisement that many texts share; or the whole stands there twice.
  if (repeated.size * 2 <= clauses.size) for (const key of repeated) clauses.delete(key);
  const least = [...clauses].sort((a, b) => a[1] - b[1]).slice(0, T.keys.leastClauses);
  return [...[...clauses.keys()].slice(0, T.keys.firstClauses), ...least.map(([key]) => key)];
}
