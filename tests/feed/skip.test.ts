import { describe, expect, it } from 'vitest';
import { readSkipTimes } from '../../src/feed/dates/skip.ts';

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
