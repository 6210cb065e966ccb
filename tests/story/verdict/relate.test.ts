/** Holds what makes two stories tell of one event without being one, and what each says of the other. */
import { describe, expect, it } from 'vitest';
import { createStoryMemory } from '../../../src/story/memory.ts';
import { fingerprint } from '../../../src/story/keys/fingerprint.ts';
import { topicsOf } from '../../../src/story/keys/topics.ts';
import { relateStories } from '../../../src/story/related.ts';
import type { Related } from '../../../src/model/story.ts';
import { DAY_MS, type Draft, NOW, write } from '../write.ts';

/** What the second says of the first; undefined where nothing. */
function tell(one: Draft, other: Draft): Related | undefined {
  const memory = createStoryMemory();
  memory.add('one', fingerprint(write(one)), NOW);
  const { related, joined } = memory.add('other', fingerprint(write(other)), NOW);
  expect(joined).toBe(false);
  return related[0];
}

const on = (title: string, days: number): Draft => ({ title, published: NOW + days * DAY_MS });

describe('topics of a headline', () => {
  it('are pairs of characters, numbers with what they count, and other words, without standing phrases', () => {
    expect(topicsOf('外交部回应g2列车撞羊128只')).toEqual(['g2', '128只', '列车', '车撞', '撞羊']);
  });
});

describe('stories of one event', () => {
  const flood = '绩溪登源河漫堤 大石门村转移二百人';

  it('name the words that they share', () => {
    const found = tell({ title: flood }, on('大雨之后：绩溪登源河漫堤，大石门村的人在小学过夜', 0.5));
    expect(found).toMatchObject({
      story: 'one',
      entry: 'one',
      why: { code: 'story.related.words', params: { words: '绩溪登源河漫堤大石门村' } },
    });
    expect(found?.back).toEqual(found?.why);
  });

  it('say which one tells the other further, whichever comes first', () => {
    const [first, later] = [on('绩溪登源河山洪已致3人失联', 0), on('绩溪登源河山洪已致2人遇难，仍有1人失联', 1.2)];
    expect(tell(first, later)).toMatchObject({
      why: { code: 'story.related.updates' },
      back: { code: 'story.related.updated' },
    });
    expect(tell(later, first)).toMatchObject({
      why: { code: 'story.related.updated' },
      back: { code: 'story.related.updates' },
    });
  });

  it.each<readonly [string, Draft, Draft]>([
    ['four days later', { title: flood }, on('绩溪登源河漫堤 大石门村今天回家', 4)],
    ['a roundup', { title: flood }, { title: '要闻速览：绩溪登源河漫堤大石门村转移，麦收过半' }],
    ['two notices', { title: '石埭水务公司管网改造招标公告' }, { title: '石埭水务公司管网改造监理招标公告' }],
    ['two parts', { title: '新安江上的守望者（上）' }, { title: '新安江上的守望者（下）' }],
    ['results that differ', { title: '皖江杯决赛庐州队3比1胜宣城队' }, { title: '皖江杯决赛庐州队0比2负宣城队' }],
    ['a place alone', { title: '颍上药材市场夜里断电' }, { title: '颍上县城新添三路公交' }],
  ])('are not %s', (_, one, other) => {
    expect(tell(one, other)).toBeUndefined();
  });

  it('are fewer where many tell of what they share', () => {
    const print = fingerprint(write({ title: flood }));
    const other = fingerprint(write({ title: '绩溪登源河漫堤以后' }));
    const candidate = { entry: 'b', story: 'b', evidence: other.evidence, storedAt: NOW };
    const count = (each: number) => relateStories(print, [candidate], () => each, NOW, 'a').length;
    expect([count(2), count(30)]).toEqual([1, 0]);
  });

  it('are no relation of the story that the entry is in, and each named once, by the nearest entry', () => {
    const print = fingerprint(write({ title: flood }));
    const near = fingerprint(write({ title: '大石门村记事：绩溪登源河漫堤以后' }));
    const far = fingerprint(write({ title: '绩溪登源河漫堤以后' }));
    const one = (entry: string, story: string, evidence: string) => ({ entry, story, evidence, storedAt: NOW });
    const found = relateStories(
      print,
      [one('own', 'a', near.evidence), one('far', 'b', far.evidence), one('near', 'b', near.evidence)],
      () => 2,
      NOW,
      'a',
    );
    expect(found.map(({ story, entry }) => [story, entry])).toEqual([['b', 'near']]);
  });
});
