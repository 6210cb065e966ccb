/** Holds that what commands print, and what they say of faults, is Chinese throughout or English throughout, a line a fault. */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../../src/cli/commandline.ts';
import { ASSEMBLER } from '../../src/pipeline/assemble.ts';
import { KEY_PREFIX } from '../../src/store/redis/keys.ts';
import { commitEntries } from '../../src/store/stories/commit.ts';
import { decideStory } from '../../src/story/match.ts';
import { makeEntry, makeSubmission } from '../support/entries.ts';
import { englishIn } from '../support/reasons.ts';
import { hashPassword } from '../../src/text/passwordhash.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIN = join(ROOT, 'bin/deltawire.js');
const LANGUAGES = ['zh', 'en'] as const;
type Spoken = (typeof LANGUAGES)[number];

const FEED = `<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>样报</title><link>https://news.example/</link>
<item><title>合肥新添三条地铁线</title><link>https://news.example/1.html</link><guid>g1</guid><pubDate>Mon, 01 Jun 2026 08:30:00 +0800</pubDate><description>本报合肥6月1日讯（记者 张样）三条新线今天同时开工，计划三年建成。责任编辑：李样</description></item>
<item><title>北京公园夜间开放</title><link>/2.html</link><description>公园延长到夜里十点关门。</description></item>
</channel></rss>`;
const LIST =
  '<opml version="2.0"><body><outline xmlUrl="https://new.example/rss" text="n"/><outline xmlUrl="ftp://x.example/" text="f"/><outline xmlUrl="https://new.example/rss" text="n"/></body></opml>';
const BROKEN = 'sources:\n  - {id: a, url: "ftp://x/"}\n  - {id: a, url: "http://x/", schedul: auto}\n';

let folder: string;
let redis: TestRedis;
let server: Server;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-languages-'));
  redis = await startRedis();
  server = createServer((request, response) => {
    if (request.url === '/feed.xml') response.writeHead(200, { 'content-type': 'text/xml' }).end(FEED);
    else response.writeHead(500).end('no');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
  for (const language of LANGUAGES) await makePlace(language);
});
afterAll(async () => {
  server.close();
  await redis.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A folder to run in, with a config, files to read, and stories of its own in the store. */
async function makePlace(language: Spoken): Promise<void> {
  const place = join(folder, language);
  await cp(join(ROOT, 'config'), join(place, 'config'), { recursive: true });
  const own = `fetch: {allowAddresses: ["127.0.0.0/8"], perHostIntervalMs: 0}\nserver: {host: 127.0.0.1, port: ${port}}\n`;
  await writeFile(join(place, 'config/settings.yaml'), own);
  const base = `http://127.0.0.1:${port}`;
  await writeFile(
    join(place, 'config/sources.yaml'),
    `sources:\n  - {id: good, url: "${base}/feed.xml"}\n  - {id: bad, url: "${base}/none.xml"}\n`,
  );
  await mkdir(join(place, 'broken'));
  await writeFile(join(place, 'broken/sources.yaml'), BROKEN);
  const files = {
    'feed.xml': FEED,
    'list.opml': LIST,
    'no.opml': 'x',
    'page.html': '<html><body><form><input type="password"></form></body></html>',
    'bad.jsonl': '{"id": "a"}\n{"title": "t"}\n',
    'worse.jsonl': '{"id": "a"\n',
    'no.tar.gz': 'x',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(place, name), text);
  const first = makeEntry({ id: `${language}1`, title: 'Q1', link: `https://one.example/${language}1.html` });
  const copy = makeEntry({
    ...first,
    id: `${language}2`,
    source: 'two',
    link: `https://two.example/${language}2.html`,
  });
  await commitEntries(
    { redis: redis.connect(), prefix: KEY_PREFIX },
    [first, copy].map((entry) => makeSubmission(entry)),
    {
      now: Date.now(),
      configVersion: 'c1',
      ledgerCount: 1000,
      windowMs: 30 * 86_400_000,
      decideStory,
      assembler: ASSEMBLER,
    },
  );
}

interface Call {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const call = (line: string, rest: Omit<Call, 'args'> = {}): Call => ({ args: line.split(' '), ...rest });

/** `N`: what the names of this language's stories begin with. */
const CALLS: readonly Call[] = [
  call('check'),
  call('check --config broken'),
  call('check --config nowhere'),
  call('check --fetch'),
  call('check --fix'),
  call('try'),
  call('try feed.xml'),
  call('try page.html nowhere.xml good bad'),
  call('try --stage clean feed.xml'),
  call('try --items bad.jsonl'),
  call('try --items worse.jsonl'),
  call('try --items nowhere.jsonl'),
  call('try --items config'),
  call('init config'),
  call('init new'),
  call('init feed.xml'),
  call('poll'),
  call('poll --all'),
  call('poll good', { env: { DELTAWIRE_PORT: '1' } }),
  call('poll good', { env: { DELTAWIRE_ADMIN: `a:${await hashPassword('long enough')}` } }),
  call('poll --all', { env: { DELTAWIRE_ADMIN: 'a:b' } }),
  call('explain N1 nowhere'),
  call('explain N1', { env: { REDIS_URL: '', DELTAWIRE_DATA: 'nowhere' } }),
  call('why https://one.example/N1.html'),
  call('why N1 --edition anhui'),
  call('why N1 --edition nowhere'),
  call('why nowhere'),
  call('replay --stories none'),
  call('replay'),
  call('story split N2'),
  call('story split N2'),
  call('story split nowhere'),
  call('story join N1 N2'),
  call('story join N1 N1'),
  call('story join N1 nowhere'),
  call('withdraw N1'),
  call('withdraw N1 --reason q'),
  call('withdraw N1 --reason q'),
  call('explain N1'),
  call('withdraw --undo N1'),
  call('withdraw --undo N1'),
  call('password --user a:b'),
  call('source add ftp://x.example/'),
  call('source add http://127.0.0.1:1/'),
  call('source add FEED'),
  call('source add FEED?2 --id good'),
  call('source add FEED?3 --id third --yes'),
  call('opml import list.opml'),
  call('opml import no.opml'),
  call('opml import nowhere.opml'),
  call('opml export --editions --sources'),
  call('backup feed.xml'),
  call('backup nowhere/a.tar.gz'),
  call('backup a.tar.gz'),
  call('restore no.tar.gz'),
  call('restore nowhere.tar.gz'),
  call('restore a.tar.gz'),
  call('doctor'),
  call('doctor --config broken'),
  call('start --role boss'),
  call('start --config broken'),
  call('start'),
  call('start --role web', { env: { REDIS_URL: '' } }),
  call('start', { env: { REDIS_URL: '', DELTAWIRE_REDIS_SERVER: '/bin/false', DELTAWIRE_DATA: 'other' } }),
  call('start', { env: { REDIS_URL: 'redis://nowhere.invalid:6379/0' } }),
  call('start', { env: { REDIS_URL: 'nowhere', DELTAWIRE_PORT: 'x' } }),
  call('doctor', { env: { REDIS_URL: 'redis://nowhere.invalid:6379/0' } }),
  call('completion tcsh'),
  call('strat'),
  call('opml exprt'),
];

interface Said {
  readonly code: number;
  readonly text: string;
}

/** In this process: a start of the program for each would take minutes. */
async function run({ args, env = {} }: Call, language: Spoken): Promise<Said> {
  const given = args.map((arg) =>
    arg
      .replace(/^N(?=\d)/, language)
      .replace('/N1', `/${language}1`)
      .replace('FEED', `http://127.0.0.1:${port}/feed.xml`),
  );
  // The log is for machines, and English.
  const own = { LC_ALL: 'C.UTF-8', LOG_LEVEL: 'silent', REDIS_URL: redis.socket, DELTAWIRE_DATA: 'data', ...env };
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  process.chdir(join(folder, language));
  let text = '';
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((piece, ...rest) => {
      text += String(piece);
      for (const one of rest) if (typeof one === 'function') one();
      return true;
    });
  try {
    const code = await runCommandLine([...given, '--lang', language]);
    return { code, text: text.replaceAll(join(folder, language), '…').replaceAll(STORED, '') };
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.chdir(ROOT);
  }
}

/** What is written by the file that is read, the network, or the operator: it is in no language of the program's. */
const DATA =
  /合肥市?|北京市?|安徽省?|长三角|上海市?|江苏省?|浙江省?|新添三条地铁线|公园夜间开放|样报|张样|李样|东城区|责任编辑：|本报.{0,20}讯（记者 ）/g;

const CHINESE = /[\u4e00-\u9fff]/;
/** A reason that the fixture has, as an old version stored it. */
const STORED = '合肥 in the title';
const chineseIn = (text: string) => text.split('\n').filter((line) => CHINESE.test(line.replaceAll(DATA, '')));
const nameOf = ({ args, env }: Call) => [args.join(' '), ...Object.entries(env ?? {}).flat()].join(' ');

describe.each(LANGUAGES)('in %s', (language) => {
  it('every command speaks one language', { timeout: 600_000 }, async () => {
    const foreign: Record<string, readonly string[]> = {};
    const stacks: string[] = [];
    const silent: string[] = [];
    for (const one of CALLS) {
      const { text, code } = await run(one, language);
      if (text === '' || ![0, 1, 2].includes(code)) silent.push(nameOf(one));
      const found = language === 'zh' ? englishIn(text) : chineseIn(text);
      if (found.length > 0) foreign[nameOf(one)] = found;
      if (/^\s+at |Error:/m.test(text)) stacks.push(`${nameOf(one)}: ${text}`);
    }
    expect(foreign).toEqual({});
    expect({ stacks, silent }).toEqual({ stacks: [], silent: [] });
  });
});

it('the other language would be found', async () => {
  const [zh, en] = [await run(call('check'), 'zh'), await run(call('check --fix'), 'en')];
  expect(chineseIn(zh.text)).not.toEqual([]);
  expect(englishIn(en.text)).not.toEqual([]);
});

describe('a reader that has enough', () => {
  it.each(['opml export --sources', 'check --fetch', '--help', 'try --json feed.xml'])(
    'ends `%s` quietly',
    async (line) => {
      const child = spawn('sh', ['-c', `"$0" "$1" ${line} | head -c 1; wait`, process.execPath, BIN], {
        cwd: join(folder, 'en'),
        env: { PATH: process.env['PATH'] ?? '', REDIS_URL: redis.socket },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
      await new Promise((done) => child.once('close', done));
      expect(said).toBe('');
    },
  );
});
