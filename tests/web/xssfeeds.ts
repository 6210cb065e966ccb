/** Turns attack vectors into feeds, lists and failing sources that carry them in every field, and serves them on loopback. */
import { createServer, type ServerResponse } from 'node:http';
import { listen, type Served } from './xsswatch.ts';

/** Where the vectors send their requests. */
const BEACON = 'beacon.example';

/** An item with several vectors in every field, and characters by which what became of it is found again. */
export interface HostileItem {
  /** Four characters that no other item has. */
  readonly mark: string;
  readonly vectors: readonly string[];
  /** The one vector that is its address. */
  readonly link: string;
}

const VECTORS_PER_ITEM = 4;

/**
 * Packs of vectors. Those that swallow what follows them, by an open comment or text area, stand last in theirs; no two
 * of them share one.
 */
export function packsOf(vectors: readonly string[], swallows: (vector: string) => boolean): readonly string[][] {
  const others = vectors.filter((vector) => !swallows(vector));
  const count = Math.ceil(vectors.length / VECTORS_PER_ITEM);
  const each = VECTORS_PER_ITEM - 1;
  const last = [...vectors.filter(swallows), ...others.slice(count * each)];
  return Array.from({ length: count }, (_, i) => [...others.slice(i * each, (i + 1) * each), ...last.slice(i, i + 1)]);
}

const STEMS = '甲乙丙丁戊己庚辛壬癸';

/** One item a pack, the `turn`-th vector of each its address; the marks of two turns differ. */
export function itemsOf(packs: readonly (readonly string[])[], turn: number): readonly HostileItem[] {
  return packs.map((vectors, at) => ({
    vectors,
    link: vectors[turn % vectors.length] ?? '',
    mark: Array.from(String(turn * 1_000 + at).padStart(4, '0'), (digit) => STEMS[Number(digit)]).join(''),
  }));
}

export function markOf(title: string): string {
  return /[甲乙丙丁戊己庚辛壬癸]{4}/.exec(title)?.[0] ?? '';
}

// Stories are told apart by their words: characters by a linear congruential generator make no two bodies alike.
function words(mark: string, count: number): string {
  let state = Array.from(mark).reduce((sum, stem) => sum * 10 + STEMS.indexOf(stem), 1);
  let out = '';
  for (let i = 0; i < count; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    out += String.fromCharCode(0x4e10 + (Math.floor(state / 65_536) % 8_000));
  }
  return out;
}

const stacked = ({ vectors }: HostileItem) => vectors.map((vector) => `<div>${vector}</div>`).join('');
const bodyOf = (item: HostileItem) =>
  `<p>合肥市${item.mark}号工地今天复工，${words(item.mark, 40)}，现场工人正在忙碌。</p>${stacked(item)}<p>${words(`${item.mark}甲`, 30)}。</p>`;
const titleOf = ({ mark, vectors }: HostileItem) => `合肥${mark}${words(`${mark}乙`, 10)} ${vectors.join(' ')}`;
const outward = (vector: string) => `http://${BEACON}/${vector}`;

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
/** `write` of each vector of `item`, escaped for XML. */
const each = (item: HostileItem, write: (v: string) => string) =>
  item.vectors.map((vector) => write(escape(vector))).join('');

type Time = (at: number) => Date;

function rss(items: readonly HostileItem[], time: Time): string {
  const first = escape(items[0]?.link ?? '');
  const rows = items.map(
    (item, at) =>
      `<item><title>${escape(titleOf(item))}</title><link>${escape(item.link)}</link><guid isPermaLink="false">${item.mark} ${escape(item.link)}</guid>
<pubDate>${time(at).toUTCString()}</pubDate><description>${escape(stacked(item))}</description><content:encoded>${cdata(bodyOf(item))}</content:encoded>
${each(item, (v) => `<author>${v}</author><dc:creator>${v}</dc:creator><category domain="${v}">${v}</category><comments>${v}</comments>`)}
${each(item, (v) => `<enclosure url="${v}" type="${v}" length="1"/><media:content url="${escape(outward(''))}${v}" type="${v}"/><media:thumbnail url="${v}"/>`)}
<source url="${escape(item.link)}">${each(item, (v) => v)}</source><dc:source>${each(item, (v) => v)}</dc:source></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>${first}</title><link>${first}</link><description>${first}</description><language>${first}</language><image><url>${first}</url></image>${rows.join('\n')}</channel></rss>`;
}

function atom(items: readonly HostileItem[], time: Time): string {
  const first = escape(items[0]?.link ?? '');
  const rows = items.map(
    (item, at) =>
      `<entry><title type="html">${escape(titleOf(item))}</title><id>${item.mark} ${escape(item.link)}</id><link href="${escape(item.link)}" title="${escape(item.link)}"/>
<updated>${time(at).toISOString()}</updated><summary type="html">${escape(stacked(item))}</summary><content type="html">${escape(bodyOf(item))}</content>
${each(item, (v) => `<author><name>${v}</name><uri>${v}</uri><email>${v}</email></author><category term="${v}" label="${v}" scheme="${v}"/>`)}
${each(item, (v) => `<link rel="enclosure" href="${v}" type="${v}"/><link rel="enclosure" href="${escape(outward(''))}${v}" type="${v}"/><link rel="related" href="${v}"/>`)}
<rights type="html">${each(item, (v) => v)}</rights><source><title type="html">${each(item, (v) => v)}</title></source></entry>`,
  );
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title type="html">${first}</title><id>${first}</id><link href="${first}"/><logo>${first}</logo><subtitle type="html">${first}</subtitle>${rows.join('\n')}</feed>`;
}

function json(items: readonly HostileItem[], time: Time): string {
  const first = items[0]?.link ?? '';
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: first,
    home_page_url: first,
    description: first,
    icon: first,
    items: items.map((item, at) => ({
      id: `${item.mark} ${item.link}`,
      url: item.link,
      external_url: item.link,
      title: titleOf(item),
      summary: stacked(item),
      content_html: bodyOf(item),
      date_published: time(at).toISOString(),
      image: item.link,
      banner_image: outward(item.link),
      authors: item.vectors.map((vector) => ({ name: vector, url: vector, avatar: vector })),
      tags: item.vectors,
      language: item.link,
      attachments: item.vectors.flatMap((vector) =>
        [vector, outward(vector)].map((url) => ({ url, mime_type: vector, title: vector })),
      ),
    })),
  });
}

/** A page as a county's site has it: what is left open in one row runs on into the next. */
function list(items: readonly HostileItem[], time: Time): string {
  const rows = items.map(
    (item, at) =>
      `<li><a href="${escape(item.link)}">${titleOf(item)}</a><i>${time(at).toISOString()}</i><p>${item.vectors.join(' ')}</p></li>`,
  );
  return `<!doctype html><title>${escape(items[0]?.link ?? '')}</title><ul class="news">${rows.join('\n')}</ul>`;
}

export const FEED_KINDS = { rss, atom, json, list } as const;
export type FeedKind = keyof typeof FEED_KINDS;

const TYPES: Readonly<Record<FeedKind, string>> = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
  list: 'text/html; charset=utf-8',
};

// What a header line cannot carry.
const header = (vector: string) => vector.replaceAll(/[^\t\u0020-\u007e]+/g, ' ').trim();

/** Ways to fail that hand a server's own words on to whoever reports the failure. */
const FAILURES: Readonly<Record<string, (vector: string, response: ServerResponse) => void>> = {
  reason: (vector, response) => void response.writeHead(500, header(vector)).end(vector),
  away: (vector, response) => void response.writeHead(301, { location: `http:///${header(vector)}` }).end(),
  type: (vector, response) => void response.writeHead(200, { 'content-type': header(vector) }).end(vector),
  charset: (vector, response) =>
    void response.writeHead(200, { 'content-type': `text/xml; charset="${header(vector)}"` }).end(`<rss><x>${vector}`),
};
export const FAILURE_KINDS: readonly string[] = Object.keys(FAILURES);

/** Serves `/<kind>/<n>` from the n-th part of what each kind of feed carries, and `/<failure>/<n>` with the n-th vector. */
export function serveHostile(
  parts: Readonly<Record<FeedKind, readonly (readonly HostileItem[])[]>>,
  vectors: readonly string[],
): Promise<Served> {
  const began = Date.now();
  const server = createServer((request, response) => {
    const [, kind = '', number = ''] = request.url?.split('/') ?? [];
    const fail = FAILURES[kind];
    if (fail !== undefined) return fail(vectors[Number(number)] ?? '', response);
    if (!(kind in FEED_KINDS)) return void response.writeHead(404).end();
    const items = parts[kind as FeedKind][Number(number)] ?? [];
    const time = (at: number) => new Date(began - (Number(number) * 50 + at) * 1_000);
    response.writeHead(200, { 'content-type': TYPES[kind as FeedKind] }).end(FEED_KINDS[kind as FeedKind](items, time));
  });
  return listen(server);
}
