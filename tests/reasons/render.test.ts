/** Holds how reasons read, and that nothing that a store may hold makes them throw. */
import { describe, expect, it, test } from 'vitest';
import type { Reason } from '../../src/model/reason.ts';
import { reason } from '../../src/reasons/catalogue.ts';
import { codeOf, say, sayAll } from '../../src/reasons/render.ts';

describe('say', () => {
  test.each<[Reason, zh: string, en: string]>([
    [
      reason('story.nearest', {
        entry: 'e1',
        title: '合肥地铁',
        why: reason('story.alike-too-little', {
          likeness: [
            reason('story.likeness.title-equal'),
            reason('story.likeness.text', { shorter: 0.31, longer: 0.2 }),
            reason('story.likeness.opening'),
          ],
        }),
      }),
      '未发现重复报道；最接近的一则是“合肥地铁”：标题一致，正文重合 31%（较长的一篇为 20%），开头相同，还不够',
      'no copy of it is known; nearest is “合肥地铁”: the same title, text overlap 31% (20% of the longer one), they begin alike, too little',
    ],
    [reason('story.within.days', { days: 3 }), '3 天之内', 'within 3 days'],
    [reason('story.within.days', { days: 1 }), '1 天之内', 'within 1 day'],
  ])('%o', (given, zh, en) => {
    expect(say(given, 'zh')).toBe(zh);
    expect(say(given, 'en')).toBe(en);
  });

  it('shows the sentence of an older version as it stands', () => {
    expect(say('the same title and text', 'zh')).toBe('the same title and text');
    expect(codeOf('the same title and text')).toBeNull();
    expect(say('{one} of $1', 'zh')).toBe('{one} of $1');
  });

  test.each<[Reason, string]>([
    [{ code: 'moon.full', params: { phase: 1, name: '望' } }, 'moon.full phase=1 name="望"'],
    [{ code: 'moon.full' }, 'moon.full'],
    [{ code: 'toString' }, 'toString'],
    [{ code: 'story.parts' }, '它们是一个系列的?篇和?篇'],
    [{ code: 'story.parts', params: { one: 1, other: ['上', '下'] } }, '它们是一个系列的1篇和上，下篇'],
    [{ code: 'story.address-but', params: { why: 'an old sentence' } }, '网址相同，但an old sentence'],
    [{ code: 'story.within.days', params: { days: '三' } }, '三 天之内'],
  ])('does not throw at what another version may have stored: %o', (given, expected) => {
    expect(say(given, 'zh')).toBe(expected);
  });

  it('stops where reasons hold one another without end', () => {
    let deep: Reason = reason('story.new');
    for (let i = 0; i < 50; i++) deep = reason('story.address-but', { why: deep });
    expect(say(deep, 'zh').length).toBeLessThan(2_500);
  });

  const secret = 'http://me:geheim@a.example/?token=geheim&x=eyJgeheim012#access_token=geheim';
  test.each<Reason | string>([
    reason('fetch.redirect.circle', { to: secret }),
    reason('fetch.redirect.too-many', { most: 5, to: secret }),
    reason('fetch.downgraded', { why: reason('fetch.address.none', { text: secret }), to: secret }),
    reason('fetch.connect.other', { host: 'a.example', said: 'Authorization: Bearer geheim0' }),
    reason('read.file.other', { said: 'Cookie: id=geheim' }),
    secret,
  ])('says no secret of %j', (why) => {
    for (const language of ['zh', 'en'] as const) expect(say(why, language)).not.toContain('geheim');
  });

  it('joins several', () => {
    const both = [reason('story.new'), 'an old sentence'];
    expect(sayAll(both, 'zh')).toBe('未发现重复报道；an old sentence');
    expect(sayAll(both, 'en')).toBe('no copy of it is known; an old sentence');
  });
});

it('keeps what a publisher says short', () => {
  const long = reason('story.no-text.headline-adds', { added: '长'.repeat(5_000) });
  expect(JSON.stringify(long).length).toBeLessThan(400);
  const listed = reason('feed.parse.json-keys', { keys: ['version', '长'.repeat(5_000)] });
  expect(JSON.stringify(listed).length).toBeLessThan(400);
});
