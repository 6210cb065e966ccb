/** Every faulty config says file, line, column, what was found and what to write instead; all faults come at once. */
import { describe, expect, test } from 'vitest';
import { CONFIG_CHECKS } from '../../src/pipeline/checks.ts';
import { buildConfig } from '../../src/config/build.ts';
import type { Fault } from '../../src/model/config.ts';
import type { Language } from '../../src/reasons/language.ts';
import { say } from '../../src/reasons/render.ts';
import type { FileName } from '../../src/config/filenames.ts';
import { englishIn, TYPED } from '../support/reasons.ts';
import { CASES } from './faulty.ts';
import { ENCODED_CASES } from './encoded.ts';

function faultsOf(files: Readonly<Partial<Record<FileName, string | Uint8Array>>>, env: NodeJS.ProcessEnv = {}) {
  const all = { 'sources.yaml': 'sources: []\n', ...files };
  const bytes = new Map(
    Object.entries(all).map(([name, text]) => [
      name as FileName,
      typeof text === 'string' ? new TextEncoder().encode(text) : text,
    ]),
  );
  const result = buildConfig(bytes, 'config', env, CONFIG_CHECKS, 0);
  return result.ok ? [] : result.faults;
}

const messageOf = (fault: Fault | undefined, language: Language = 'en') =>
  fault === undefined ? '' : say(fault.why, language);

describe('one fault and its place', () => {
  test.each(CASES)('$name', ({ files, env, faults }) => {
    const found = faultsOf(files, env);
    expect(found.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual(faults.map(([at]) => at));
    for (const [index, [, fragment]] of faults.entries()) expect(messageOf(found[index])).toContain(fragment);
  });

  test.each(CASES)('$name: the message shows what stands there and what to write', ({ files, env }) => {
    for (const message of faultsOf(files, env).map((fault) => messageOf(fault))) {
      expect(message).toMatch(
        /`[^`]+`|"[^"]+"|not shown|file is empty|file holds|this item|this block|a (?:tab|quote|text|value|line|key|space)|ideographic/,
      );
      expect(message).toMatch(
        /\b(?:write|expected|did you mean|use|choose|keep|remove|close|put|begin|copy|run|add|known here|prints|cannot|such as|change|check|give|at most)\b/,
      );
      expect(message.length).toBeLessThan(400);
    }
  });

  test.each(CASES)('$name: in Chinese there is no English', ({ files, env }) => {
    for (const message of faultsOf(files, env).map((fault) => messageOf(fault, 'zh'))) {
      expect(message).toMatch(/[\u4e00-\u9fff]{2}/);
      expect(englishIn(message)).toEqual([]);
      expect(message.replaceAll(TYPED, '…')).not.toMatch(/[，：；。]{2}|undefined|\?/);
    }
  });

  test('the table holds at least forty faulty configs', () => {
    expect(new Set(CASES.map(({ name }) => name)).size).toBeGreaterThanOrEqual(40);
  });
});

describe('bytes that are no YAML text', () => {
  test.each(ENCODED_CASES)('$name', ({ bytes, at, fragment }) => {
    const [fault, ...more] = faultsOf({ 'sources.yaml': bytes() });
    expect(more).toEqual([]);
    expect(`${fault?.line}:${fault?.column}`).toMatch(new RegExp(`^${at}$`));
    expect(messageOf(fault)).toContain(fragment);
  });
});

describe('all faults at once', () => {
  test('of every file, sorted by file and line', () => {
    const found = faultsOf(
      {
        'sources.yaml': 'sources:\n  - {id: a, url: "ftp://x/"}\n  - {id: a, url: "http://x/", schedul: auto}\n',
        'editions.yaml': 'editions:\n  - {id: x, sources: [b, a], regions: [合服市]}\n',
        'regions.yaml': 'groups:\n  甲: [乙]\n  乙: [甲]\n',
        'settings.yaml': 'server:\n  port: 70000\nfetch:\n\tx: 1\n',
      },
      { DELTAWIRE_PORT: 'x' },
    );
    expect(found.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([
      'editions.yaml:2:23',
      'editions.yaml:2:40',
      'environment:1:1',
      'regions.yaml:3:7',
      'settings.yaml:2:9',
      'settings.yaml:4:1',
      'sources.yaml:2:18',
      'sources.yaml:3:10',
      'sources.yaml:3:31',
    ]);
  });

  test('a broken file hides no fault of another and is not blamed for what cannot be read', () => {
    const found = faultsOf({
      'sources.yaml': 'sources:\n  - id: a\n    kind: fed\n    url: http://x/\n  - id: "b\n',
      'editions.yaml': 'editions:\n  - {id: x, sources: [nowhere], size: 0}\n',
    });
    expect(found.map((fault) => `${fault.file}:${fault.line} ${messageOf(fault)}`)).toEqual([
      expect.stringMatching(/^editions\.yaml:2 `size` is the number `0`/),
      expect.stringMatching(/^sources\.yaml:3 `kind` is `fed` – did you mean `feed`\?/),
      expect.stringMatching(/^sources\.yaml:5 a text in double quotes is not closed/),
    ]);
  });
});

describe('secrets', () => {
  const secret = 'Kx9-geheim';
  const files: readonly Partial<Record<FileName, string>>[] = [
    { 'settings.yaml': `server:\n  admin: ${secret}\n` },
    { 'settings.yaml': `server:\n  admin: [${secret}]\n` },
    { 'settings.yaml': `server:\n  admin:\n    ${secret} x\n   y: 1\n` },
    { 'settings.yaml': `server:\n  admin: @${secret}\n` },
    { 'settings.yaml': `server:\n  admin: ops:$scrypt$ln=15,r=8,p=3$${secret}\n` },
    { 'settings.yaml': `alerts:\n  webhook: ftp://x/${secret}\n` },
    { 'settings.yaml': `alerts:\n  secret: ${secret}\n` },
    { 'settings.yaml': `alerts:\n  secret: [${secret}]\n` },
    { 'sources.yaml': `sources:\n  - id: a\n    url: http://u:${secret}@/x\n` },
    { 'sources.yaml': `sources:\n  - id: a\n    url: htp://x/?token=${secret}\n` },
    { 'sources.yaml': `sources:\n  - id: a\n    url: http://x/\n    proxy: socks5://u:${secret}@x:1\n` },
    { 'sources.yaml': `sources:\n  - id: a\n    url: http://x/\n    headers: {Cookie: "中${secret}"}\n` },
    { 'sources.yaml': `sources:\n  - id: a\n    url: http://x/\n    headers: [${secret}]\n` },
    {
      'sources.yaml': `sources:\n  - id: a\n    url: http://x/\n    headers:\n      Authorization ${secret}\n      b: c\n`,
    },
    { 'sources.yaml': `sources:\n  - id: a\n    url: http://x/\n    headers:\n      Cookie: ${secret}: x: y\n` },
  ];
  test.each(files.map((file) => [JSON.stringify(file), file] as const))('are not told: %s', (_name, file) => {
    const found = faultsOf(file);
    expect(found.length).toBeGreaterThan(0);
    expect(JSON.stringify(found)).not.toContain('geheim');
  });

  test('of the environment are not told', () => {
    const found = faultsOf({}, { DELTAWIRE_ADMIN: secret, REDIS_URL: `rediss//u:${secret}@x` });
    expect(found).toHaveLength(2);
    expect(JSON.stringify(found)).not.toContain('geheim');
  });
});
