/** What five hundred items say is what newsboat has stored of them after a reload. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endServer } from '../support/loopback.ts';
import { findProgram } from '../support/programs.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formats } from '../../src/publish/formats.ts';
import type { EditionItem } from '../../src/publish/edition.ts';
import { makeNews } from './news.ts';
import { makeDocument } from './sample.ts';

const run = promisify(execFile);
const items = makeNews(500);
const document = makeDocument(items);

/** A row of newsboat's cache. */
interface Stored {
  readonly guid: string;
  readonly title: string;
  readonly author: string;
  readonly url: string;
  readonly pubDate: number;
  readonly content: string;
  readonly enclosure_url: string;
  readonly enclosure_type: string;
}

let folder: string;
async function answer(format: (typeof formats)[number] | undefined, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': format?.contentType }).end((await format?.render(document))?.body);
}

const server = createServer((request, response) => {
  const format = formats.find(({ extension }) => request.url === `/${extension}`);
  void answer(format, response);
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-newsboat-'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  await endServer(server);
  await rm(folder, { recursive: true, force: true });
});

/** Has newsboat read a feed into a cache of its own, and reads that. */
async function reload(extension: string): Promise<{ readonly home: string; readonly stored: readonly Stored[] }> {
  const [urls, cache, config] = ['urls', 'db', 'config'].map((name) => join(folder, `${extension}.${name}`)) as [
    string,
    string,
    string,
  ];
  await writeFile(urls, `http://127.0.0.1:${(server.address() as AddressInfo).port}/${extension}\n`);
  await writeFile(config, '');
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, LC_ALL: 'C.UTF-8' };
  await run(findProgram(['newsboat']), ['-u', urls, '-c', cache, '-C', config, '-x', 'reload'], { env });
  const ask = async (query: string) => {
    const { stdout } = await run(findProgram(['sqlite3']), ['-json', cache, query], { env, maxBuffer: 1 << 26 });
    return JSON.parse(stdout) as Record<string, unknown>[];
  };
  const [feed] = await ask('select url from rss_feed');
  return { home: String(feed?.['url']), stored: (await ask('select * from rss_item')) as unknown as Stored[] };
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Where nobody signs, an item is its outlet’s, or its source’s. */
const signersOf = ({ authors, outlet, source }: EditionItem): readonly string[] =>
  authors.length > 0 ? authors : [squeeze(outlet ?? source.name)];

/** Of several RSS creators, and of several enclosures, newsboat keeps the last. */
const authorOf = {
  rss: (names: readonly string[]) => names.at(-1) ?? '',
  atom: (names: readonly string[]) => names.join(', '),
};

describe.each(['rss', 'atom'] as const)('newsboat reads of %s', (extension) => {
  test('what went in', async () => {
    const { home, stored } = await reload(extension);
    expect(home).toBe(document.homeUrl);
    const byGuid = new Map(stored.map((row) => [row.guid, row]));
    expect(byGuid.size).toBe(items.length);
    for (const item of items) {
      const row = byGuid.get(`urn:deltawire:story:${item.id}`);
      expect(row?.title).toBe(squeeze(item.title));
      expect(row?.url).toBe(item.link);
      expect(row?.author).toBe(authorOf[extension](signersOf(item)));
      expect(row?.pubDate).toBe(Math.floor((item.published ?? item.firstSeen) / 1000));
      expect(row?.content.startsWith(item.content)).toBe(true);
      const enclosure = item.enclosures.at(-1);
      expect([row?.enclosure_url, row?.enclosure_type]).toEqual([enclosure?.url ?? '', enclosure?.type ?? '']);
    }
  });
});
