/** Addresses, languages and media types from outside come out fit for a feed, or not at all. */
import { describe, expect, test } from 'vitest';
import { languageTag, mediaType, urnPart, webAddress } from '../../src/publish/fieldvalues.ts';

describe('webAddress', () => {
  test.each([
    ['https://x.example/a?b=c&d#e', 'https://x.example/a?b=c&d#e'],
    ['  HTTP://X.Example:80/a/../b ', 'http://x.example/b'],
    ['https://例子.example/路?查=值', 'https://xn--fsqu00a.example/%E8%B7%AF?%E6%9F%A5=%E5%80%BC'],
    ['https://x.example/{a}|[b]^`', 'https://x.example/%7Ba%7D%7C%5Bb%5D%5E%60'],
    ['https://x.example/?q={a}|[b]^`%zz%', 'https://x.example/?q=%7Ba%7D%7C%5Bb%5D%5E%60%25zz%25'],
    ['https://user:secret@x.example/a', 'https://x.example/a'],
    ['https://127.0.0.1:8480/feeds', 'https://127.0.0.1:8480/feeds'],
    ['javascript:alert(1)', null],
    ['data:text/plain,x', null],
    ['ftp://x.example/', null],
    ['//x.example/', null],
    ['/a', null],
    ['http://', null],
    ['https://x.example:99999/', null],
    [`https://x.example/${'a'.repeat(8000)}`, null],
    ['', null],
    [null, null],
    [undefined, null],
  ])('%j → %j', (text, expected) => {
    expect(webAddress(text)).toBe(expected);
    expect(webAddress(webAddress(text))).toBe(expected);
  });
});

describe('languageTag', () => {
  test.each([
    ['zh-cn', 'zh-CN'],
    ['zh_TW', 'zh-TW'],
    ['ZH-hans-cn', 'zh-Hans-CN'],
    ['en', 'en'],
    ['xx', null],
    ['chinese', null],
    ['zh-', null],
    ['"><x', null],
    ['', null],
    [null, null],
  ])('%j → %j', (text, expected) => {
    expect(languageTag(text)).toBe(expected);
  });
});

describe('mediaType', () => {
  test.each([
    ['Audio/MPEG; charset=binary', 'https://x.example/a', 'audio/mpeg'],
    [null, 'https://x.example/a.JPG?x=y.mp3', 'image/jpeg'],
    ['image', 'https://x.example/a.mp4', 'video/mp4'],
    ['"><x', 'https://x.example/a', 'application/octet-stream'],
  ])('%j of %s → %s', (stated, address, expected) => {
    expect(mediaType(stated, address)).toBe(expected);
  });
});

test('urnPart keeps distinct ids distinct and in ASCII', () => {
  expect(urnPart('a-b_c.1')).toBe('a-b_c.1');
  expect(urnPart("故~!*'()/")).toBe('%E6%95%85%7E%21%2A%27%28%29%2F');
  expect(urnPart('\ud800')).toBe('%EF%BF%BD');
});
