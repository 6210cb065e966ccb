import { execFile, spawn } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '../support/until.ts';

// Each start of the program takes seconds on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-cli-'));
  await cp(join(ROOT, 'config'), join(folder, 'config'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const run = (...args: string[]) => runIn('C.UTF-8', ...args);

function runIn(locale: string, ...args: string[]): Promise<Run> {
  return new Promise((done) => {
    // Port 1 (tcpmux): nobody listens there, whatever runs on the default port of this machine.
    const own = { DELTAWIRE_DATA: join(folder, 'data'), DELTAWIRE_PORT: '1' };
    const env = { PATH: process.env['PATH'] ?? '', LANG: locale, ...own };
    execFile(process.execPath, [join(ROOT, 'bin/deltawire.js'), ...args], { env, cwd: folder }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}

const lines = (out: string) =>
  out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, Record<string, unknown>>);

const FEED = `<?xml version="1.0" encoding="gb2312"?><rss version="2.0"><channel><title>样报</title><link>https://news.example/</link>
<item><title>合肥新添三条地铁线</title><link>https://news.example/1.html?utm_source=rss</link><guid>g1</guid><pubDate>Mon, 01 Jun 2026 08:30:00 +0800</pubDate><description>本报合肥6月1日讯（记者 张样）三条新线今天同时开工，计划三年建成。</description></item>
<item><title>北京公园夜间开放</title><link>/2.html</link><description>公园延长到夜里十点关门。</description></item>
</channel></rss>`;

describe('deltawire', () => {
  it('shows help for itself and every command, and refuses what it does not know with 2', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const command of [
      'start',
      'demo',
      'check',
      'try',
      'poll',
      'explain',
      'init',
      'backup',
      'restore',
      'withdraw',
    ]) {
      expect(out).toContain(command);
      expect((await run(command, '--help')).code).toBe(0);
    }
    expect((await run('strat')).code).toBe(2);
    expect((await run('start', '--role', 'boss')).code).toBe(2);
  });
});

describe('deltawire check', () => {
  it('finds nothing in the shipped config', async () => {
    const { code, out } = await run('check');
    expect({ code, out: out.includes('no fault') }).toEqual({ code: 0, out: true });
  });

  it('prints every fault with its place, and exits with 2', async () => {
    const broken = join(folder, 'broken');
    await cp(join(folder, 'config'), broken, { recursive: true });
    await writeFile(
      join(broken, 'sources.yaml'),
      'sources:\n  - {id: a, url: "ftp://x/"}\n  - {id: a, url: "http://x/", schedul: auto}\n',
    );
    const { code, err } = await run('check', '--config', broken);
    expect(code).toBe(2);
    expect(err).toMatch(/sources\.yaml:2:\d+: .*ftp/);
    expect(err).toMatch(/sources\.yaml:3:\d+: .*did you mean `schedule`/);
  });

  it.each([['check'], ['start'], ['try', 'a']])('%s prints them in Chinese where the locale is', async (...command) => {
    const { code, err } = await runIn('zh_CN.UTF-8', ...command, '--config', join(folder, 'broken'));
    expect({ code, lines: err.trim().split('\n') }).toEqual({
      code: 2,
      lines: [
        expect.stringMatching(/^deltawire: sources\.yaml:2:\d+: `ftp:\/\/x\/` 不支持协议 `ftp:\/\/`；应为/),
        expect.stringMatching(/^deltawire: sources\.yaml:3:\d+: 标识 `a` 已在第 2 行用过：请换一个$/),
        expect.stringMatching(/^deltawire: sources\.yaml:3:\d+: 没有 `schedul` 这个键，是不是 `schedule`？$/),
      ],
    });
  });
});

describe('deltawire try', () => {
  it('prints documents and entries as the contract says, with header files taken into account', async () => {
    const file = join(folder, 'feed.xml');
    await writeFile(file, FEED);
    await writeFile(`${file}.headers`, 'Content-Type: text/xml\nContent-Location: https://news.example/rss/feed.xml\n');
    const { code, out } = await run('try', '--json', file);
    expect(code).toBe(0);
    const [document, first, second] = lines(out);
    expect(document?.['document']).toMatchObject({ source: file, format: 'rss', title: '样报', entries: 2 });
    expect(document?.['document']?.['charset']).toMatchObject({ declared: 'gb2312', used: 'utf-8' });
    expect(first?.['entry']).toMatchObject({
      source: file,
      guid: 'g1',
      title: '合肥新添三条地铁线',
      link: 'https://news.example/1.html',
      published: '2026-06-01T08:30:00+08:00',
      authors: ['张样'],
      dateline: { place: '合肥', date: '2026-06-01' },
      relevant: true,
      decision: 'kept',
      lead: true,
      script: 'hans',
    });
    expect(JSON.stringify(first?.['entry']?.['regions'])).toContain('"340100"');
    expect(second?.['entry']).toMatchObject({
      link: 'https://news.example/2.html',
      relevant: false,
      decision: 'dropped',
      published: null,
    });
  });

  it('stops after parsing when asked', async () => {
    const file = join(folder, 'feed2.xml');
    await writeFile(file, FEED);
    const rows = lines((await run('try', '--json', '--stage', 'parse', file)).out);
    expect(rows.map((row) => Object.keys(row)[0])).toEqual(['document', 'item', 'item']);
    expect(Object.keys(rows[1]?.['item'] ?? {}).sort()).toEqual(
      [
        'authors',
        'categories',
        'content',
        'enclosures',
        'guid',
        'id',
        'link',
        'published',
        'summary',
        'title',
        'updated',
      ].sort(),
    );
  });

  it('gives an error object for what it cannot read, goes on, and exits with 1', async () => {
    const file = join(folder, 'feed3.xml');
    await writeFile(file, FEED);
    const page = join(folder, 'page.html');
    await writeFile(
      page,
      '<html><head><title>登录</title></head><body><form><input type="password"></form></body></html>',
    );
    const { code, out } = await run('try', '--json', page, join(folder, 'none.xml'), file);
    expect(code).toBe(1);
    const rows = lines(out);
    expect(rows.map((row) => Object.keys(row)[0])).toEqual(['error', 'error', 'document', 'entry', 'entry']);
    expect(rows[0]?.['error']).toMatchObject({ source: page, stage: 'select' });
    expect(rows[1]?.['error']).toMatchObject({
      stage: 'read',
      message: expect.stringContaining('no such file') as string,
    });
  });

  it('takes items, keeps their ids, and folds the copy in the other script into one story', async () => {
    const body =
      '合肥市今天公布一批城市更新项目，涉及老旧小区、公园和道路，计划年内全部开工建设，工程分三期实施，市民可以在网上查看进度。';
    const hant =
      '合肥市今天公布一批城市更新項目，涉及老舊小區、公園和道路，計劃年內全部開工建設，工程分三期實施，市民可以在網上查看進度。';
    const file = join(folder, 'items.jsonl');
    await writeFile(
      file,
      [
        JSON.stringify({ id: 'one', title: '合肥公布更新项目', content: body }),
        '',
        JSON.stringify({ id: 'two', title: '合肥公布更新項目', content: hant, source: 'mirror' }),
      ].join('\n'),
    );
    const rows = lines((await run('try', '--json', '--items', file)).out);
    const entries = rows.map((row) => row['entry'] ?? {});
    expect(entries.map(({ id, decision, script }) => [id, decision, script])).toEqual([
      ['one', 'kept', 'hans'],
      ['two', 'merged', 'hant'],
    ]);
    expect(entries[0]?.['story']).toBe(entries[1]?.['story']);
    expect(entries.filter((entry) => entry['lead'])).toHaveLength(1);
  });

  it('names the line of an item that is none', async () => {
    const file = join(folder, 'bad.jsonl');
    await writeFile(file, '{"id": "a"}\n{"title": "no id"}\n');
    const { code, err } = await run('try', '--items', file);
    expect(code).toBe(2);
    expect(err).toContain('bad.jsonl:2: expected `id`');
  });

  it('tells people what each stage did', async () => {
    const file = join(folder, 'feed4.xml');
    await writeFile(file, FEED);
    const { out } = await run('try', file);
    expect(out).toContain('● 合肥新添三条地铁线');
    expect(out).toContain('2026-06-01T08:30:00+08:00');
    expect(out).toMatch(/合肥市 340100/);
  });
});

describe('deltawire poll and explain', () => {
  it('say plainly that no daemon runs, and that nothing is stored', async () => {
    const poll = await run('poll', '--all');
    expect(poll).toMatchObject({ code: 1, err: expect.stringContaining('no daemon answers') as string });
    expect((await run('poll')).code).toBe(2);
    const explain = await run('explain', 'nothing');
    expect(explain).toMatchObject({ code: 1, err: expect.stringContaining('no data folder') as string });
  });
});

/** On the home page, in stories, and as PNG. */
async function showsPictures(base: string): Promise<void> {
  let addresses: string[] = [];
  const look = async () => {
    const home = await (await fetch(base)).text();
    addresses = [...home.matchAll(/<img src="([^"]+\/image\/[^"]+)"/g)].map(([, address = '']) => address);
    return addresses.length >= 5;
  };
  await until(look, 'pictures on the home page', 60_000);
  const picture = await fetch(new URL(addresses[0] ?? '', base));
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(
    Buffer.from(await picture.arrayBuffer())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
}

async function showsWithdrawn(base: string): Promise<void> {
  let stories: string[] = [];
  const look = async () => {
    const ledger = await (await fetch(`${base}/api/ledger?code=operator.withdraw`)).json();
    stories = (ledger as { rows: { story: string }[] }).rows.map(({ story }) => story);
    return stories.length > 0;
  };
  await until(look, 'a withdrawn story', 60_000);
  expect(new Set(stories).size).toBe(1);
  const page = await fetch(`${base}/stories/${stories[0]}`, { headers: { accept: 'text/html' } });
  expect(await page.text()).toContain('action="/api/story/publish"');
  const served = async () => (await fetch(`${base}/feeds/delta.json?limit=500`)).text();
  await until(async () => !(await served()).includes(stories[0] ?? ''), 'the feed without it');
}

describe('deltawire demo', () => {
  it('brings regional stories with pictures, one of them withdrawn, and leaves nothing behind', async () => {
    const temporary = join(folder, 'tmp');
    await cp(join(folder, 'config'), temporary, { recursive: true });
    const env = { PATH: process.env['PATH'] ?? '', TMPDIR: temporary, DELTAWIRE_PORT: '0' };
    const child = spawn(process.execPath, [join(ROOT, 'bin/deltawire.js'), 'demo'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const began = Date.now();
    try {
      let titles: string[] = [];
      let base = '';
      while (titles.length < 20 && Date.now() - began < 200_000) {
        await new Promise((done) => setTimeout(done, 200));
        base = /http:\/\/127\.0\.0\.1:\d+(?=\/feeds)/.exec(out)?.[0] ?? '';
        if (base === '') continue;
        const feed = (await (await fetch(`${base}/feeds/delta.json`)).json()) as { items: { title: string }[] };
        titles = feed.items.map((item) => item.title);
      }
      expect(titles.length).toBeGreaterThanOrEqual(20);
      expect(titles.join('')).not.toMatch(/\ufffd|\?{3}/);
      await showsPictures(base);
      await showsWithdrawn(base);
    } finally {
      child.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
    expect((await readdir(temporary)).filter((name) => name.startsWith('deltawire-demo'))).toEqual([]);
  });

  it('that others can reach makes up a login for its desk', async () => {
    const env = { PATH: process.env['PATH'] ?? '', DELTAWIRE_PORT: '0', DELTAWIRE_HOST: '0.0.0.0' };
    const child = spawn(process.execPath, [join(ROOT, 'bin/deltawire.js'), 'demo'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    try {
      await until(() => out.includes('Ctrl-C'), 'the demo to start');
      const port = /:(\d+)\/status/.exec(out)?.[1];
      const [, user, password] = /Login +(\S+) \/ (\S+)/.exec(out) ?? [];
      const ask = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/status`, { headers });
      expect((await ask({})).status).toBe(401);
      expect((await ask({ authorization: `Basic ${btoa(`${user}:${password}`)}` })).status).toBe(200);
    } finally {
      child.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
  });
});
