/** What `source add`, `try` and `opml import` open and write for pages and lists that others wrote. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runOpmlImport } from '../../src/cli/commands/opml.ts';
import { runSourceAdd } from '../../src/cli/commands/source.ts';
import { runTry } from '../../src/cli/commands/try.ts';
import { requireConfig } from '../../src/cli/input/requireconfig.ts';
import { CommandError } from '../../src/cli/output/exit.ts';
import { listenOnLoopback } from '../support/loopback.ts';

const FEED = (title: string) =>
  `<rss version="2.0"><channel><title><![CDATA[${title}]]></title><link>https://news.example/</link>
<item><title>合肥新添三条地铁线</title><link>https://news.example/1.html</link><guid>g1</guid></item></channel></rss>`;
const SOURCES = 'sources:\n  # kept\n  - {id: inner, url: "https://inner.example/rss.xml"}\n';

let folder: string;
let base: string;
let pages: Map<string, string>;
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const body = pages.get(request.url ?? '');
  const type = body?.startsWith('<rss') === true ? 'application/rss+xml' : 'text/html; charset=utf-8';
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': type }).end(body);
});
let printed = '';

beforeAll(async () => {
  base = await listenOnLoopback(server);
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-add-'));
  await writeFile(join(folder, 'sources.yaml'), SOURCES);
  await writeFile(join(folder, 'settings.yaml'), 'fetch: {allowAddresses: ["127.0.0.0/8"]}\n');
  await writeFile(join(folder, 'rss.xml'), FEED('机密'));
  pages = new Map();
  asked.length = 0;
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const sources = () => readFile(join(folder, 'sources.yaml'), 'utf8');
/** Lines of the error that a command ends with; empty where it ends well. */
async function linesOf(command: Promise<unknown>): Promise<string> {
  return command.then(
    () => '',
    (error: unknown) => {
      if (error instanceof CommandError) return error.lines.join('\n');
      throw error;
    },
  );
}
const add = (url: string, yes = true) => linesOf(runSourceAdd(url, { config: folder, yes }));

describe('a link of a page that is looked at', () => {
  const feedLink = (href: string) =>
    `<link rel="alternate" type="application/rss+xml" href="${href}"><a href="${href}">RSS</a>`;
  /** FILE: a feed on this machine that only its user may read; FOLDER: where it lies. */
  const links: readonly (readonly [name: string, head: string, href: string])[] = [
    ['a path under a base of data:', '<base href="data:,x">', 'FILE'],
    ['a path under a base of javascript:', '<base href="javascript:0">', 'FILE'],
    ['a path under a base of about:', '<base href="about:blank">', 'FILE'],
    ['a path under a base of mailto:', '<base href="mailto:a@b">', 'FILE'],
    ['a path under a base of file:', '<base href="file:///">', 'FILE'],
    ['a path under a base that is no address', '<base href="http://[">', 'FILE'],
    ['a name under a base of file:', '<base href="URLFOLDER/">', 'rss.xml'],
    ['a file: address', '', 'URLFILE'],
    ['a FILE: address', '', 'UPPERFILE'],
    ['a file: address with a host', '', 'file://localhostFILE'],
    ['a relative file: address', '', 'file:FILE'],
    ['a data: address', '', 'data:application/rss+xml,<rss version="2.0"/>'],
    ['an rsshub: address', '', 'rsshub://inner/rss.xml'],
    ['a gopher: address', '', 'gopher://127.0.0.1:6379/_rss.xml'],
    ['an ftp: address', '', 'ftp://127.0.0.1/rss.xml'],
    ['the id of a source under a base of data:', '<base href="data:,x">', 'inner'],
    ['a device without end', '<base href="data:,x">', '/dev/zero'],
    ['an address with a login', '', 'http://me:pw@127.0.0.1:PORT/own.xml'],
    ['an inner address', '', 'http://10.0.0.1/rss.xml'],
    ['a port of another protocol', '', 'http://127.0.0.1:6379/rss.xml'],
  ];

  it.each(links)('opens no %s', async (_name, head, href) => {
    const fill = (text: string) =>
      text
        .replace('URLFOLDER', pathToFileURL(folder).href)
        .replace('URLFILE', pathToFileURL(join(folder, 'rss.xml')).href)
        .replace('UPPERFILE', `FILE://${join(folder, 'rss.xml')}`)
        .replace('FILE', join(folder, 'rss.xml'))
        .replace('PORT', new URL(base).port);
    pages.set('/', `<html><head>${fill(head)}${feedLink(fill(href))}</head><body><p>要闻</p></body></html>`);
    if (href.includes('@')) pages.set('/own.xml', FEED('机密'));
    expect(await add(`${base}/`)).toContain('no feed, no link to one');
    expect(printed).not.toContain('机密');
    expect(await sources()).toBe(SOURCES);
    expect(await linesOf(runTry([`${base}/`], { config: folder, json: false }))).toBe('');
    expect(printed).not.toContain('机密');
  });
});

describe('what is written', () => {
  const titles: readonly (readonly [name: string, title: string, shown: string])[] = [
    ['plain', '样报', '样报'],
    ['with a new key', '样报\n    proxy: http://evil.example', '样报 proxy: http://evil.example'],
    [
      'with a new source',
      '样报"\n  - id: evil\n    url: http://evil.example',
      '样报" - id: evil url: http://evil.example',
    ],
    ['of YAML syntax', '&a !!js/function {x: [*b, |', '&a !!js/function {x: [*b, |'],
    ['with an anchor and a merge', '<<: *x', '<<: *x'],
    ['of a comment', '# off', '# off'],
    ['of escapes for terminals', '样\u001b]0;evil\u0007报\u009b2J', '样]0;evil报›2J'],
    ['that turns direction', '样\u202e报\u2066', '样报'],
    ['without end', '长'.repeat(5000), '长'.repeat(200)],
  ];
  it.each(titles)('of a title %s is one valid name', async (_name, title, shown) => {
    pages.set('/', FEED(title));
    expect(await add(`${base}/`)).toBe('');
    const config = await requireConfig(folder);
    expect(config.sources.map(({ url }) => url)).toEqual(['https://inner.example/rss.xml', `${base}/`]);
    expect(config.sources[1]).toMatchObject({ name: shown, proxy: null, enabled: true });
    expect(await sources()).toContain('# kept');
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2066]/);
  });

  it('of a link with a blank in it is an address', async () => {
    pages.set(
      '/',
      `<html><head><link rel="alternate" type="application/rss+xml" href="${base}/a b/rss.xml"></head></html>`,
    );
    pages.set('/a%20b/rss.xml', FEED('样报'));
    expect(await add(`${base}/`)).toBe('');
    expect((await requireConfig(folder)).sources[1]?.url).toBe(`${base}/a%20b/rss.xml`);
  });

  it.each([
    'http://a b/',
    'http://[',
    'http://',
    'ftp://a.example/',
    'file:///etc/passwd',
    'a.example',
    'http://a:99999/',
  ])('never is %j', async (url) => {
    expect(await add(url)).not.toBe('');
    expect(await sources()).toBe(SOURCES);
  });

  it('of a subscription list are its valid addresses, and the others are named', async () => {
    const file = join(folder, 'list.opml');
    const urls = [
      'http://[bad',
      'http://a:99999/',
      'https://good.example/rss',
      'http://:80/',
      'https://x y/',
      'data:,x',
    ];
    const outlines = urls.map((url) => `<outline text="样&#10;    proxy: http://evil.example" xmlUrl="${url}"/>`);
    await writeFile(file, `<opml version="2.0"><body>${outlines.join('')}</body></opml>`);
    expect(await runOpmlImport(file, { config: folder })).toBe(1);
    const config = await requireConfig(folder);
    expect(config.sources.map(({ url }) => url)).toEqual(['https://inner.example/rss.xml', 'https://good.example/rss']);
    expect(config.sources[1]).toMatchObject({ name: '样 proxy: http://evil.example', proxy: null });
    expect(printed).toMatch(/not added: .*http:\/\/\[bad/);
  });

  it('is nothing where the config would be faulty', async () => {
    pages.set('/', FEED('样报'));
    expect(await linesOf(runSourceAdd(`${base}/`, { config: folder, yes: true, id: 'a b' }))).toContain('a b');
    expect(await sources()).toBe(SOURCES);
  });
});

it.each(['/dev/zero', 'large.xml'])('a file that has no end (%s) is read to fetch.maxBytes', async (name) => {
  await writeFile(join(folder, 'settings.yaml'), 'fetch: {maxBytes: 100000}\n');
  await writeFile(join(folder, 'large.xml'), ' '.repeat(100_001));
  const file = name.startsWith('/') ? name : join(folder, name);
  await copyFile(join(folder, 'rss.xml'), join(folder, 'small.xml'));
  expect(await runTry([file, join(folder, 'small.xml')], { config: folder, json: true })).toBe(1);
  expect(printed).toMatch(/it is larger than 100000 bytes/);
  expect(printed).toContain('合肥新添三条地铁线');
});
