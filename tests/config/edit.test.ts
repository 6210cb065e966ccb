import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appendSources, maskSecrets, setEnabled, sourceBlock, writeBlock } from '../../src/config/files/edit.ts';
import { readConfigText, saveConfigText } from '../../src/config/files/save.ts';

const BLOCKS = `# 文件头
sources:
  # 甲
  - id: a   # 标识
    url: https://a.example/rss
    keep: [ 合肥,  芜湖 ]

  - {id: b, url: "https://b.example/rss"}   # 一行
  - url: https://c.example/rss
    id: c
    enabled: false   # 暂停了
  - id: d
    url: https://d.example/rss
    enabled:
# 尾
`;

describe('setEnabled', () => {
  test.each([
    ['adds the key under the id', 'a', false, '  - id: a   # 标识\n', '  - id: a   # 标识\n    enabled: false\n'],
    ['adds it within braces', 'b', false, '{id: b,', '{id: b, enabled: false,'],
    ['changes the value and keeps its comment', 'c', true, 'enabled: false   # 暂停了', 'enabled: true   # 暂停了'],
    ['fills an empty value', 'd', false, '    enabled:\n', '    enabled: false\n'],
  ])('%s', (_name, id, enabled, from, to) => {
    expect(setEnabled(BLOCKS, [id], enabled)).toEqual({ text: BLOCKS.replace(from, to), left: [] });
  });

  test('keeps Windows newlines', () => {
    const text = BLOCKS.replaceAll('\n', '\r\n');
    expect(setEnabled(text, ['a'], false).text).toBe(text.replace('# 标识\r\n', '# 标识\r\n    enabled: false\r\n'));
  });

  test.each([
    ['no such source', BLOCKS, 'z'],
    ['an alias', 'x: &x false\nsources:\n  - id: a\n    url: https://a.example\n    enabled: *x\n', 'a'],
    ['no list', 'sources: 3\n', 'a'],
    ['no YAML', 'sources: [', 'a'],
    ['nothing', '', 'a'],
  ])('refuses %s', (_name, text, id) => {
    expect(setEnabled(text, [id], true)).toEqual({ text, left: [id] });
  });
});

test('setEnabled changes many at once, and tells which only a person can change', () => {
  const text = `x: &x true\n${BLOCKS.replace('# 尾', '  - {id: e, url: "https://e.example", enabled: *x}\n# 尾')}`;
  const { text: changed, left } = setEnabled(text, ['a', 'e', 'c', 'z', 'b'], false);
  expect(left).toEqual(['e', 'z']);
  expect(changed).toBe(
    text.replace('# 标识\n', '# 标识\n    enabled: false\n').replace('{id: b,', '{id: b, enabled: false,'),
  );
});

describe('sourceBlock', () => {
  test.each([
    ['a', 4, ['  - id: a   # 标识', '    url: https://a.example/rss', '    keep: [ 合肥,  芜湖 ]']],
    ['b', 8, ['  - {id: b, url: "https://b.example/rss"}   # 一行']],
    ['c', 9, ['  - url: https://c.example/rss', '    id: c', '    enabled: false   # 暂停了']],
  ])('%s', (id, first, lines) => {
    expect(sourceBlock(BLOCKS, id)).toEqual({ first, lines });
  });

  test('is null where there is none', () => expect(sourceBlock(BLOCKS, 'z')).toBeNull());
});

test('maskSecrets hides what may be secret and nothing else', () => {
  const lines = [
    '  - id: a',
    '    proxy: http://user:pass@proxy.example:80',
    '    headers:',
    '      Cookie: session=12345',
    '      # 说明',
    '    note: 备注',
    '  - {id: b, headers: {Authorization: Bearer 12345}, note: 甲}',
    '  admin: ops:12345',
    '  webhook: https://hook.example/12345',
  ];
  const shown = maskSecrets(lines);
  expect(shown.join('\n')).not.toMatch(/12345|pass@/);
  expect(shown[5]).toBe('    note: 备注');
  expect(shown[3]).toBe('      Cookie: •••');
  expect(shown[6]).toContain('note: 甲');
});

describe('appendSources', () => {
  const ENDING = BLOCKS.replace('enabled:\n', 'trust: 5\n');
  const fresh = { id: 'n', name: '新: "报"', url: 'https://n.example/rss' };
  const block = '  - id: n\n    name: "新: \\"报\\""\n    url: https://n.example/rss';
  test.each([
    ['after the last block, before what follows', ENDING, ENDING.replace('trust: 5\n', `trust: 5\n\n${block}\n`)],
    ['to an empty list', '# x\nsources: []  # y\n', `# x\nsources:   # y\n${block}\n`],
    ['to a list of nothing', 'sources:\n', `sources:\n${block}\n`],
    ['to an empty file', '', `sources:\n${block}\n`],
    ['without indent', 'sources:\n- id: a\n', `sources:\n- id: a\n\n${block.replaceAll(/^ {2}/gm, '')}\n`],
  ])('%s', (_name, text, expected) => {
    const changed = appendSources(text, [fresh]);
    expect(changed?.replaceAll('\'新: "报"\'', '"新: \\"报\\""')).toBe(expected);
    expect(sourceBlock(changed ?? '', 'n')).not.toBeNull();
  });

  test('refuses a list on one line', () =>
    expect(appendSources('sources: [{id: a, url: "https://a.example"}]\n', [fresh])).toBeNull());

  test('a hostile title stays one value', () => {
    const hostile = { id: 'h', name: 'x\n  - id: evil\n    url: https://evil.example # ', url: 'https://h.example' };
    const changed = appendSources(BLOCKS, [hostile]) ?? '';
    expect(sourceBlock(changed, 'evil')).toBeNull();
    expect(writeBlock(hostile)).toContain('id: h');
  });
});

describe('saveConfigText', () => {
  async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'deltawire-save-'));
    try {
      await use(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  test('replaces the file, keeps its mode and the old one', () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, 'sources.yaml'), BLOCKS, { mode: 0o640 });
      const { hash } = await readConfigText(folder, 'sources.yaml');
      const saved = await saveConfigText(folder, 'sources.yaml', 'sources: []\n', hash, Date.UTC(2026, 0, 2, 3, 4, 5));
      expect(saved).toMatchObject({ ok: true, backup: 'backups/sources-20260102-030405.000.yaml' });
      expect(await readFile(join(folder, 'sources.yaml'), 'utf8')).toBe('sources: []\n');
      expect((await stat(join(folder, 'sources.yaml'))).mode & 0o777).toBe(0o640);
      expect(await readFile(join(folder, 'backups/sources-20260102-030405.000.yaml'), 'utf8')).toBe(BLOCKS);
      expect((await readdir(folder)).sort()).toEqual(['backups', 'sources.yaml']);
    }));

  test('refuses where someone else was first, also of two at once', () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, 'regions.yaml'), 'groups: {}\n');
      const { hash } = await readConfigText(folder, 'regions.yaml');
      const both = await Promise.all(
        ['terms: []\n', 'exclusions: []\n'].map((text) => saveConfigText(folder, 'regions.yaml', text, hash, 0)),
      );
      expect(both.map(({ ok }) => ok)).toEqual([true, false]);
      expect(await readFile(join(folder, 'regions.yaml'), 'utf8')).toBe('terms: []\n');
    }));

  test('follows a link and leaves it one', () =>
    inFolder(async (folder) => {
      await writeFile(join(folder, 'real'), BLOCKS);
      await symlink(join(folder, 'real'), join(folder, 'sources.yaml'));
      const { hash } = await readConfigText(folder, 'sources.yaml');
      expect((await saveConfigText(folder, 'sources.yaml', 'sources: []\n', hash, 0)).ok).toBe(true);
      expect(await readFile(join(folder, 'real'), 'utf8')).toBe('sources: []\n');
    }));

  test('says what failed', async () => {
    const { hash } = await readConfigText('/nowhere', 'sources.yaml');
    expect(await saveConfigText('/nowhere', 'sources.yaml', 'x', hash, 0)).toMatchObject({
      ok: false,
      reason: 'failed',
    });
  });
});
