/**
 * Follows labelled list pages over their days, through polls, queues and Redis, and through changes of each site:
 * `npx tsx bench/listdays.ts FOLDER [change …]`. FOLDER has `days/` and `dev/`, each with a `labels.json` and pages.
 * Says of each change how many of the new rows came, what came that is none, and which polls were refused; a poll that was
 * neither refused nor right is named.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { addPolls, closeQueues, openQueues } from '../src/jobs/queues.ts';
import { say } from '../src/reasons/render.ts';
import { readStoredEntries } from '../src/store/entries/storedentries.ts';
import { keys } from '../src/store/redis/keys.ts';
import { readSourceState } from '../src/store/sources/sources.ts';
import { beijingDate, DAY_MS } from '../src/text/time.ts';
import { makeConfig, makeEdition, makeSource } from '../tests/support/configs.ts';
import { endServer } from '../tests/support/loopback.ts';
import { startRedis, type TestRedis } from '../tests/support/redis.ts';
import { until } from '../tests/support/until.ts';
import { startWorking } from '../tests/support/working.ts';

interface Row {
  readonly url: string;
  readonly title: string;
  readonly date: string | null;
}
interface Site {
  readonly kind: string;
  readonly days: readonly { readonly url: string; readonly main: readonly Row[] }[];
}

const [folder = '', ...wanted] = process.argv.slice(2);
const read = (path: string): unknown => JSON.parse(readFileSync(join(folder, path), 'utf8'));
const sites = Object.entries(read('days/labels.json') as Record<string, Site>).filter(
  ([, { days }]) => days.length > 1,
);
const before = read('dev/labels.json') as readonly {
  readonly id: string;
  readonly file: string;
}[];
/** The evening of the first day's newest row, in Beijing. */
const START = Date.parse(
  `${sites[0]?.[1].days[0]?.main.map(({ date }) => date ?? '').reduce((a, b) => (a > b ? a : b)) ?? ''}T20:00:00+08:00`,
);
const DAYS = Math.max(...sites.map(([, { days }]) => days.length));
/** The first day on which a site is changed. */
const CHANGED = 3;

/** Pages are changed as bytes of one character each: charsets stay as they are. */
const fileOf = (id: string, day: number): string =>
  readFileSync(
    day === 0
      ? join(folder, 'dev', before.find((page) => page.id === id)?.file ?? '')
      : join(folder, 'days', `${id}.d${day}.html`),
    'latin1',
  );

const bareKey = (url: string): string => url.replace(/^https?:/, '').replace(/#(?![/!]).*$/, '');

interface Change {
  /** `url`: where the page lies. */
  readonly write: (html: string, links: readonly string[], url: string) => string;
  /** Links that it takes out, of the day's rows. */
  readonly loses?: (links: readonly string[]) => readonly string[];
}

const every = (n: number, links: readonly string[]): readonly string[] => links.filter((_, at) => at % n === n - 1);
const advert = (n: number): string =>
  `<a href="https://shop.example.com/item/${90_000 + n}.html">Sale of the season ${n}, order it today</a>`;
const NAVIGATION = `<table><tr>${Array.from({ length: 36 }, (_, n) => `<td><a href="/pd/${n}/index.html">Channel no. ${n}</a></td>`).join('')}</tr></table>`;

/** Each occurrence of `tag` that closes, followed by an advertisement in such an element after every fifth. */
function advertise(html: string): string {
  const tag = ['li', 'tr', 'dl', 'p', 'div'].find((name) => html.split(`</${name}>`).length > 8) ?? 'div';
  let n = 0;
  return html.replaceAll(`</${tag}>`, (end) => {
    n++;
    const text = tag === 'tr' ? `<td>${advert(n)}</td>` : advert(n);
    return n % 5 === 0 ? `${end}<${tag}>${text}</${tag}>` : end;
  });
}

const CHANGES: Readonly<Record<string, Change>> = {
  'as they are': { write: (html) => html },
  'classes renamed': {
    write: (html) =>
      html.replaceAll(/class="([^"]*)"/g, (_, name: string) => `class="m${name.length}${name.charCodeAt(0)}x"`),
  },
  'ids gone': { write: (html) => html.replaceAll(/ id="[^"]*"/g, '') },
  'a fifth of the links gone': {
    write: (html, links, url) => {
      const gone = new Set(every(5, links).map(bareKey));
      return html.replaceAll(/<(?:a|area)\b[^>]*\bhref="([^"]*)"[^>]*>/g, (link, href: string) =>
        URL.canParse(href, url) && gone.has(bareKey(new URL(href, url).href)) ? '<a>' : link,
      );
    },
    loses: (links) => every(5, links),
  },
  'tags changed': {
    write: (html) =>
      html
        .replaceAll(/<(\/?)li\b/g, '<$1div')
        .replaceAll(/<(\/?)ul\b/g, '<$1section')
        .replaceAll(/<(\/?)span\b/g, '<$1em'),
  },
  'a navigation of 36 links': { write: (html) => html.replace(/<body[^>]*>/, (body) => `${body}${NAVIGATION}`) },
  'advertisements among the rows': { write: advertise },
};

let [day, change]: [number, Change] = [0, { write: (html) => html }];

/** Each site has a loopback address in place of its host, in addresses and pages. */
const hosts = sites.map(([, { days }]) => new URL(days[0]?.url ?? '').host);
const server = createServer((request, response) => {
  const at = Number(/^127\.1\.0\.(\d+)/.exec(request.headers.host ?? '')?.[1]) - 1;
  const [id, site] = sites[at] ?? ['', null];
  const html = fileOf(id, day);
  const links = site?.days[day]?.main.map(({ url }) => url) ?? [];
  const body = (day < CHANGED ? html : change.write(html, links, site?.days[day]?.url ?? '')).replaceAll(
    new RegExp(`(?:https?:)?//${(hosts[at] ?? '').replaceAll('.', '\\.')}(?=[/"'#?])`, 'g'),
    standIn(at),
  );
  response.writeHead(200, { 'content-type': 'text/html' }).end(Buffer.from(body, 'latin1'));
});
await new Promise<void>((done) => server.listen(0, '0.0.0.0', done));
const { port } = server.address() as AddressInfo;
const standIn = (at: number): string => `http://127.1.0.${at + 1}:${port}`;
const moved = (url: string, at: number): string => url.replace(/^https?:\/\/[^/]*/, standIn(at));
const realKey = (link: string | null, at: number): string =>
  bareKey((link ?? '').replace(standIn(at), `http://${hosts[at] ?? ''}`));

interface Tally {
  readonly expected: number;
  readonly found: number;
  readonly titled: number;
  readonly dates: number;
  readonly dated: number;
  readonly wrong: readonly string[];
  readonly refused: readonly string[];
  /** Polls that were not refused, and brought something wrong or too little. */
  readonly silent: readonly string[];
}

const square = (text: string): string => text.replace(/\s+/g, '').replace(/^\[[^\]]*\]/, '');

async function follow(redis: TestRedis): Promise<Tally> {
  const store = redis.store();
  const queues = openQueues(store.redis, store.prefix);
  let now = START;
  const sources = sites.map(([id, { days }], at) =>
    makeSource({ id, kind: 'page', url: moved(days[0]?.url ?? '', at) }),
  );
  const config = makeConfig({ sources, editions: [makeEdition({ id: 'all' })] });
  const deps = { store, queues, now: () => now };
  const known = new Set<string>();
  const tally = { expected: 0, found: 0, titled: 0, dates: 0, dated: 0 };
  const [wrong, refused, silent]: [string[], string[], string[]] = [[], [], []];
  for (day = 0; day < DAYS; day++) {
    now = START + day * DAY_MS;
    // A paper's page has another address each day.
    const today = sources.map((source, at) => ({
      ...source,
      url: moved(sites[at]?.[1].days[day]?.url ?? source.url, at),
    }));
    const workers = startWorking({ ...config, sources: today }, { ...deps, connection: redis.connect() });
    await addPolls(
      queues,
      sources.map(({ id }) => id),
      'asked',
    );
    for (const { id } of sources)
      await until(async () => (await readSourceState(store, id)).polls.length > day, `${id} on day ${day}`, 60_000);
    await until(
      async () =>
        Object.values(await queues.ingest.getJobCounts('waiting', 'active', 'delayed')).every((jobs) => jobs === 0),
      'the ingest',
      60_000,
    );
    await workers.stop();
    const ids = await store.redis.zrange(keys.entries(store), '0', '-1');
    const entries = [...(await readStoredEntries(store, ids)).values()];
    for (const [at, [id, { days }]] of sites.entries()) {
      const main = days[day]?.main ?? [];
      const lost = new Set(day < CHANGED ? [] : change.loses?.(main.map(({ url }) => url)));
      const rows = new Map(main.filter(({ url }) => !lost.has(url)).map((row) => [bareKey(row.url), row]));
      const mine = entries.filter(({ source, link }) => source === id && !known.has(`${id} ${realKey(link, at)}`));
      const all = new Set(days.slice(0, day + 1).flatMap(({ main: past }) => past.map(({ url }) => bareKey(url))));
      const false_ = mine.filter(({ link }) => !all.has(realKey(link, at)));
      const due = [...rows].filter(([key]) => !known.has(`${id} ${key}`));
      const got = new Map(mine.map((entry) => [realKey(entry.link, at), entry]));
      const found = due.filter(([key]) => got.has(key));
      const { lastError } = await readSourceState(store, id);
      if (day > 0) {
        tally.expected += lastError === null ? due.length : 0;
        tally.found += found.length;
        for (const [key, row] of found) {
          const entry = got.get(key);
          if (entry === undefined) continue;
          const [told, label] = [square(entry.title), square(row.title)];
          if (told !== '' && (label.includes(told) || told.includes(label))) tally.titled++;
          if (row.date === null) continue;
          tally.dated++;
          if (entry.published !== null && beijingDate(entry.published) === row.date) tally.dates++;
        }
        wrong.push(...false_.map(({ link }) => `${id} day ${day}: ${link ?? ''}`));
        if (lastError !== null) refused.push(`${id} day ${day}: ${say(lastError, 'en')}`);
        else if (false_.length > 0 || found.length < due.length)
          silent.push(`${id} day ${day}: ${found.length} of ${due.length}, ${false_.length} wrong`);
      }
      for (const key of got.keys()) known.add(`${id} ${key}`);
    }
  }
  await closeQueues(queues);
  return { ...tally, wrong, refused, silent };
}

const redis = await startRedis();
try {
  for (const [name, one] of Object.entries(CHANGES)) {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
    change = one;
    const { expected, found, titled, dates, dated, wrong, refused, silent } = await follow(redis);
    console.log(
      `${name}: ${found} of ${expected} new rows, ${wrong.length} that are none, titles ${titled}/${found}, days ${dates}/${dated}, ${refused.length} polls refused, ${silent.length} silently wrong`,
    );
    for (const line of [...silent, ...refused.map((text) => `refused ${text}`), ...wrong.slice(0, 10)])
      console.log(`  ${line}`);
  }
} finally {
  await endServer(server);
  await redis.stop();
}
