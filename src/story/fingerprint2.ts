/** Turns an entry into what it is recognised by: keys that find candidates, and the evidence that decides. */
import type { Entry, Fingerprint } from '../types.ts';
import { writeEvidence } from './evidence.ts';
import { hashUnits, tagText, tagUnits } from './hash.ts';
import { type Plain, plainText, toPlain } from './plain.ts';
import { cutShingles, readFigures } from './shingles.ts';
import { countInformative } from './titles.ts';
import { partOf, trimText, trimTitle } from './trim.ts';

/** Plain characters below which a text is too short to be recognised by itself: a greeting, a caption. */
const MIN_TEXT = 60;
/** Characters of a headline that evidence keeps. */
const MOST_TITLE = 80;
/** A clause is a key from this length on: shorter ones stand in many texts. */
const MIN_CLAUSE = 10;
const MOST_CLAUSE = 40;
/** Keys of clauses: the first ones find a flash in the full story, the smallest hashes find copies without their beginning. */
const FIRST_CLAUSES = 5;
const LEAST_CLAUSES = 5;
/** Part of a headline that is a key of its own. */
const MIN_SEGMENT = 8;

export type Fingerprintable = Pick<Entry, 'source' | 'link' | 'title' | 'text' | 'summary' | 'published'>;

/** Pure and total: any text, however long or broken, gives at most 14 keys of 9 characters and about 0.5 KB of evidence. */
export function fingerprint(entry: Fingerprintable): Fingerprint {
  const headline = trimTitle(entry.title);
  const whole = toPlain(headline.replace(/[\s【】[\]()《》<>]+/g, ','));
  const title = plainText(whole, 0, Math.min(whole.length, MOST_TITLE));
  const text = toPlain(trimText(entry.text.trim() === '' ? entry.summary : entry.text));
  const { body, lead } = cutShingles(text);
  const content = text.length < MIN_TEXT ? '' : tagUnits(text.units, 0, text.length);
  const link = entry.link === null || entry.link.trim() === '' ? '' : linkKey(entry.link);
  const keys = new Set<string>();
  if (link !== '') keys.add(link);
  for (const key of titleKeys(whole)) keys.add(key);
  for (const key of clauseKeys(text)) keys.add(key);
  if (content !== '' && keys.size === 0) keys.add(`c${content}`);
  const evidence = writeEvidence({
    published: entry.published,
    source: tagText(entry.source).slice(0, 4),
    link: link.slice(1),
    content,
    title,
    part: partOf(headline),
    length: text.length,
    body,
    lead,
    ...readFigures(text),
  });
  return { keys: [...keys], evidence };
}

/** The key under which entries with this canonical link are found. */
export function linkKey(link: string): string {
  return `l${tagText(linkIdentity(link))}`;
}

/** What an address is known by: scheme, `www.` and mobile twins, index files and a closing slash make no difference. */
function linkIdentity(link: string): string {
  return link
    .trim()
    .replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
    .replace(/^(?:www|wap|m|mobile|3g|h5|amp)\.(?=[^/]+\.[^/]+)/i, '')
    .replace(/^[^/?#]+/, (host) => host.toLowerCase().replace(/:(?:80|443)$/, ''))
    .replace(/#(?![!/]).*$/s, '')
    .replace(/\/(?:index|default)\.(?:s?html?|php|aspx?|jsp)(?=$|\?)/i, '/')
    .replace(/\/+(?=$|\?)/, '');
}

function titleKeys(title: Plain): string[] {
  const keys: string[] = [];
  const text = plainText(title);
  if (countInformative(text) >= 3) keys.push(`t${tagUnits(title.units, 0, title.length)}`);
  let [from, to] = [0, 0];
  let start = 0;
  for (const end of title.ends) {
    if (end - start > to - from) [from, to] = [start, end];
    start = end;
  }
  if (to - from < title.length && countInformative(text.slice(from, to)) >= MIN_SEGMENT)
    keys.push(`t${tagUnits(title.units, from, to)}`);
  return keys;
}

function clauseKeys({ units, ends }: Plain): string[] {
  const clauses: { readonly hash: number; readonly key: string }[] = [];
  let start = 0;
  for (const end of ends) {
    const to = Math.min(end, start + MOST_CLAUSE);
    if (to - start >= MIN_CLAUSE)
      clauses.push({ hash: hashUnits(units, start, to), key: `p${tagUnits(units, start, to)}` });
    start = end;
  }
  const least = [...clauses].sort((a, b) => a.hash - b.hash).slice(0, LEAST_CLAUSES);
  return [...clauses.slice(0, FIRST_CLAUSES), ...least].map(({ key }) => key);
}
