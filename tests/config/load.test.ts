/** Config files and environment become one frozen Config: defaults, precedence, conversions, versions. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { showFault } from '../../src/config/yaml/fault.ts';
import { loadConfig, noChecks } from '../../src/config/files/load.ts';
import type { Config, Fault } from '../../src/model/config.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-config-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const load = (env: NodeJS.ProcessEnv = {}) => loadConfig(folder, env, noChecks, 1_700_000_000_000);

async function good(env: NodeJS.ProcessEnv = {}): Promise<Config> {
  const result = await load(env);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.config;
}

async function faults(): Promise<readonly Fault[]> {
  const result = await load();
  return result.ok ? [] : result.faults;
}

describe('defaults', () => {
  test('of a source with only id and url', async () => {
    await write('sources.yaml', 'sources:\n\n  - id: a\n    url: http://x.cn/rss\n');
    const config = await good();
    expect(config.sources).toEqual([
      {
        id: 'a',
        name: 'a',
        url: 'http://x.cn/rss',
        kind: 'auto',
        schedule: 'auto',
        region: null,
        trust: 50,
        encoding: null,
        timezone: 'Asia/Shanghai',
        formerly: [],
        identity: 'auto',
        clock: 'auto',
        tls: 'verify',
        fullText: false,
        select: null,
        keep: [],
        drop: [],
        headers: {},
        proxy: null,
        referer: 'none',
        quotas: null,
        enabled: true,
        note: null,
        group: null,
        at: { file: 'sources.yaml', line: 3 },
      },
    ]);
  });

  test('of files that are not there', async () => {
    await write('sources.yaml', 'sources: []\n');
    const config = await good();
    expect(config.editions.map(({ id, regions }) => [id, ...regions])).toEqual([
      ['delta', '长三角'],
      ['anhui', '安徽省'],
      ['shanghai', '上海市'],
      ['jiangsu', '江苏省'],
      ['zhejiang', '浙江省'],
    ]);
    expect(config.regions).toEqual({
      groups: { 长三角: ['上海市', '江苏省', '浙江省', '安徽省'] },
      home: ['310000', '320000', '330000', '340000'],
      terms: [],
      exclusions: [],
    });
    expect(config.settings).toEqual({
      server: {
        host: '127.0.0.1',
        port: 8480,
        baseUrl: null,
        admin: null,
        trustedProxies: [],
        behindProxy: false,
        imageProxy: false,
      },
      rsshub: null,
      fetch: {
        timeoutMs: 20_000,
        maxBytes: 10_485_760,
        maxRedirects: 5,
        concurrency: 20,
        perHostConcurrency: 1,
        perHostIntervalMs: 1500,
        paceBy: 'host',
        retryAfter: 'host',
        allowAddresses: [],
        allowPorts: [],
        allowUserinfo: false,
      },
      threads: { count: null, timeoutMs: 2_000 },
      stories: { nearDays: 5, exactDays: 30 },
      quotas: { newPerPoll: 500, newPerDay: 3000, entries: 10_000, bytes: 67_108_864 },
      retention: { entriesDays: 90, entriesCount: 100_000, ledgerDays: 90, ledgerCount: 200_000, rawDays: 30 },
      push: { hub: 'own' },
      alerts: { staleAfterMs: null, webhook: null, format: 'auto', secret: null, language: 'zh' },
    });
    expect(config).toMatchObject({ folder, loadedAt: 1_700_000_000_000 });
  });

  test('of keys with nothing after them', async () => {
    await write(
      'sources.yaml',
      'sources:\n  - {id: a, url: "http://x.cn/", keep: , headers: , select: {item: li, title: }, kind: page}\n',
    );
    await write('settings.yaml', 'server:\nfetch:\n  concurrency:\nretention:\n  entries:\n');
    await write('regions.yaml', 'groups:\nterms:\n# none\n');
    await write('editions.yaml', '# none yet\n');
    const config = await good();
    expect(config.sources[0]).toMatchObject({ keep: [], headers: {}, select: { item: 'li' } });
    expect(config.settings.fetch.concurrency).toBe(20);
    expect(config.settings.retention.entriesDays).toBe(90);
    expect(config.editions[0]?.id).toBe('delta');
  });
});

describe('values', () => {
  test('a benchmark config in flow style', async () => {
    await write(
      'sources.yaml',
      'sources:\n  - {id: bench-0, name: 测试源 0, url: "http://127.0.0.1:1/feed/0.xml", kind: feed, schedule: "0 0 1 1 *"}\n',
    );
    await write(
      'settings.yaml',
      'fetch:\n  allowAddresses: ["127.0.0.0/8"]\n  concurrency: 20\n  perHostConcurrency: 20\n  perHostIntervalMs: 0\n',
    );
    const config = await good();
    expect(config.sources[0]).toMatchObject({ id: 'bench-0', name: '测试源 0', schedule: '0 0 1 1 *' });
    expect(config.settings.fetch).toMatchObject({
      allowAddresses: ['127.0.0.0/8'],
      perHostConcurrency: 20,
      perHostIntervalMs: 0,
    });
  });

  test.each([
    ['90m', 5_400_000],
    ['36h', 129_600_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
    ['1.5h', 5_400_000],
  ])('the duration %s', async (text, ms) => {
    await write('sources.yaml', 'sources: []\n');
    await write('editions.yaml', `editions:\n  - {id: a, maxAge: ${text}}\n`);
    await write('settings.yaml', `alerts: {staleAfter: ${text}}\n`);
    const config = await good();
    expect(config.editions[0]?.maxAgeMs).toBe(ms);
    expect(config.settings.alerts.staleAfterMs).toBe(ms);
  });

  test('codes that YAML reads as numbers, groups over the built-in ones', async () => {
    await write('sources.yaml', 'sources:\n  - {id: a, url: "rsshub://zjol/paper/zjrb", region: 340100}\n');
    await write('editions.yaml', 'editions:\n  - {id: a, regions: [340000, 长三角]}\n');
    await write('regions.yaml', 'groups:\n  甲: [340100, 芜湖市]\n  长三角: [安徽省]\n');
    const config = await good();
    expect(config.sources[0]?.region).toBe('340100');
    expect(config.editions[0]?.regions).toEqual(['340000', '长三角']);
    expect(config.regions.groups).toEqual({ 长三角: ['安徽省'], 甲: ['340100', '芜湖市'] });
  });

  test('rules, selectors and a block shared by an anchor and a merge key', async () => {
    await write(
      'sources.yaml',
      'sources:\n  - &base\n    id: a\n    url: http://x.cn/\n    headers: &h {X-Key: "1"}\n    drop: [招聘, {title: /^广告/, link: /ad/}]\n' +
        '  - <<: *base\n    id: b\n    kind: page\n    select: {item: li}\n    headers: *h\n',
    );
    const [, second] = (await good()).sources;
    expect(second).toMatchObject({
      id: 'b',
      url: 'http://x.cn/',
      headers: { 'X-Key': '1' },
      drop: ['招聘', { title: '/^广告/', link: '/ad/' }],
      select: { item: 'li' },
      at: { line: 7 },
    });
  });

  test('three thousand sources that share an anchor', async () => {
    const blocks = Array.from({ length: 3000 }, (_, i) => `  - {id: s${i}, url: "http://x.cn/${i}", headers: *h}\n`);
    await write('sources.yaml', `sources:\n  - {id: a, url: "http://x.cn/", headers: &h {X: y}}\n${blocks.join('')}`);
    const { sources } = await good();
    expect(sources.at(-1)).toMatchObject({ id: 's2999', headers: { X: 'y' }, at: { line: 3002 } });
  });

  test('a UTF-8 byte order mark and CRLF', async () => {
    await write('sources.yaml', '\ufeffsources:\r\n  - id: a\r\n    url: http://x.cn/\r\n    name: 合肥\r\n');
    expect((await good()).sources[0]).toMatchObject({ name: '合肥', at: { line: 2 } });
  });

  test('the environment beats settings.yaml', async () => {
    await write('sources.yaml', 'sources: []\n');
    await write('settings.yaml', 'server: {host: 10.0.0.1, port: 1, baseUrl: "http://a.cn/", admin: "a:b"}\n');
    const own = (await good()).settings.server;
    expect(own).toMatchObject({
      host: '10.0.0.1',
      port: 1,
      baseUrl: 'http://a.cn',
      admin: { user: 'a', password: 'b' },
      trustedProxies: [],
      behindProxy: false,
    });
    const { server } = (
      await good({
        DELTAWIRE_HOST: '::1',
        DELTAWIRE_PORT: '0',
        DELTAWIRE_BASE_URL: 'https://b.cn/x/',
        DELTAWIRE_ADMIN: 'c:d:e',
        DELTAWIRE_BEHIND_PROXY: 'true',
      })
    ).settings;
    expect(server).toMatchObject({
      host: '::1',
      port: 0,
      baseUrl: 'https://b.cn/x',
      admin: { user: 'c', password: 'd:e' },
      behindProxy: true,
    });
    expect((await good({ DELTAWIRE_PORT: '' })).settings.server.port).toBe(1);
  });
});

describe('a Config', () => {
  test('is frozen all the way down', async () => {
    await write('sources.yaml', 'sources:\n  - {id: a, url: "http://x.cn/", drop: [{title: x}], headers: {X: y}}\n');
    const config = await good();
    const loose: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      if (!Object.isFrozen(value)) loose.push(path);
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}.${key}`);
    };
    walk(config, 'config');
    expect(loose).toEqual([]);
  });

  test('has a version that follows the bytes of the four files alone', async () => {
    await write('sources.yaml', 'sources: []\n');
    const first = (await good()).version;
    expect(first).toMatch(/^[0-9a-f]{12}$/);
    await write('notes.txt', 'x');
    expect((await good()).version).toBe(first);
    await write('sources.yaml', 'sources: [] # x\n');
    const second = (await good()).version;
    expect(second).not.toBe(first);
    await write('settings.yaml', '');
    expect((await good()).version).not.toBe(second);
  });
});

describe('files that cannot be read', () => {
  const shown = (found: readonly Fault[]) => found.map((fault) => showFault(fault, 'en'));

  test('no sources.yaml', async () => {
    expect(shown(await faults())).toEqual([
      `sources.yaml:1:1: the file is not in \`${folder}\`: write it, with \`sources:\` and a list of sources under it`,
    ]);
  });

  test('no folder', async () => {
    const result = await loadConfig(join(folder, 'none'), {}, noChecks, 0);
    expect(result.ok ? [] : shown(result.faults)).toEqual([
      `sources.yaml:1:1: the config folder \`${folder}/none\` is not there or cannot be read: \`deltawire init ${folder}/none\` writes one, or pass --config`,
    ]);
  });

  test('a file with a near name', async () => {
    await write('source.yml', 'sources: []\n');
    expect(shown(await faults())).toContain(
      'source.yml:1:1: the file `source.yml` is not read – did you mean `sources.yaml`?',
    );
  });

  test('a pipe in place of a file, which nobody writes to', async () => {
    execFileSync('mkfifo', [join(folder, 'settings.yaml')]);
    await write('sources.yaml', 'sources: []\n');
    await write('editions.yaml', 'editions: [{id: all}]\n');
    expect(shown(await faults())).toEqual([
      'settings.yaml:1:1: the file cannot be read: it is a pipe: put a file in its place',
    ]);
  });

  test('a folder, a dead link and a link to itself in place of files', async () => {
    await write('sources.yaml', 'sources: []\n');
    await mkdir(join(folder, 'settings.yaml'));
    await symlink(join(folder, 'nowhere'), join(folder, 'regions.yaml'));
    await symlink('editions.yaml', join(folder, 'editions.yaml'));
    expect(shown(await faults())).toEqual([
      'editions.yaml:1:1: the file cannot be read: its symbolic links go in a circle: mend them',
      'regions.yaml:1:1: the file cannot be read: its symbolic link leads nowhere: mend it',
      'settings.yaml:1:1: the file cannot be read: it is a folder: put a file in its place',
    ]);
  });
});
