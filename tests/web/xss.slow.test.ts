import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAtomFeed, parseRssFeed } from 'feedsmith';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { contentOf } from '../support/cleaning.ts';
import { makeRig, type Program, type Rig, type Status } from '../daemon/rig.ts';
import { until } from '../support/until.ts';
import { KNOWN_VECTORS } from '../support/xss.ts';
import { FAILURE_KINDS, FEED_KINDS, type FeedKind, itemsOf, markOf, packsOf, serveHostile } from './xssfeeds.ts';
import { openWatch, type Served, READER, startBeacon, startProxy, type Watch } from './xsswatch.ts';

const LONG_MS = 120_000;
const USER = 'ops:secret';
const ITEMS_PER_SOURCE = 20;

function partsOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

const PACKS = packsOf(
  KNOWN_VECTORS,
  (vector) => !contentOf(`<div>${vector}</div><p>后</p>`, null).includes('<p>后</p>'),
);
const KINDS = Object.keys(FEED_KINDS) as FeedKind[];
const inParts = (turn: number) => partsOf(itemsOf(PACKS, turn), ITEMS_PER_SOURCE);
const PARTS = { rss: inParts(0), atom: inParts(1), json: inParts(2), list: inParts(3) };

let server: Served;
let rig: Rig;
let program: Program;
let beacon: Awaited<ReturnType<typeof startBeacon>>;
/** As served, and with the policies lifted. */
let served: Served;
let lifted: Served;
let readerBody = '';
let watch: Watch;
let status: Status;
let stories: readonly JsonItem[];
let rows: readonly Row[];

const get = (path: string) => fetch(lifted.url + path, { headers: { accept: '*/*' } });
const readJson = async <T>(path: string) => (await (await get(path)).json()) as T;

/** The pages of the edition in a format. */
async function feedPages(extension: string): Promise<readonly string[]> {
  const pages = Array.from({ length: Math.ceil(status.totals.stories / 500) }, (_, i) => i + 1);
  return Promise.all(pages.map(async (page) => (await get(`/feeds/all.${extension}?limit=500&page=${page}`)).text()));
}

interface Row {
  readonly entry: string;
  readonly title: string;
}

async function ledgerRows(): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (let before = ''; ;) {
    const { rows: some, next } = await readJson<{ rows: Row[]; next: string | null }>(
      `/api/ledger?limit=500&before=${before}`,
    );
    all.push(...some);
    if (next === null) return all;
    before = encodeURIComponent(next);
  }
}

interface JsonItem {
  readonly title: string;
  readonly content_html: string;
  readonly summary: string;
  readonly _deltawire: { readonly story: string };
}

function sourcesOf(url: string): readonly { readonly id: string; readonly url: string }[] {
  const feeds = KINDS.flatMap((kind) =>
    PARTS[kind].map((_, n) => ({
      id: `${kind}-${n}`,
      url: `${url}/${kind}/${n}`,
      ...(kind === 'list' && {
        kind: 'page',
        select: { item: '.news > li', title: 'a', link: 'a', date: 'i', summary: 'p' },
      }),
    })),
  );
  const failing = FAILURE_KINDS.flatMap((kind) =>
    KNOWN_VECTORS.flatMap((_, n) =>
      n % (kind === 'away' ? 20 : 100) === 3 ? [{ id: `${kind}-${n}`, url: `${url}/${kind}/${n}` }] : [],
    ),
  );
  const names = partsOf(KNOWN_VECTORS, Math.ceil(KNOWN_VECTORS.length / feeds.length));
  return [...feeds, ...failing].map((source, i) => {
    const name = names[i % names.length]?.join(' ') ?? '';
    return Object.assign(source, { name, note: name, group: KNOWN_VECTORS[i % 9], region: '合肥市' });
  });
}

beforeAll(async () => {
  server = await serveHostile(PARTS, KNOWN_VECTORS);
  rig = await makeRig();
  await rig.writeSources(JSON.stringify({ sources: sourcesOf(server.url) }, null, 1));
  const edition = { id: 'all', title: KNOWN_VECTORS[0], description: KNOWN_VECTORS.slice(0, 20).join(' '), size: 200 };
  await writeFile(join(rig.config, 'editions.yaml'), JSON.stringify({ editions: [edition] }, null, 1));
  beacon = await startBeacon();
  program = await rig.start([], { DELTAWIRE_ADMIN: USER });
  served = await startProxy(program.base, { lifted: false, user: USER });
  lifted = await startProxy(program.base, { lifted: true, user: USER, reader: () => readerBody });
  watch = await openWatch(beacon, [served.url, lifted.url]);
  const done = async () => {
    status = await readJson<Status>('/api/status');
    return status.idle && status.sources.every(({ lastPollAt }) => lastPollAt !== null);
  };
  await until(done, 'every vector to come in', LONG_MS);
  stories = (await feedPages('json')).flatMap((page) => (JSON.parse(page) as { items: JsonItem[] }).items);
  rows = await ledgerRows();
}, 2 * LONG_MS);

afterAll(async () => {
  await watch.close();
  await Promise.all([served.close(), lifted.close(), server.close(), beacon.close()]);
  await rig.close();
}, 30_000);

// What one test leaves unread is not the next one's fault.
beforeEach(() => void watch.seen());

test('every vector comes in through every kind of feed, and failures carry theirs', () => {
  const come = new Set(rows.map(({ title }) => markOf(title)));
  for (const kind of ['rss', 'atom', 'json'] as const) {
    const missing = PARTS[kind].flat().filter(({ mark }) => !come.has(mark));
    expect(missing.map(({ vectors }) => vectors)).toEqual([]);
  }
  // Lists hold what an open tag of one row leaves of the next ones.
  expect(come.size).toBeGreaterThan(3 * PACKS.length + 20);
  expect(status.sources.filter(({ lastError }) => lastError?.includes('script')).length).toBeGreaterThan(5);
});

/** One story or entry a pack, of the three kinds of feed in turn. */
function inTurn<T extends { readonly title: string }>(all: readonly T[]): readonly T[] {
  const byMark = new Map(all.map((one) => [markOf(one.title), one]));
  return PACKS.flatMap((_, i) => byMark.get(PARTS[KINDS[i % 3] ?? 'rss'].flat()[i]?.mark ?? '') ?? []);
}

const queryOf = (pack: readonly string[]) => encodeURIComponent(pack.join(' '));

test(
  'with policies lifted, no page of the desk or for readers runs or sends anything',
  async () => {
    const many = partsOf(PACKS, 8).map((packs) => packs.flat());
    const failing = status.sources.filter(({ lastError }) => lastError !== null);
    const pages = [
      '/',
      '/status',
      '/sources',
      '/sources?groups=no&page=2',
      '/ledger?limit=500',
      '/config',
      '/config?file=sources.yaml',
      '/config?file=editions.yaml',
      '/status/source?id=list-0',
      ...Array.from({ length: Math.ceil(stories.length / 30) }, (_, i) => `/?page=${i + 1}`),
      ...PARTS.rss.map((_, n) => `/status/source?id=rss-${n}`),
      ...failing.slice(0, 20).map(({ id }) => `/status/source?id=${id}`),
      ...many.flatMap((pack) => [
        `/ledger?text=${queryOf(pack)}`,
        `/?q=${encodeURIComponent(pack.join(' ').slice(0, 100))}`,
      ]),
      ...many.slice(0, 4).flatMap((pack) => [
        `/?region=${queryOf(pack)}`,
        `/?edition=${queryOf(pack)}`,
        // Apart, for Node takes no more than 16 KB of a request's line and headers.
        `/ledger?region=${queryOf(pack)}&source=${queryOf(pack)}`,
        `/ledger?from=${queryOf(pack)}`,
        `/sources?q=${queryOf(pack)}&state=${queryOf(pack)}`,
        `/status/source?id=${queryOf(pack)}`,
        `/stories/${encodeURIComponent(pack[0]?.slice(0, 60) ?? '')}`,
      ]),
      ...inTurn(rows).map(({ entry }) => `/ledger/entry?id=${entry}`),
    ];
    expect(await watch.frames(lifted.url, pages)).toEqual([]);
    expect(watch.seen()).toEqual([]);

    const own = inTurn(stories).map(({ _deltawire }) => `/stories/${_deltawire.story}`);
    expect(own.length).toBeGreaterThan(PACKS.length * 0.98);
    expect(await watch.frames(lifted.url, own)).toEqual([]);
    // Pictures of stories come from their outlets.
    expect(watch.seen(true)).toEqual([]);
  },
  LONG_MS,
);

const AUDIT = 'auditTest(document, false)';

test(
  'trials, faults and previews show what they hold',
  async () => {
    const { page } = watch;
    for (const id of ['rss-1', 'list-0', 'away-3']) {
      await page.goto(`${lifted.url}/status/source?id=${id}`);
      await page.getByRole('button', { name: '试抓取' }).click();
      await page.locator('#trial').waitFor();
      expect(await page.evaluate(AUDIT)).toEqual([]);
      await page.evaluate('touchTest(document)');
    }
    await page.goto(`${lifted.url}/config?file=editions.yaml`);
    const faulty = { editions: [{ id: 'all', regions: KNOWN_VECTORS.slice(0, 40) }] };
    const fault = page.locator('#config-faults li', { hasText: 'script' }).first();
    await page.locator('textarea').fill(JSON.stringify(faulty));
    await fault.waitFor();
    expect(await page.evaluate(AUDIT)).toEqual([]);
    await page.getByRole('button', { name: '检查' }).click();
    await page.waitForURL(/\/config$/);
    await fault.waitFor();
    expect(await page.evaluate(AUDIT)).toEqual([]);
    const narrower = { editions: [{ id: 'all', title: KNOWN_VECTORS[1], regions: ['青海省'] }] };
    await page.locator('textarea').fill(JSON.stringify(narrower));
    await page.getByRole('button', { name: '预览' }).click();
    await page.locator('#preview h3').waitFor();
    expect(await page.evaluate(AUDIT)).toEqual([]);
    await page.evaluate('touchTest(document)');
    expect(watch.seen()).toEqual([]);
  },
  LONG_MS,
);

/** What bull-board answers its page. */
interface Board {
  readonly queues: readonly { readonly name: string; readonly pagination: { readonly pageCount: number } }[];
}

test(
  'the job dashboard shows the data of jobs as text',
  async () => {
    const { page } = watch;
    const shown = new Set<string>();
    const open = `(async () => {
      for (const button of document.querySelectorAll('[role=treeitem] [role=button][aria-expanded=false]'))
        button.click();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));
    })()`;
    const { queues } = await readJson<Board>('/admin/queues/api/queues?activeQueue=ingest&status=completed&page=1');
    const count = queues.find(({ name }) => name === 'ingest')?.pagination.pageCount ?? 0;
    const ingested = Array.from({ length: count }, (_, i) => `ingest?status=completed&page=${i + 1}`);
    for (const query of [...ingested, 'poll?status=completed', 'poll?status=failed']) {
      await page.goto(`${lifted.url}/admin/queues/queue/${query}`, { waitUntil: 'networkidle' });
      if (query.startsWith('ingest')) await page.locator('[role=treeitem]', { hasText: 'entries:' }).first().waitFor();
      await page.evaluate(open);
      for (const [mark] of (await page.locator('body').innerText()).matchAll(/[甲乙丙丁戊己庚辛壬癸]{4}/g))
        shown.add(mark);
      const panels = `[...document.querySelectorAll('[role=tabpanel]')].flatMap((panel) => auditTest(panel, false))`;
      expect(await page.evaluate(panels)).toEqual([]);
    }
    expect(shown.size).toBeGreaterThan(3 * PACKS.length);
    expect(watch.seen()).toEqual([]);
  },
  LONG_MS,
);

interface Shown {
  readonly title: string;
  readonly html: readonly string[];
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const READERS: Readonly<Record<string, () => Promise<readonly Shown[]>>> = {
  // RSS cannot say that a title is text: some readers show it as HTML.
  rss: async () =>
    (await feedPages('rss'))
      .flatMap((page) => parseRssFeed(page).items ?? [])
      .map(({ title = '', description = '', content }) => ({
        title,
        html: [title, description, content?.encoded ?? ''],
      })),
  atom: async () =>
    (await feedPages('atom'))
      .flatMap((page) => parseAtomFeed(page).entries ?? [])
      .map(({ title, summary, content }) => ({
        title: title?.value ?? '',
        html: [escape(title?.value ?? ''), summary?.value ?? '', content?.value ?? ''],
      })),
  json: async () =>
    stories.map(({ title, summary, content_html }) => ({
      title,
      html: [escape(title), escape(summary), content_html],
    })),
};

test.each(Object.keys(READERS))(
  'a reader that shows the HTML of .%s as it comes runs and sends nothing but pictures',
  async (format) => {
    const shown = (await READERS[format]?.()) ?? [];
    expect(new Set(shown.map(({ title }) => markOf(title))).size).toBeGreaterThan(3 * PACKS.length);
    readerBody = shown
      .map(({ html }) => `<article>${html.map((part) => `<div>${part}</div>`).join('')}</article>`)
      .join('\n');
    await watch.page.goto(lifted.url + READER);
    const audit = `[...document.querySelectorAll('article')].flatMap((article) => auditTest(article, true))`;
    const whole = `document.querySelectorAll('body > article > div:last-child').length`;
    expect(await watch.page.evaluate(audit)).toEqual([]);
    expect(await watch.page.evaluate(whole)).toBe(shown.length);
    // As readers do that take the page's HTML and set it again: mutations would show.
    await watch.page.evaluate('document.body.innerHTML = document.body.innerHTML');
    expect(await watch.page.evaluate(audit)).toEqual([]);
    expect(await watch.page.evaluate(whole)).toBe(shown.length);
    await watch.page.evaluate('touchTest(document)');
    expect(watch.seen(true)).toEqual([]);
    expect(watch.page.url()).toBe(lifted.url + READER);
  },
  LONG_MS,
);

test(
  'a feed opened as a page, and every kind of page as served, runs and asks for nothing',
  async () => {
    const { page } = watch;
    for (const path of [`${lifted.url}/feeds/all.rss`, `${lifted.url}/feeds/all.atom`, `${served.url}/feeds/all.rss`]) {
      await page.goto(path);
      expect(await page.locator('title').count()).toBeGreaterThan(100);
      expect(watch.seen()).toEqual([]);
    }
    const paths = [
      '/',
      '/status',
      '/sources',
      '/ledger',
      '/config?file=sources.yaml',
      '/status/source?id=away-3',
      '/admin/queues',
    ];
    for (const path of [...paths, `/ledger/entry?id=${rows[0]?.entry ?? ''}`]) {
      await page.goto(served.url + path);
      expect(watch.seen()).toEqual([]);
    }
    await page.goto(`${served.url}/stories/${stories[5]?._deltawire.story ?? ''}`);
    expect(watch.seen(true)).toEqual([]);
    // No picture tells its server where it was shown.
    expect(beacon.asked.filter((line) => !line.endsWith(' '))).toEqual([]);
  },
  LONG_MS,
);
