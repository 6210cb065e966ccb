/**
 * Has readers of Debian and npm read 500 stories in each format, and prints what each makes of titles, authors, dates, links
 * and enclosures: `npx tsx scripts/clients.ts`. It needs the Debian packages sfeed, rss2email, python3-feedparser,
 * python3-podcastparser and libxml-feed-perl, and leaves out what is missing; newsboat has a test of its own.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import Parser from 'rss-parser';
import { formats } from '../src/publish/formats.ts';
import { makeNews } from '../tests/publish/news.ts';
import { makeDocument } from '../tests/publish/sample.ts';

/** What a reader says of an item; undefined where it has no such thing. */
interface Read {
  readonly title: string;
  readonly author?: string | undefined;
  /** Epoch seconds. */
  readonly date: number;
  readonly link: string;
  readonly enclosures?: readonly string[] | undefined;
}

type Reader = (body: string, file: string) => Read[] | Promise<Read[]>;
type Extension = 'rss' | 'atom' | 'json';

const items = makeNews(500);
const folder = mkdtempSync(join(tmpdir(), 'deltawire-clients-'));
const run = (program: string, args: readonly string[], input?: string) =>
  execFileSync(program, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 27,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, HOME: folder },
  });
const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();
const seconds = (date: string | undefined): number => Math.floor(Date.parse(date ?? '') / 1000);

const FEEDPARSER = `
import sys, json, calendar, feedparser
for e in feedparser.parse(sys.argv[1]).entries:
    date = e.get('published_parsed') or e.get('updated_parsed')
    print(json.dumps(dict(title=e.title, author=', '.join(a.get('name', '') for a in e.get('authors', [])) or e.get('author', ''),
        date=calendar.timegm(date), link=e.link, enclosures=[x.get('href') for x in e.get('enclosures', [])])))`;
const PODCASTPARSER = `
import sys, json, podcastparser
for e in podcastparser.parse('http://x.example/', open(sys.argv[1], 'rb'))['episodes']:
    print(json.dumps(dict(title=e['title'], date=e['published'], link=e['link'],
        enclosures=[x['url'] for x in e['enclosures'] if not x['mime_type'].startswith('image/') and not x['url'].endswith('.jpg')])))`;
const XML_FEED = `
use XML::Feed; use JSON::PP; $XML::Atom::ForceUnicode = 1;
sub text { my ($v) = @_; ref $v eq 'ARRAY' ? join(', ', @$v) : defined $v ? "$v" : '' }
my $feed = XML::Feed->parse($ARGV[0]) or die XML::Feed->errstr;
for my $e ($feed->entries) { my $date = $e->issued || $e->modified;
  print encode_json({ title => text($e->title), author => text($e->author), date => $date->epoch, link => text($e->link),
    enclosures => [ map { $_->url } grep { $_ } $e->enclosure ] }), "\\n"; }`;

const lines = (text: string): Read[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Read);

const sfeed: Reader = (body) =>
  run('sfeed', [], body)
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [date = '', title = '', link = '', , , , author = '', enclosure = ''] = line.split('\t');
      return { date: Number(date), title, link, author, enclosures: enclosure === '' ? [] : [enclosure] };
    });

/** Mails in a folder; their headers are decoded by Python, which wrote them. */
const rss2email: Reader = (_, file) => {
  const config = join(folder, 'r2e.cfg');
  const mails = join(folder, `mail-${file.split('.').at(-1)}`);
  writeFileSync(
    config,
    `[DEFAULT]\nto = a@b.example\nemail-protocol = maildir\nmaildir-path = ${mails}\nmaildir-mailbox = in\ndate-header = True\ndate-header-order = issued, modified\nname-format = {author}\n`,
  );
  mkdirSync(mails);
  const data = join(folder, `${file.split('.').at(-1)}.json`);
  const r2e = (...args: string[]) => run('r2e', ['-c', config, '-d', data, ...args]);
  r2e('add', 'news', `file://${file}`);
  r2e('run');
  const decode = `
import sys, json, os, email, email.policy
for name in os.listdir(sys.argv[1]):
    m = email.message_from_binary_file(open(os.path.join(sys.argv[1], name), 'rb'), policy=email.policy.default)
    print(json.dumps(dict(title=str(m['Subject']), author=str(m['From'].addresses[0].display_name), date=int(m['Date'].datetime.timestamp()), link=str(m['X-RSS-URL']))))`;
  const box =
    readdirSync(mails)
      .map((name) => join(mails, name, 'new'))
      .find((path) => existsSync(path)) ?? join(mails, 'new');
  return lines(run('/usr/bin/python3', ['-c', decode, box]));
};

const rssParser: Reader = async (body) => {
  const feed = await new Parser({ customFields: { item: ['author'] } }).parseString(body);
  return feed.items.map((item) => ({
    title: item.title ?? '',
    author: (item as { author?: string }).author ?? item.creator ?? '',
    date: seconds(item.isoDate ?? item.pubDate),
    link: item.link ?? '',
    // It reads no enclosures of Atom.
    enclosures: body.includes('<feed') ? undefined : item.enclosure === undefined ? [] : [item.enclosure.url],
  }));
};

const feedsmith: Readonly<Record<Extension, Reader>> = {
  rss: (body) =>
    (parseRssFeed(body).items ?? []).map((item) => ({
      title: item.title ?? '',
      author: (item.dc?.creators ?? []).join(', '),
      date: seconds(item.pubDate as string),
      link: item.link ?? '',
      enclosures: (item.enclosures ?? []).map(({ url }) => url ?? ''),
    })),
  atom: (body) =>
    (parseAtomFeed(body).entries ?? []).map((entry) => ({
      title: entry.title?.value ?? '',
      author: (entry.authors ?? []).map(({ name }) => name).join(', '),
      date: seconds(entry.published as string),
      link: entry.links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href ?? '',
      enclosures: (entry.links ?? []).filter(({ rel }) => rel === 'enclosure').map(({ href }) => href ?? ''),
    })),
  json: (body) =>
    (parseJsonFeed(body).items ?? []).map((item) => ({
      title: item.title ?? '',
      author: (item.authors ?? []).map(({ name }) => name).join(', '),
      date: seconds(item.date_published as string),
      link: item.url ?? '',
      enclosures: (item.attachments ?? []).map(({ url }) => url ?? ''),
    })),
};

const python =
  (script: string): Reader =>
  (_, file) =>
    lines(run('/usr/bin/python3', ['-c', script, file]));

const CLIENTS: readonly (readonly [string, Extension, Reader])[] = [
  ['sfeed', 'rss', sfeed],
  ['sfeed', 'atom', sfeed],
  ['feedparser', 'rss', python(FEEDPARSER)],
  ['feedparser', 'atom', python(FEEDPARSER)],
  ['podcastparser', 'rss', python(PODCASTPARSER)],
  ['XML::Feed', 'rss', (_, file) => lines(run('perl', ['-e', XML_FEED, file]))],
  ['XML::Feed', 'atom', (_, file) => lines(run('perl', ['-e', XML_FEED, file]))],
  ['rss2email', 'rss', rss2email],
  ['rss2email', 'atom', rss2email],
  ['rss-parser', 'rss', rssParser],
  ['rss-parser', 'atom', rssParser],
  ...(['rss', 'atom', 'json'] as const).map((extension) => ['feedsmith', extension, feedsmith[extension]] as const),
];

const document = makeDocument(items);
console.log(
  '| client | format | items | title | author | date | link | enclosure |\n|---|---|---|---|---|---|---|---|',
);
for (const [name, extension, reader] of CLIENTS) {
  const body = formats.find((format) => format.extension === extension)?.render(document).body ?? '';
  const file = join(folder, `feed.${extension}`);
  writeFileSync(file, body);
  try {
    console.log(`| ${name} | ${extension} | ${compare(await reader(readFileSync(file, 'utf8'), file)).join(' | ')} |`);
  } catch (error) {
    console.log(
      `| ${name} | ${extension} | ${error instanceof Error ? error.message.split('\n').at(-1) : String(error)} |`,
    );
  }
}
rmSync(folder, { recursive: true, force: true });

/** Items, and of how many each field is as it went in; readers know one author or all, and one enclosure or all. */
function compare(read: readonly Read[]): (number | string)[] {
  const byLink = new Map(read.map((one) => [one.link, one]));
  const right = { title: 0, author: 0, date: 0, link: 0, enclosure: 0 };
  const knows = { author: true, enclosure: true };
  for (const item of items) {
    const one = byLink.get(item.link ?? '');
    if (one === undefined) continue;
    const signers = item.authors.length > 0 ? item.authors.map(squeeze) : [squeeze(item.outlet ?? item.source.name)];
    right.link++;
    if (squeeze(one.title) === squeeze(item.title)) right.title++;
    else if (process.env['SHOW']) console.log(JSON.stringify([one.title, item.title]));
    if (one.author === undefined) knows.author = false;
    else if ([signers.join(', '), signers[0], signers.at(-1)].includes(squeeze(one.author))) right.author++;
    else if (process.env['SHOW']) console.log(JSON.stringify([one.author, signers]));
    if (one.date === Math.floor((item.published ?? item.firstSeen) / 1000)) right.date++;
    const urls = item.enclosures.map(({ url }) => url);
    if (one.enclosures === undefined) knows.enclosure = false;
    else if (one.enclosures.length === 0 ? urls.length === 0 : one.enclosures.every((url) => urls.includes(url)))
      right.enclosure++;
  }
  return [
    read.length,
    right.title,
    knows.author ? right.author : '–',
    right.date,
    right.link,
    knows.enclosure ? right.enclosure : '–',
  ];
}
