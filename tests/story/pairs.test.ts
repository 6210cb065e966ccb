import { describe, expect, it } from 'vitest';
import { reason } from '../../src/reasons/catalogue.ts';
import { say } from '../../src/reasons/render.ts';
import { DIFFERENT } from './different.ts';
import { SAME } from './same.ts';
import { DRILL, join, RAILWAY } from './texts.ts';
import { type Draft, meet } from './write.ts';

const railway: Draft = { title: RAILWAY.title, text: join(RAILWAY.paragraphs) };
const drill: Draft = { title: DRILL.title, text: join(DRILL.paragraphs) };
const first = RAILWAY.paragraphs[0] ?? '';

describe('decideStory', () => {
  it.each(SAME)('joins: %s', (_, a, b) => {
    for (const decision of [meet(a, b), meet(b, a)]) {
      expect(decision.reason.code).not.toMatch(/^story\.(?:new|nearest)$/);
      expect(decision.join).toBe('known');
    }
  });

  it.each(DIFFERENT)('keeps apart: %s', (_, a, b) => {
    for (const decision of [meet(a, b), meet(b, a)]) expect(decision).toMatchObject({ join: null, merge: [] });
  });

  it('finds copies by their address, whatever its form', () => {
    const page = { title: '含山南站铺轨完成', link: 'https://www.news.example/2026/06/02/index.html' };
    const twin = { title: '铺轨完成的含山南站', link: 'http://m.news.example/2026/06/02/' };
    expect(meet(page, twin)).toMatchObject({ join: 'known', reason: reason('story.same-address') });
  });

  it('takes no empty address for an address', () => {
    expect(meet({ title: '甲县修路', link: '' }, { title: '乙县架桥', link: '' }).join).toBeNull();
  });

  it('says what the decision rests on', () => {
    expect(meet(railway, railway).reason).toEqual(reason('story.same-title-and-text'));
    expect(meet(railway, { ...railway, title: '合肥到南京又添一条快线' }).reason).toEqual(reason('story.same-text'));
    expect(say(meet(railway, { title: RAILWAY.title, summary: first.slice(0, 50) }).reason, 'en')).toMatch(
      /^the same title, text overlap \d+% \(\d+% of the longer one\)/,
    );
    expect(meet({ title: '皖北粮价日报（6月2日）' }, drill).reason).toEqual(reason('story.new'));
  });

  it('says why the nearest entry is another story', () => {
    const parts = meet(
      { ...railway, title: `${RAILWAY.title}（上）` },
      { ...railway, title: `${RAILWAY.title}（下）` },
    );
    expect(say(parts.reason, 'en')).toMatch(
      /they are parts 上 and 下 of a series|they are parts 下 and 上 of a series/,
    );
  });
});
