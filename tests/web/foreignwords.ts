/** Finds, in a page, words of another language than its own: in its text, its titles, its labels and its buttons. */
import { loadGazetteer } from '../../src/divisions/gazetteer.ts';
import type { Language } from '../../src/reasons/language.ts';
import { PROPER, TYPED } from '../support/reasons.ts';

/** Markup whose text is no sentence: programs, what is typed, a digest as its feed tells it, the switch of languages. */
const NOT_WORDS =
  /<(script|style|code|pre|textarea|kbd)\b[^>]*>[\s\S]*?<\/\1>|<div class="prose" lang="zh-Hans">[\s\S]*?<\/div>|<a class="language"[\s\S]*?<\/a>/g;
const SPOKEN = /\s(?:title|alt|placeholder|aria-label|data-(?!live)[\w-]+|label)="([^"]*)"/g;
const ADDRESS = /\bhttps?:\/\/\S+|\b[\w-]+(?:\.[\w-]+)+(?::\d+)*(?:\/\S*)?|(?<=\s)\/\S+/gi;
/** Names of this program, of formats and of keys, and the ids that the data has, in pages of either language. */
const NAMES =
  /(?:npx deltawire check --fix|keep、drop|DELTAWIRE_[A-Z_]+|localhost|enabled: false|connect ENOENT|HTTP \d+|text\/html)|\b(?:deltawire|rss|auto|backups|OPML|Latin|English|Ctrl-K|UTC|gb18030|c0ffee\w+|news-01|delta|morning|guid-\w+|id-\w+|(?:e|copy|dropped)\d+|zzz|Buses|Sample|Morning|Delta)\b/g;
/** Values of attributes that are no words: rules as the ledger writes them, shown on hover, and marks for scripts. */
const SIGNS: ReadonlySet<string> = new Set(['region', 'story', 'true']);
/** What both languages write alike: the switch of scripts. */
const SWITCHES: ReadonlySet<string> = new Set(['繁體', '简体', '中文']);

/** A digest is called as its feed calls it. */
const DAY_OF_DIGEST = /\d+月\d+日/g;

let places: ReadonlySet<string> | undefined;

/** Lines that hold a word of the other language. Names of places and groups of them are the same in both. */
export function foreignWords(html: string, language: Language): readonly string[] {
  return spokenOf(html).filter((line) => {
    const said = line.replaceAll(TYPED, '').replaceAll(ADDRESS, '').replaceAll(DAY_OF_DIGEST, '');
    if (language === 'zh') return /[A-Za-z]{3,}/.test(said.replaceAll(NAMES, '').replaceAll(PROPER, ''));
    return (said.match(/\p{Script=Han}+/gu) ?? []).some((run) => !isPlace(run) && !SWITCHES.has(run));
  });
}

/** What a person sees or hears of a page, line by line. */
function spokenOf(html: string): readonly string[] {
  const page = html.replaceAll(NOT_WORDS, '\n');
  const attributes = [...page.matchAll(SPOKEN)].map(([, text = '']) => text);
  return [
    ...page
      .replaceAll(/<\/?mark>/g, '')
      .replaceAll(/<[^>]+>/g, '\n')
      .split('\n'),
    ...attributes,
  ]
    .map((line) => line.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&').trim())
    .filter((line) => line !== '' && !SIGNS.has(line));
}

function isPlace(text: string): boolean {
  places ??= new Set([...loadGazetteer().byCode.values()].flatMap(({ name, short }) => [name, short]));
  return places.has(text) || text === '长三角';
}
