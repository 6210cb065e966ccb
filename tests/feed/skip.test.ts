import { describe, expect, it } from 'vitest';
import { readSkipTimes } from '../../src/feed/dates/skip.ts';
import { readDocument } from '../../src/feed/readdocument.ts';
import { makeSource } from '../support/configs.ts';

describe('readSkipTimes', () => {
  it.each([
    ['nothing', '<rss><channel><title>a</title></channel></rss>', null],
    ['hours', '<skipHours><hour>0</hour>\n<hour> 23 </hour></skipHours>', { hours: [0, 23], days: [] }],
    ['24 for midnight, twice', '<skipHours><hour>24</hour><hour>0</hour></skipHours>', { hours: [0], days: [] }],
    ['days', '<skipDays><day>Saturday</day><day>sunday</day></skipDays>', { hours: [], days: [6, 0] }],
    ['nonsense', '<skipHours><hour>noon</hour><hour>99</hour></skipHours><skipDays><day>一</day></skipDays>', null],
    ['a list that never ends', '<skipHours><hour>1</hour>', null],
  ])('%s', (_name, xml, skip) => {
    expect(readSkipTimes(xml)).toEqual(skip);
  });
});

describe('ttl', () => {
  it.each([
    ['60', 60],
    ['1440', 1440],
    ['10080', 10_080],
    ['3600', 60],
    ['86400', 1440],
    ['1800', 30],
    ['0', null],
    ['soon', null],
  ])('of %s is %s minutes', async (ttl, minutes) => {
    const xml = `<rss version="2.0"><channel><title>a</title><ttl>${ttl}</ttl><item><title>b</title></item></channel></rss>`;
    const source = makeSource({ id: 'a', url: 'https://a.example/' });
    const read = await readDocument(source, { bytes: Buffer.from(xml), headers: {}, url: source.url }, 0);
    expect(read).toMatchObject({ ok: true, document: { ttlMinutes: minutes } });
  });
});
