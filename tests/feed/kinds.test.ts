/** What a source's kind makes of what came: a feed, a page of news, or a refusal that names it. */
import { expect, test } from 'vitest';
import { kindToRead } from '../../src/sources/configured.ts';
import { read, refusal } from './documents.ts';
import { dayOf, frame, headline, list, plainPath } from './listpage/samplesite.ts';

const PAGE = frame(list(8, (n) => `<li><a href="${plainPath(n)}">${headline(n)}</a><span>${dayOf(n)}</span></li>`));
const FEED =
  '<rss version="2.0"><channel><title>t</title><item><title>a</title><link>http://x.cn/1</link></item></channel></rss>';
const NOW = Date.parse('2026-11-27T12:00:00+08:00');

test('a source of kind `auto` is a page or a feed by what comes', async () => {
  const page = await read(PAGE, { kind: 'auto', now: NOW });
  const feed = await read(FEED, { kind: 'auto' });
  expect(page).toMatchObject({
    ok: true,
    document: { format: 'page', mode: 'list', link: 'https://feed.example.cn/dir/feed.xml' },
  });
  expect(feed).toMatchObject({ ok: true, document: { format: 'rss' } });
  expect(page.ok && page.document.items.map(({ title }) => title)).toHaveLength(8);
});

test('of kind `feed` a page is refused, of kind `auto` only one without news', async () => {
  expect(await refusal(PAGE, { kind: 'feed', now: NOW })).toMatch(/got an HTML page instead of a feed/);
  expect(await refusal(frame(''), { kind: 'auto' })).toMatch(/navigation only/);
  expect(
    await refusal(frame('', { head: '<link rel="alternate" type="application/rss+xml" href="/feed">' }), {
      kind: 'auto',
    }),
  ).toMatch(/navigation only \(https:\/\/feed\.example\.cn\/feed\)/);
});

test('a source of kind `auto` that was a feed is read as one, so that a page in its place is told and is no news', () => {
  expect(kindToRead({ kind: 'auto' }, { format: null })).toBe('auto');
  expect(kindToRead({ kind: 'auto' }, { format: 'rss' })).toBe('feed');
  expect(kindToRead({ kind: 'auto' }, { format: 'page' })).toBe('auto');
  expect(kindToRead({ kind: 'page' }, { format: 'rss' })).toBe('page');
});
