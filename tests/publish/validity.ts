/** Tells what the W3C feed validator's rules (github.com/w3c/feedvalidator) would find wrong with a rendered feed. */
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';

// rfc2396_full, rfc2822_re and iso8601_re of its validators.py; mime_re as there.
const FULL_ADDRESS = /^[a-zA-Z][0-9a-zA-Z+\-.]*:(\/\/)?[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+$/;
const RFC_2822 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d\d[03]0)$/;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const ENCLOSURE_ADDRESS = /^https?:\/\/([a-z0-9-]+\.)+[a-z0-9-]+(:\d+)?(\/|$)/i;
const URN = /^urn:[a-z0-9][a-z0-9-]{1,31}:([a-zA-Z0-9()+,.:=@;$_!*'-]|%[0-9A-F]{2})+$/;
const MEDIA_TYPE = /^[^\s()<>,;:\\"/[\]?=]+\/[^\s()<>,;:\\"/[\]?=]+$/;
const END_TAG = /<\/\w+>/;
const ILLEGAL =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd\u202a-\u202e\u2066-\u2069\p{Cs}\p{Noncharacter_Code_Point}]/u;
// What the validator counts as safe, as far as these feeds use it.
const SAFE_ELEMENTS = new Set(
  (
    'a abbr article aside audio b bdi blockquote br caption cite code dd del details dfn div dl dt em figcaption figure footer ' +
    'h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p picture pre q rp rt ruby s samp section small source span strong ' +
    'sub summary sup table tbody td tfoot th thead time tr u ul var video wbr'
  ).split(' '),
);
const VOID_ELEMENTS = new Set(['br', 'hr', 'img', 'source', 'wbr']);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*)>/g;

/** Faults of a fragment of HTML: what is left when its tags are taken out must hold no `<` and no bare `&`. */
export function htmlFaults(html: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const text = html.replace(TAG, (_, slash: string, name: string, attributes: string) => {
    if (!SAFE_ELEMENTS.has(name)) faults.push(`unsafe element ${name}`);
    if (/ (on\w+|style)=/.test(attributes)) faults.push(`unsafe attribute in ${name}`);
    for (const [, address = ''] of attributes.matchAll(/ (?:href|src|poster)="([^"]*)"/g)) {
      if (!/^https?:\/\//.test(address)) faults.push(`address ${address}`);
    }
    if (slash === '') {
      if (!VOID_ELEMENTS.has(name)) open.push(name);
    } else if (open.pop() !== name) faults.push(`misplaced </${name}>`);
    return '';
  });
  if (open.length > 0) faults.push(`open ${open.join(' ')}`);
  if (/[<>]|&(?!(?:amp|lt|gt|quot);)/.test(text)) faults.push(`stray markup: ${text.slice(0, 80)}`);
  return faults;
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}

async function documentFaults(xml: string): Promise<string[]> {
  const faults = ILLEGAL.test(xml) ? [`illegal character ${JSON.stringify(ILLEGAL.exec(xml)?.[0])}`] : [];
  // rss-parser reads with sax in strict mode and refuses what is not well-formed.
  await new Parser().parseString(xml).catch((error: unknown) => faults.push(`not well-formed: ${String(error)}`));
  return faults;
}

/** The plain text fields as they stand in the document: `&` and `<` only as the RSS profile's references. */
function plainFaults(xml: string, elements: readonly string[]): string[] {
  const faults: string[] = [];
  for (const [, name = '', text = ''] of xml.matchAll(/<([\w:]+)(?: [^>]*)?>([^<]*)<\/\1>/g)) {
    if (!elements.includes(name)) continue;
    if (text.trim() === '') faults.push(`blank ${name}`);
    if (name === 'name' && /&#x3C;[^\s@]+@[^\s@]+&#x3E;/.test(text)) faults.push(`mail address in ${name}: ${text}`);
    if (/&(?!#x[0-9A-F]+;)/.test(text)) faults.push(`${name} without the profile's references: ${text.slice(0, 80)}`);
    if (END_TAG.test(text.replaceAll('&#x3C;', '<').replaceAll('&#x3E;', '>'))) faults.push(`HTML in ${name}: ${text}`);
  }
  return faults;
}

export async function rssFaults(xml: string, latest: number): Promise<string[]> {
  const faults = await documentFaults(xml);
  const feed = parseRssFeed(xml);
  const check = (right: boolean, fault: string): void => {
    if (!right) faults.push(fault);
  };
  const isAddress = (value: string | undefined): boolean => value !== undefined && FULL_ADDRESS.test(value);
  const isDate = (value: unknown): boolean =>
    typeof value === 'string' &&
    RFC_2822.test(value) &&
    new Date(value).toUTCString() === value &&
    Date.parse(value) <= latest + 600_000 &&
    Date.parse(value) >= Date.UTC(1990, 0, 1);
  check(
    Boolean(feed.title) && Boolean(feed.description) && isAddress(feed.link),
    'channel without title, description or link',
  );
  check(feed.atom?.links?.filter((link) => link.rel === 'self').length === 1, 'channel without one self link');
  check(isDate(feed.lastBuildDate), `lastBuildDate ${String(feed.lastBuildDate)}`);
  check(feed.image?.title === feed.title && feed.image?.link === feed.link, 'image differs from its channel');
  check(/\.(png|gif|jpe?g)$/.test(feed.image?.url ?? ''), 'image neither PNG, GIF nor JPEG');
  for (const item of feed.items ?? []) {
    const id = item.guid?.value ?? '';
    check(Boolean(item.title?.trim()) && Boolean(item.description?.trim()), `${id}: no title or description`);
    check(isAddress(item.link), `${id}: link ${item.link}`);
    check(item.guid?.isPermaLink === false && URN.test(id), `${id}: guid`);
    check(isDate(item.pubDate), `${id}: pubDate ${String(item.pubDate)}`);
    check((item.enclosures ?? []).length <= 1, `${id}: several enclosures`);
    for (const { url, type, length } of item.enclosures ?? []) {
      check(
        ENCLOSURE_ADDRESS.test(url ?? '') &&
          isAddress(url) &&
          MEDIA_TYPE.test(type ?? '') &&
          Number.isInteger(length) &&
          Number(length) >= 0,
        `${id}: enclosure`,
      );
    }
    for (const { url } of [...(item.media?.contents ?? []), ...(item.media?.thumbnails ?? [])]) {
      check(isAddress(url), `${id}: media ${url}`);
    }
    if (item.source !== undefined) check(isAddress(item.source.url), `${id}: source ${item.source.url}`);
    check(
      (item.categories ?? []).every(({ name }) => Boolean(name?.trim())),
      `${id}: blank category`,
    );
    faults.push(...htmlFaults(item.description ?? ''), ...htmlFaults(item.content?.encoded ?? ''));
  }
  faults.push(...repeated((feed.items ?? []).map((item) => item.guid?.value ?? '')).map((id) => `guid ${id} twice`));
  return [
    ...faults,
    ...plainFaults(xml, ['title', 'category', 'source', 'dc:creator', 'dc:publisher', 'dc:identifier']),
  ];
}

export async function atomFaults(xml: string, latest: number): Promise<string[]> {
  const faults = await documentFaults(xml);
  const feed = parseAtomFeed(xml);
  const check = (right: boolean, fault: string): void => {
    if (!right) faults.push(fault);
  };
  const isDate = (value: unknown): boolean =>
    typeof value === 'string' &&
    RFC_3339.test(value) &&
    Date.parse(value) <= latest + 600_000 &&
    Date.parse(value) >= Date.UTC(1990, 0, 1);
  check(URN.test(feed.id ?? '') && Boolean(feed.title?.value), 'feed without id or title');
  check(isDate(feed.updated), `updated ${String(feed.updated)}`);
  check(feed.links?.filter((link) => link.rel === 'self').length === 1, 'feed without one self link');
  const alternates = (feed.links ?? []).filter((link) => link.rel === 'alternate').map((link) => link.type ?? '');
  check(repeated(alternates).length === 0, 'two alternates of one type');
  for (const entry of feed.entries ?? []) {
    const id = entry.id ?? '';
    check(URN.test(id), `${id}: id`);
    check(Boolean(entry.title?.value?.trim()) && entry.title?.type === 'text', `${id}: title`);
    check(isDate(entry.updated) && isDate(entry.published), `${id}: dates`);
    check((entry.authors ?? entry.source?.authors ?? []).length > 0, `${id}: nobody wrote it`);
    check(Boolean(entry.source?.id && entry.source.title?.value && entry.source.updated), `${id}: source`);
    check(entry.categories?.every(({ term }) => Boolean(term?.trim())) !== false, `${id}: category without term`);
    check(
      (entry.links ?? []).filter(({ rel }) => rel === undefined || rel === 'alternate').length === 1,
      `${id}: alternates`,
    );
    for (const link of [...(entry.links ?? []), ...(entry.source?.links ?? [])]) {
      check(FULL_ADDRESS.test(link.href ?? ''), `${id}: link ${link.href}`);
      check(link.type === undefined || MEDIA_TYPE.test(link.type), `${id}: type ${link.type}`);
      check(link.title === undefined || link.title.trim() !== '', `${id}: blank link title`);
    }
    faults.push(...htmlFaults(entry.content?.value ?? ''));
  }
  faults.push(
    ...repeated((feed.entries ?? []).map((entry) => entry.id ?? '')).map((id) => `id ${id} twice`),
    ...plainFaults(xml, ['title', 'summary', 'name', 'dc:publisher', 'dc:identifier']),
  );
  return faults;
}

/** Faults against jsonfeed.org/version/1.1: required members, their types, addresses and dates. */
export function jsonFaults(text: string): string[] {
  const faults = ILLEGAL.test(text) ? ['illegal character'] : [];
  const feed: unknown = JSON.parse(text, (_, value: unknown) => {
    if (typeof value === 'string' && ILLEGAL.test(value)) faults.push('illegal character behind an escape');
    return value;
  });
  const members = (value: unknown): Record<string, unknown> => (value ?? {}) as Record<string, unknown>;
  const check = (right: boolean, fault: string): void => {
    if (!right) faults.push(fault);
  };
  const isAddress = (value: unknown): boolean => typeof value === 'string' && FULL_ADDRESS.test(value);
  const top = members(feed);
  check(top['version'] === 'https://jsonfeed.org/version/1.1', 'version');
  check(
    typeof top['title'] === 'string' && isAddress(top['feed_url']) && isAddress(top['home_page_url']),
    'title or address',
  );
  check(!('author' in top) && Array.isArray(top['items']), 'items');
  const items = (top['items'] as unknown[]).map(members);
  for (const item of items) {
    const id = String(item['id']);
    check(typeof item['id'] === 'string' && URN.test(id), `${id}: id`);
    check(isAddress(item['url']) && (item['image'] === undefined || isAddress(item['image'])), `${id}: address`);
    check(typeof item['content_html'] === 'string' && item['content_html'] !== '', `${id}: content`);
    check(
      RFC_3339.test(String(item['date_published'])) && RFC_3339.test(String(item['date_modified'])),
      `${id}: dates`,
    );
    // Version 1.0 knew one author; 1.1 lets both stand for readers of either.
    check(members(item['author'])['name'] === members((item['authors'] as unknown[])[0])['name'], `${id}: author`);
    for (const author of (item['authors'] ?? []) as unknown[]) check(Boolean(members(author)['name']), `${id}: author`);
    for (const attachment of (item['attachments'] ?? []) as unknown[]) {
      const { url, mime_type: type } = members(attachment);
      check(isAddress(url) && MEDIA_TYPE.test(String(type)), `${id}: attachment`);
    }
    faults.push(...htmlFaults(String(item['content_html'])));
  }
  return [...faults, ...repeated(items.map((item) => String(item['id']))).map((id) => `id ${id} twice`)];
}
