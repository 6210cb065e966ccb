/**
 * Follows labelled list pages over their days, through the daemon as its users start it, and through changes of each site:
 * `npx tsx bench/listdays.ts FOLDER [change …]`. FOLDER has `days/` and `dev/`, each with a `labels.json` and pages. The
 * daemon runs by a clock of its own that goes on from day to day, which libfaketime gives it (Debian package libfaketime;
 * redis-server does not start with it, and has the machine's). Says of each change how many of the new rows came, what came that is none, and which polls were refused; a poll that was
 * neither refused nor right is named.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { say } from '../src/reasons/render.ts';
import { readStoredEntries } from '../src/store/entries/storedentries.ts';
import { KEY_PREFIX, keys, type Store } from '../src/store/redis/keys.ts';
import { readSourceState } from '../src/store/sources/sources.ts';
import { beijingDate, DAY_MS } from '../src/text/time.ts';
import { makeRig, type Program, type Rig } from '../tests/daemon/rig.ts';
import { endServer } from '../tests/support/loopback.ts';
import { startRedis, type TestRedis } from '../tests/support/redis.ts';
import { until } from '../tests/support/until.ts';

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

const FAKETIME = readdirSync('/usr/lib')
  .map((name) => join('/usr/lib', name, 'faketime/libfaketimeMT.so.1'))
  .find((path) => existsSync(path));
if (FAKETIME === undefined) throw new Error('this bench needs libfaketime: `apt-get install libfaketime`');

/** Has the daemon's clock say `at`, from which it goes on. */
const setClock = (rig: Rig, at: number): Promise<void> =>
  writeFile(join(rig.folder, 'clock'), String(Math.round((at - Date.now()) / 1000)));

/** A paper's page has another address each day. */
function writeSources(rig: Rig): Promise<void> {
  const blocks = sites.map(
    ([id, { days }], at) =>
      `  - {id: ${id}, url: "${moved(days[day]?.url ?? days[0]?.url ?? '', at)}", kind: page, fullText: false, schedule: "0 0 1 1 *"}\n`,
  );
  return rig.writeSources(`sources:\n${blocks.join('')}`);
}

/** Starts the daemon on the evening of the first day. */
async function startDaemon(rig: Rig, { socket }: TestRedis): Promise<Program> {
  await writeSources(rig);
  await writeFile(join(rig.config, 'editions.yaml'), 'editions: [{id: all}]\n');
  await setClock(rig, START);
  return rig.start([], {
    REDIS_URL: `unix://${socket}`,
    LD_PRELOAD: FAKETIME ?? '',
    FAKETIME_TIMESTAMP_FILE: join(rig.folder, 'clock'),
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  });
}

/** Goes on to `day`, and has every source polled and its entries read. */
async function liveDay(rig: Rig, program: Program, store: Store): Promise<void> {
  const now = START + day * DAY_MS;
  const { version } = (await program.status()).config;
  const before = readFileSync(join(rig.config, 'sources.yaml'), 'utf8');
  await writeSources(rig);
  if (readFileSync(join(rig.config, 'sources.yaml'), 'utf8') !== before)
    await until(async () => (await program.status()).config.version !== version, 'the new addresses');
  await setClock(rig, now);
  const clock = async (): Promise<number> =>
    Date.parse((await fetch(`${program.base}/api/status`)).headers.get('date') ?? '');
  await until(async () => (await clock()) >= now, `the clock to say that it is day ${day}`);
  const { status } = await fetch(`${program.base}/api/poll`, { method: 'POST' });
  if (status !== 202) throw new Error(`the daemon answered ${status} to a poll`);
  for (const [id] of sites)
    await until(async () => (await readSourceState(store, id)).polls.length > day, `${id} on day ${day}`, 60_000);
  await until(async () => (await program.status()).idle, 'the ingest', 60_000);
}

async function follow(rig: Rig, redis: TestRedis): Promise<Tally> {
  day = 0;
  const program = await startDaemon(rig, redis);
  const store: Store = { redis: redis.connect(), prefix: KEY_PREFIX };
  const known = new Set<string>();
  const tally = { expected: 0, found: 0, titled: 0, dates: 0, dated: 0 };
  const [wrong, refused, silent]: [string[], string[], string[]] = [[], [], []];
  for (; day < DAYS; day++) {
    await liveDay(rig, program, store);
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
  return { ...tally, wrong, refused, silent };
}

async function followAnew(): Promise<Tally> {
  const [rig, redis] = [await makeRig(), await startRedis()];
  try {
    return await follow(rig, redis);
  } finally {
    await rig.close();
    await redis.stop();
  }
}

try {
  for (const [name, one] of Object.entries(CHANGES)) {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
    change = one;
    const { expected, found, titled, dates, dated, wrong, refused, silent } = await followAnew();
    console.log(
      `${name}: ${found} of ${expected} new rows, ${wrong.length} that are none, titles ${titled}/${found}, days ${dates}/${dated}, ${refused.length} polls refused, ${silent.length} silently wrong`,
    );
    for (const line of [...silent, ...refused.map((text) => `refused ${text}`), ...wrong.slice(0, 10)])
      console.log(`  ${line}`);
  }
} finally {
  await endServer(server);
}
