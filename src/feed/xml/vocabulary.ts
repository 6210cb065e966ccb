/** The vocabulary of all feed dialects: which element means which of the few roles that are read. */

/** Short keys of the namespaces that carry news; '' is RSS in all its versions, CDF and documents without a namespace. */
const NAMESPACES: Readonly<Record<string, string>> = {
  'http://www.w3.org/2005/atom': 'atom',
  'http://purl.org/atom/ns#': 'atom03',
  'http://purl.org/net/rss1.1#': '',
  'http://purl.org/rss/1.0/': '',
  'http://my.netscape.com/rdf/simple/0.9/': '',
  'http://channel.netscape.com/rdf/simple/0.9/': '',
  'http://example.com/newformat#': 'atom03',
  'http://necho.sourceforge.net/2003/06/25/echo': 'atom03',
  'http://purl.org/echo/': 'atom03',
  'uri/of/echo/namespace#': 'atom03',
  'http://purl.org/pie/': 'atom03',
  'http://backend.userland.com/rss': '',
  'http://blogs.law.harvard.edu/tech/rss': '',
  'http://backend.userland.com/rss2': '',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/elements/1.0/': 'dc',
  'http://purl.org/dc/terms/': 'dcterms',
  'http://purl.org/rss/1.0/modules/content/': 'content',
  'http://search.yahoo.com/mrss': 'media',
  'http://www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://example.com/dtds/podcast-1.0.dtd': 'itunes',
  'http://purl.org/rss/1.0/modules/syndication/': 'sy',
  'http://rssnamespace.org/feedburner/ext/1.0': 'feedburner',
  'http://www.w3.org/1999/xhtml': 'xhtml',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
  'http://www.w3.org/xml/1998/namespace': 'xml',
  'http://www.w3.org/2000/svg': 'svg',
  'http://www.w3.org/1998/math/mathml': 'math',
};

// Prefixes that documents use without declaring them.
const USUAL_PREFIXES: Readonly<Record<string, string>> = {
  atom: 'atom',
  atom10: 'atom',
  a10: 'atom',
  dc: 'dc',
  dcterms: 'dcterms',
  content: 'content',
  media: 'media',
  itunes: 'itunes',
  sy: 'sy',
  feedburner: 'feedburner',
  rdf: 'rdf',
  rss: '',
  xhtml: 'xhtml',
  xml: 'xml',
};

/** Namespace key of a URI; null for one that carries nothing we read. */
export function namespaceOf(uri: string): string | null {
  const key = uri.trim().toLowerCase();
  const known = NAMESPACES[key] ?? NAMESPACES[key.replace(/\/$/, '')] ?? NAMESPACES[`${key}/`];
  if (known !== undefined) return known;
  return /^http:\/\/(backend\.userland\.com|blogs\.law\.harvard\.edu|www\.rssboard\.org)\//.test(key) ? '' : null;
}

/** Namespace key that an undeclared prefix usually means; null for an unusual one. */
export function usualNamespace(prefix: string): string | null {
  return USUAL_PREFIXES[prefix.toLowerCase()] ?? null;
}

export type Role =
  | 'title'
  | 'link'
  | 'guid'
  | 'summary'
  | 'content'
  | 'published'
  | 'updated'
  | 'date'
  | 'category'
  | 'keywords'
  | 'author'
  | 'enclosure'
  | 'media'
  | 'image'
  | 'language'
  | 'outlet'
  | 'ttl'
  | 'group'
  | 'updatePeriod'
  | 'updateFrequency';

/** Where several elements of one role stand side by side, the one of the lowest rank counts. */
export interface Meaning {
  readonly role: Role;
  readonly rank: number;
}

const TABLE: readonly (readonly [Role, readonly string[]])[] = [
  ['title', ['title', 'atom:title', 'dc:title', 'media:title', 'itunes:title']],
  ['link', ['feedburner:origlink', 'link', 'atom:link', 'a', 'url']],
  ['guid', ['guid', 'atom:id', 'id', 'dc:identifier']],
  [
    'summary',
    [
      'description',
      'atom:summary',
      'summary',
      'abstract',
      'dc:description',
      'itunes:summary',
      'media:description',
      'itunes:subtitle',
    ],
  ],
  [
    'content',
    ['content:encoded', 'atom:content', 'content', 'xhtml:body', 'body', 'xhtml:div', 'fullitem', 'fulltext'],
  ],
  [
    'published',
    [
      'pubdate',
      'atom:published',
      'atom:issued',
      'published',
      'issued',
      'dcterms:issued',
      'atom:created',
      'created',
      'dcterms:created',
    ],
  ],
  ['updated', ['atom:updated', 'atom:modified', 'updated', 'modified', 'dcterms:modified', 'lastbuilddate', 'lastmod']],
  ['date', ['dc:date', 'date', 'pubtime', 'time']],
  ['category', ['category', 'atom:category', 'dc:subject', 'media:category', 'itunes:category']],
  ['keywords', ['itunes:keywords', 'keywords', 'media:keywords', 'tags']],
  ['author', ['author', 'atom:author', 'dc:creator', 'dc:author', 'itunes:author', 'managingeditor']],
  ['enclosure', ['enclosure']],
  ['media', ['media:content']],
  ['image', ['image', 'itunes:image', 'media:thumbnail', 'atom:logo', 'atom:icon']],
  ['language', ['language', 'dc:language']],
  ['outlet', ['source', 'atom:source', 'dc:source', 'dc:publisher']],
  ['ttl', ['ttl']],
  ['group', ['media:group']],
  ['updatePeriod', ['sy:updateperiod']],
  ['updateFrequency', ['sy:updatefrequency']],
];

const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  TABLE.flatMap(([role, names]) => names.map((name, rank) => [name, { role, rank }] as const)),
);

/** What the element of namespace `key` and lower-case local name says of its item or feed; undefined for nothing. */
export function meaningOf(key: string, local: string): Meaning | undefined {
  if (key === '') return MEANINGS.get(local);
  return MEANINGS.get(`${key === 'atom03' ? 'atom' : key}:${local}`);
}
