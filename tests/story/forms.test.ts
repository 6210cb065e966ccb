import { describe, expect, it } from 'vitest';
import { afterOpening } from '../../src/zh/opening.ts';
import { writeDigits } from '../../src/zh/numerals.ts';
import { plainText, toPlain } from '../../src/story/keys/words.ts';
import { settleWords } from '../../src/story/verdict/synonyms.ts';
import { compareTitles, countInformative } from '../../src/story/verdict/titles.ts';
import { level, trimText, trimTitle } from '../../src/story/keys/trim.ts';
import { partOf } from '../../src/zh/headline.ts';

const plain = (text: string) => plainText(toPlain(level(text)));

describe('writeDigits', () => {
  it.each([
    ['二〇二六年一月三十日', '2026年1月30日'],
    ['十里长堤', '10里长堤'],
    ['二十七人', '27人'],
    ['一百零五米', '105米'],
    ['三千二百亩', '3200亩'],
    ['百姓', '百姓'],
    ['千万', '千万'],
    ['一九四九', '1949'],
    ['一体化', '1体化'],
    ['二零二六', '2026'],
    ['三三两两', '33两两'],
  ])('%s → %s', (text, digits) => {
    expect(writeDigits(text)).toBe(digits);
  });
});

describe('toPlain', () => {
  it.each([
    ['punctuation and width', '“长三角”：１０．６％，升！', '长3角10.6%升'],
    ['Traditional characters', '數字經濟與著名里弄', '数字经济与着名里弄'],
    ["Taiwan's words", '透過網路觀看影片', '透过网络观看视频'],
    ['both words of one thing', '軟體與软件', '软件与软件'],
    ['enclosed numerals, not run into others', '第1集②', '第1集2'],
    ['invisible characters', '合\u200b肥\ufeff市', '合肥市'],
    ['forms of Hong Kong', '衞生署公佈裏程', '卫生署公布里程'],
    ['compatibility ideographs', '\u{2f00}\u2fa7', '1长'],
    ['nothing', '', ''],
  ])('levels %s', (_, text, result) => {
    expect(plain(text)).toBe(result);
  });

  it('ends clauses at punctuation, and not within numbers', () => {
    const { ends, units } = toPlain('增长10.6%,达到3亿元。好');
    expect([...ends].map((end, i) => String.fromCharCode(...units.subarray(ends[i - 1] ?? 0, end)))).toEqual([
      '增长10.6%',
      '达到3亿元',
      '好',
    ]);
  });

  it('takes lone surrogates and controls', () => {
    expect(() => plain('\ud800\u0000\udfff合\u0007')).not.toThrow();
  });
});

describe('trimTitle', () => {
  it.each([
    ['08版 - 淮河两岸麦收忙', '淮河两岸麦收忙'],
    ['快讯：淮河两岸麦收忙（图）', '淮河两岸麦收忙'],
    ['【重磅】淮河两岸麦收忙（更新）', '淮河两岸麦收忙'],
    ['淮河两岸麦收忙今年产量创新高_皖江网安徽频道', '淮河两岸麦收忙今年产量创新高'],
    ['淮河两岸麦收忙今年产量创新高 --地方--皖江网', '淮河两岸麦收忙今年产量创新高'],
    ['淮河兩岸麥收忙', '淮河两岸麦收忙'],
    ['0603 | 皖江粮油日报', '0603 | 皖江粮油日报'],
    ['皖', '皖'],
    ['', ''],
  ])('%s → %s', (title, trimmed) => {
    expect(trimTitle(title)).toBe(trimmed);
  });
});

describe('trimText', () => {
  const body = '淮河两岸麦收进入高峰，收割机昼夜作业。';
  it.each([
    ['a wire', `新华社合肥6月2日电（记者 张三）${body}`],
    ['a wire taken over', `据中新社合肥六月二日电 (张三 李四)${body}`],
    ['a message', `央广网上海2月11日消息（记者张三 通讯员李四）${body}`],
    ['a note', `本报讯(首席记者 张三)${body}`],
    ['a note without names', `中安在线讯${body}`],
    ['a broadcast', `央视网消息（新闻联播）：${body}`],
  ])('drops %s', (_, text) => {
    expect(trimText(afterOpening(text)).trim()).toBe(level(body));
  });

  it('keeps a date that the sentence begins with', () => {
    expect(trimText(afterOpening('中安在线讯6月2日至5日，麦收进入高峰。'))).toContain('6月2日至5日');
    expect(trimText(afterOpening('6月2日，麦收进入高峰。'))).toBe('6月2日,麦收进入高峰。');
  });

  it('ends at related reading, but not at its mere mention', () => {
    const long = body.repeat(5);
    expect(trimText(`${long}\n相关新闻\n• 别的事`)).toBe(level(long));
    expect(trimText(`${long}据相关新闻报道，麦价平稳。`)).toContain('麦价平稳');
  });
});

describe('partOf', () => {
  it.each([
    ['新安江上的守望者(上)', '上'],
    ['新安江上的守望者(下篇)', '下'],
    ['【中】新安江上的守望者', '中'],
    ['新安江上的守望者·下篇', '下'],
    ['上海下雨', ''],
    ['江上(组图)', ''],
  ])('%s → %s', (title, part) => {
    expect(partOf(title)).toBe(part);
  });
});

describe('compareTitles', () => {
  const compare = (a: string, b: string) => compareTitles(plain(settleWords(level(a))), plain(settleWords(level(b))));
  it.each([
    ['巢湖水质稳定向好', '巢湖水质稳定向好！', 'equal'],
    ['文旅大会在合肥召开', '文旅大会在合肥举办', 'equal'],
    ['巢湖水质稳定向好', '安徽巢湖水质持续稳定向好', 'inserted'],
    ['粮价日报6月2日', '粮价日报6月3日', 'issue'],
    ['粮价日报星期三', '粮价日报星期日', 'issue'],
    ['试验卫星甲A星升空', '试验卫星甲B星升空', 'issue'],
    ['火炬今天在宣城传递', '火炬今天在池州传递', 'template'],
    ['含山段铺轨全部完成', '巢马铁路含山段铺轨完成了', 'similar'],
    ['淮河演练', '含山铺轨', 'different'],
    ['', '含山铺轨', 'none'],
  ])('%s / %s: %s', (a, b, relation) => {
    expect(compare(a, b).relation).toBe(relation);
    expect(compare(b, a).relation).toBe(relation);
  });

  it('says what an insertion adds', () => {
    expect(compare('巢湖水质稳定向好', '安徽巢湖水质持续稳定向好').added).toBe('安徽持续');
  });
});

describe('countInformative', () => {
  it.each([
    ['端午安康', 0],
    ['今日要闻', 0],
    ['6月2日天气预报', 0],
    ['巢湖水质', 4],
  ])('%s: %i', (title, count) => {
    expect(countInformative(title)).toBe(count);
  });
});
