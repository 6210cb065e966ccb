/** What of others' texts reaches a terminal, a log or a file that is printed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { runOpmlExport } from '../../src/cli/commands/opml.ts';
import { runTry } from '../../src/cli/commands/try.ts';
import { print, printErrors } from '../../src/cli/output/exit.ts';
import { openLog } from '../../src/cli/output/log.ts';
import { escapeControls, oneLine } from '../../src/text/terminal.ts';
import { OBEYED, RAW } from '../support/terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deltawire-output-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** What `work` writes to the standard streams. */
async function written(work: () => unknown): Promise<string> {
  let text = '';
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((piece) => {
      text += String(piece);
      return true;
    });
  await work();
  vi.restoreAllMocks();
  return text;
}

describe.each(OBEYED)('%s', (_name, text) => {
  it.each([
    ['the log, as JSON', false],
    ['the log, as lines', true],
  ])('does not reach %s', (_sink, readable) => {
    const out = new PassThrough();
    const log = openLog('info', readable, out);
    log
      .child({ source: text })
      .warn({ link: `http://a.example/${text}`, error: { stack: text }, [text]: 1 }, `failed ${text}`);
    const line = String(out.read());
    expect(line).not.toMatch(RAW);
    expect(line.trimEnd()).not.toContain('\n');
    const told = readable ? text : (JSON.parse(line) as { source: string }).source;
    expect(told).toBe(text);
  });

  it('does not reach the terminal by a command or its errors', async () => {
    const shown = await written(async () => {
      await print(`  ● ${text}`);
      printErrors([`http://a.example/${text}: it is none`]);
    });
    expect(shown).not.toMatch(RAW);
    expect(shown.split('\n')).toHaveLength(3);
  });

  it('does not reach the terminal by a list of sources', async () => {
    const source = { id: 'a', url: 'https://a.example/rss', name: `样${text}报` };
    await writeFile(join(folder, 'sources.yaml'), JSON.stringify({ sources: [source] }));
    const shown = await written(() => runOpmlExport({ config: folder, editions: false, sources: true }));
    expect(shown).toContain('https://a.example/rss');
    expect(shown).not.toMatch(RAW);
  });
});

describe('a document', () => {
  it.each([false, true])('of texts that a terminal would obey does not reach it (as JSON: %j)', async (json) => {
    const file = join(folder, 'items.jsonl');
    await writeFile(join(folder, 'sources.yaml'), 'sources: []\n');
    const items = OBEYED.map(([, text], n) => ({
      id: `${n}`,
      title: `合肥${text}新闻之${n}`,
      content: `<p>${text}合肥市今天开通第${n}条公交线路。</p>`,
      url: `http://a.example/${n}/${text}`,
      source: text,
      feedTitle: text,
    }));
    await writeFile(file, items.map((item) => `${JSON.stringify(item)}\n`).join(''));
    const shown = await written(() => runTry([], { config: folder, json, items: file }));
    expect(shown.match(/新闻之\d+/g)).toHaveLength(OBEYED.length);
    expect(shown.split('\n').filter((line) => RAW.test(line))).toEqual([]);
  });
});

test('a line of JSON means the same once its controls are escaped', () => {
  const value = { all: OBEYED.map(([, text]) => text).join('合\t肥\n') };
  const line = escapeControls(JSON.stringify(value));
  expect(line).not.toMatch(RAW);
  expect(JSON.parse(line)).toEqual(value);
});

test('a text of several lines is one', () => {
  expect(oneLine('样报\r\n  ✓ rss 20 items\n\n\t完')).toBe('样报 ✓ rss 20 items 完');
});

describe('the log', () => {
  it.each([false, true])('shows no secret, whoever logs it (readable: %j)', (readable) => {
    const out = new PassThrough();
    const log = openLog('trace', readable, out);
    log.info(
      { headers: { authorization: 'geheim', Cookie: 'a=geheim', 'x-api-key': 'geheim' }, password: 'geheim' },
      'asked',
    );
    log
      .child({ url: 'http://me:geheim@a.example/?token=geheim' })
      .warn({ error: 'Authorization: Bearer geheim1' }, 'at http://a.example/?key=geheim');
    log.error(new Error('http://a.example/?sign=geheim'));
    const text = String(out.read());
    expect(text).toContain('a.example');
    expect(text).not.toContain('geheim');
  });
});
