/** Reads lists that pages carry as data: arrays of JSON, alone or in scripts, and sitemaps of news. */
import { parseBoundedJson } from '../../text/boundedjson.ts';
import { readMarkup } from '../../text/guardedparser.ts';
import type { PageTree } from './pagetree.ts';
import { flatText } from './pagetexts.ts';
import { T } from './thresholds.ts';

/** One entry of a list of data, its address as written. */
export interface DataRow {
  readonly title: string;
  readonly href: string;
  /** As written; empty where it gives none. */
  readonly date: string;
}

/** Values of one document that are looked at. */
const MOST_VALUES = 200_000;
const MOST_DEPTH = 24;
/** Characters of one script that is read as data. */
const MOST_JSON = 2_000_000;

// Names of fields, in lower case and without _ and -; the first that an object has counts.
const TITLES = [
  'title',
  'newstitle',
  'doctitle',
  'articletitle',
  'contenttitle',
  'infotitle',
  'headline',
  'subject',
  'topic',
  'name',
];
const LINKS = [
  'url',
  'link',
  'href',
  'docpuburl',
  'puburl',
  'pageurl',
  'linkurl',
  'detailurl',
  'articleurl',
  'newsurl',
  'contenturl',
  'shareurl',
  'weburl',
  'arturl',
  'loc',
];
const DATES = [
  'publishtime',
  'publishdate',
  'pubtime',
  'pubdate',
  'publishedat',
  'published',
  'releasetime',
  'releasedate',
  'issuetime',
  'displaytime',
  'displaydate',
  'showtime',
  'newstime',
  'newsdate',
  'docreltime',
  'docpubtime',
  'posttime',
  'date',
  'time',
  'datetime',
  'ctime',
  'createtime',
  'createdate',
  'createdat',
  'inputtime',
  'addtime',
  'updatetime',
  'updatedat',
];

type Fields = ReadonlyMap<string, unknown>;

const fieldsOf = (value: object): Fields =>
  new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase().replace(/[_-]/g, ''), field]));

/** The text of the first of `names` that holds one; numbers are stamps. */
function textOf(fields: Fields, names: readonly string[]): string {
  for (const name of names) {
    const value = fields.get(name);
    const text = typeof value === 'string' ? flatText(value) : typeof value === 'number' ? String(value) : '';
    if (text !== '') return text;
  }
  return '';
}

const withoutTags = (text: string): string => {
  if (!text.includes('<') && !text.includes('&')) return text;
  let out = '';
  readMarkup(text, { ontext: (part) => (out += part) });
  return flatText(out);
};

function rowOf(value: unknown): DataRow | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = fieldsOf(value);
  const [title, href] = [withoutTags(textOf(fields, TITLES)), textOf(fields, LINKS)];
  if (title.length < 2 || !/[/.]/.test(href) || /\s/.test(href)) return null;
  return { title, href, date: textOf(fields, DATES) };
}

/** The list of most rows within parsed JSON; empty where it holds none. */
function rowsInJson(root: unknown): readonly DataRow[] {
  let best: readonly DataRow[] = [];
  let bestScore = 0;
  let left = MOST_VALUES;
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > MOST_DEPTH || left-- <= 0) return;
    if (Array.isArray(value)) {
      const rows = value.map(rowOf).filter((row) => row !== null);
      // Menus are lists of names too: headlines are longer, and dated.
      const score = rows.reduce(
        (sum, { title, date }) => sum + Math.min(T.data.title, title.length) / 10 + (date === '' ? 0 : T.data.date),
        0,
      );
      if (rows.length >= T.data.rows && score > bestScore && score / rows.length >= T.data.least)
        [best, bestScore] = [rows, score];
    }
    for (const inner of Object.values(value)) visit(inner, depth + 1);
  };
  visit(root, 0);
  return best;
}

function parseJson(text: string): unknown {
  try {
    return parseBoundedJson(text);
  } catch {
    return null;
  }
}

/** The first value of brackets within `text`, up to the bracket that closes it; null where none does, or it is no JSON. */
function firstJson(text: string): unknown {
  const start = text.search(/[{[]/);
  let open = 0;
  for (let at = start; at >= 0 && at < text.length; at++) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    else if (sign === '{' || sign === '[') open++;
    else if (sign === '}' || sign === ']') open--;
    if (open === 0) return parseJson(text.slice(start, at + 1));
  }
  return null;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

const ASSIGNED = /^[^{[]{0,200}=\s{0,4}(?=[{[])/;
/** Before data that a script hands to a function or gives a name. */
const CALLED = /^\s*(?:(?:var|let|const)\s)?[\w$.\s]{0,100}[(=]\s{0,4}(?=[{[])/;

/** Whether a text begins as JSON does that is handed to a function or given a name. */
export const beginsAsScriptData = (text: string): boolean => CALLED.test(text.slice(0, 200));

/** The list that a page's scripts hold as data: `application/json`, or the state that an application starts from. */
export function rowsInScripts(scripts: PageTree['scripts']): readonly DataRow[] {
  let best: readonly DataRow[] = [];
  for (const { attributes, text } of scripts) {
    if (text.length > MOST_JSON) continue;
    const trimmed = text.trim();
    const isData = /json/i.test(attributes['type'] ?? '') || ASSIGNED.test(trimmed);
    if (!isData) continue;
    const rows = rowsInJson(firstJson(trimmed));
    if (rows.length > best.length) best = rows;
  }
  return best;
}

/** The list of a text that is JSON as a whole, also one that is handed to a function or given a name; empty for others. */
export function rowsInJsonText(text: string): readonly DataRow[] {
  return /^\s*[{[]/.test(text) || beginsAsScriptData(text) ? rowsInJson(firstJson(text)) : [];
}

/** The news of a sitemap (sitemaps.org, with the `news:` names of Google's extension); empty for other texts. */
export function rowsInSitemap(text: string): readonly DataRow[] {
  if (!/<(?:\w{1,20}:)?urlset\b/i.test(text.slice(0, 4000))) return [];
  const rows: DataRow[] = [];
  let [name, href, title, date, changed] = ['', '', '', '', ''];
  readMarkup(
    text,
    {
      onopentag(tag) {
        name = tag.replace(/^.*:/, '').toLowerCase();
        if (name === 'url') [href, title, date, changed] = ['', '', '', ''];
      },
      ontext(part) {
        if (name === 'loc' && href === '') href = flatText(part);
        else if (name === 'title') title += part;
        else if (name === 'publication_date') date += part;
        else if (name === 'lastmod') changed += part;
      },
      onclosetag(tag) {
        name = '';
        if (tag.replace(/^.*:/, '').toLowerCase() === 'url' && title !== '' && href !== '')
          rows.push({ title: flatText(title), href, date: flatText(date) || flatText(changed) });
      },
    },
    { xml: true },
  );
  return rows;
}
