import { say } from '../../src/reasons/render.ts';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanItem } from '../../src/clean/clean.ts';
import type { RawItem } from '../../src/model/feed.ts';

const FIXTURES = new URL('../fixtures/clean/pages/', import.meta.url);
const GOLDEN = '../golden/clean/pages/';

function rawOf(name: string, content: string): RawItem {
  return {
    id: name,
    guid: null,
    title: '',
    link: `https://news.example.com/${name}`,
    summary: null,
    content,
    authors: [],
    published: null,
    updated: null,
    categories: [],
    enclosures: [],
    image: null,
    language: null,
    outlet: null,
    repairs: [],
  };
}

/** What people look at in an entry, times in Shanghai. */
function show(name: string): string {
  const content = readFileSync(new URL(name, FIXTURES), 'utf8');
  const { entry, removed, nonEntry } = cleanItem(rawOf(name, content), {
    source: 's',
    timezone: 'Asia/Shanghai',
    baseUrl: null,
  });
  const published =
    entry.published === null
      ? null
      : new Date(entry.published + 8 * 3_600_000).toISOString().replace('.000Z', '+08:00');
  return `${JSON.stringify(
    {
      title: entry.title,
      published,
      outlet: entry.outlet,
      authors: entry.authors,
      editor: entry.editor,
      dateline: entry.dateline,
      script: entry.script,
      nonEntry,
      repairs: entry.repairs.map((repair) => say(repair, 'en')),
      text: entry.text.split('\n'),
      content: entry.content.split('\n'),
      removed: removed.map((one) => `${one.rule}: ${one.text.slice(0, 60)}`),
    },
    null,
    2,
  )}\n`;
}

describe('pages of the usual layouts', () => {
  it.each(readdirSync(FIXTURES).sort())('%s', async (name) => {
    await expect(show(name)).toMatchFileSnapshot(`${GOLDEN}${name}.json`);
  });
});
