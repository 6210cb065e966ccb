import { describe, expect, it } from 'vitest';
import type { FeedDocument } from '../../src/model/feed.ts';
import { isOtherSite, withoutErrors } from '../../src/sources/foreign.ts';
import { makeItem } from '../support/entries.ts';

const documentOf = (...titles: string[]): FeedDocument => ({
  source: 'a',
  url: 'https://bridge.example/',
  format: 'rss',
  title: null,
  link: null,
  language: null,
  charset: { declared: null, detected: null, used: 'utf-8' },
  repairs: [],
  items: titles.map((title, i) => makeItem({ id: `${i}`, title })),
  ttlMinutes: null,
  hub: null,
});

describe('withoutErrors', () => {
  it.each([
    ['Bridge returned error 500! (20642)', true],
    ['Bridge returned error 404: Not Found', true],
    ["XPathBridge was unable to receive or process the remote website's content!", true],
    ['专家谈 Bridge returned error 500 这类故障', false],
    ['合肥新桥机场恢复通航', false],
  ])('%s', (title, isError) => {
    const { document, error } = withoutErrors(documentOf(title, '芜湖天气晴'));
    expect(error).toBe(isError ? title : null);
    expect(document.items.map((item) => item.title)).toEqual(isError ? ['芜湖天气晴'] : [title, '芜湖天气晴']);
  });
});

describe('isOtherSite', () => {
  it.each([
    ['http://news.example.com.cn/rss', 'https://www.example.com.cn/feed', false],
    ['http://news.example.com.cn/rss', 'https://other.com.cn/rss', true],
    ['http://127.0.0.1:1/a', 'http://127.0.0.1:2/b', false],
  ])('%s → %s', (from, to, other) => expect(isOtherSite(from, to)).toBe(other));
});
