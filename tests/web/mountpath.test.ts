import { expect, test } from 'vitest';
import { mountPath, withoutMount } from '../../src/web/http/mountpath.ts';

test.each([
  [null, ''],
  ['https://news.example', ''],
  ['https://news.example/', ''],
  ['https://news.example/wire/', '/wire'],
  ['https://news.example/a/b', '/a/b'],
])('%s lies under "%s"', (baseUrl, path) => {
  expect(mountPath({ baseUrl })).toBe(path);
});

test.each([
  ['/news/feeds/delta.rss?q=a', '/news', '/feeds/delta.rss?q=a'],
  ['/feeds/delta.rss', '/news', '/feeds/delta.rss'],
  ['/news', '/news', '/'],
  ['/news?lang=en', '/news', '/?lang=en'],
  ['/newspaper', '/news', '/newspaper'],
  ['/feeds/delta.rss', '/feeds', '/feeds/delta.rss'],
  ['/feeds/feeds/delta.rss', '/feeds', '/feeds/delta.rss'],
  ['/feeds/', '/feeds', '/'],
  ['/status', '', '/status'],
])('%s under "%s" is %s', (target, mount, inside) => {
  expect(withoutMount(target, mount)).toBe(inside);
});
