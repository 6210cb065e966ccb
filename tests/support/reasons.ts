/** A sample of every reason, and the words that Chinese sentences may have in Latin letters. */
import type { Param, Reason } from '../../src/model/reason.ts';
import { CATALOGUE, type Code, reason } from '../../src/reasons/catalogue.ts';
import type { Kind, Row } from '../../src/reasons/catalogue/row.ts';

export const codes = Object.keys(CATALOGUE) as Code[];

/** A value of each kind; none has an English word in it. */
const SAMPLES: Readonly<Record<Kind, Param>> = {
  text: '某某',
  cron: '*/10 * * * * *',
  count: 3,
  score: 2.5,
  percent: 0.5,
  span: 7_200_000,
  clock: Date.UTC(2026, 2, 3, 4, 5),
  moment: Date.UTC(2026, 2, 3),
  status: 404,
  bytes: 2_000_000,
  names: ['甲', '乙'],
  choices: ['甲', '乙'],
  evidence: [['阜阳', 'title', 2.5, '阜阳市 341200']],
  reason: reason('story.new'),
  stored: reason('story.new'),
  reasons: [reason('story.new'), reason('story.same-text')],
  clauses: [reason('story.new'), reason('story.same-text')],
  either: [reason('story.new'), reason('story.same-text')],
};

/** A reason of the code, filled with samples. */
export function sampleOf(code: Code): Reason {
  const { params = {} }: Row = CATALOGUE[code];
  return { code, params: Object.fromEntries(Object.entries(params).map(([name, kind]) => [name, SAMPLES[kind]])) };
}

/** What is to be typed as it stands, in robots' messages too: it is neither Chinese nor English. */
export const TYPED = /`[^`\n]*`|｀[^｀\n]*｀/g;

/** Names of formats, headers and programs that Chinese text writes in Latin letters too. */
export const PROPER =
  /\b(?:deltawire|Ctrl-C|DNS|TLS|HTTPS?|IP|IPv4|IPv6|NAT|XML|HTML|OPML|JSON|RSS|Atom|YAML|WebSub|RSSHub|Feed|Content-Length|Cookie|cookie|UTF-8|UTF-16|GB18030|cron|IANA|CIDR|shell|RE2|GBK|GMT|Unix|Latin-1|Redis|CONNECT|Retry-After|allowAddresses|rsshub|settings\.yaml|sources\.yaml|https|select\.item|zstd|compress|KB|MB|ASCII|windows-1252|guid|https?:)(?![\w-])/g;

/** An English sentence, or a part of one. */
const ENGLISH = /[A-Za-z]{2,}[ ,’'"“”-]+[A-Za-z]{2,}[ ,’'"“”-]+[A-Za-z]{2,}/;

/** The lines with English in them, names and what is to be typed aside. */
export function englishIn(text: string): readonly string[] {
  return text.split('\n').filter((line) => ENGLISH.test(line.replaceAll(TYPED, '').replaceAll(PROPER, '')));
}

/** What a reader of a page sees of English, and whether there is Chinese at all. */
export async function readPage(
  response: Response,
): Promise<{ readonly status: number; readonly chinese: boolean; readonly english: readonly string[] }> {
  const html = (await response.text()).replaceAll(/<code>([^<\n]*)<\/code>/g, '`$1`');
  const text = html.replaceAll(/<(script|style)[\s\S]*?<\/\1>|<[^>]+>/g, '\n').replaceAll('&quot;', '"');
  return { status: response.status, chinese: /[\u4e00-\u9fff]{4}/.test(text), english: englishIn(text) };
}

/** What `readPage` gives of a page that is Chinese. */
export const inChinese = (status: number) => ({ status, chinese: true, english: [] });
