import { describe, expect, it } from 'vitest';
import { cleanItem } from '../../src/clean/clean.ts';
import { createRecurrences, type Recurrences } from '../../src/clean/article/recurring.ts';
import type { Cleaned } from '../../src/model/entry.ts';
import { makeItem } from '../support/entries.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 2, 2, 4);
const FOOTER = '江淮观察每天为您梳理本地要闻，欢迎拨打读者服务专线与我们联系。';

const SUBJECTS = ['湿地', '地铁', '博物馆', '粮食', '港口', '高校', '医院', '古桥', '新茶', '渔场'];
const VERBS = [
  '完成扩建',
  '迎来旺季',
  '启动普查',
  '换上新颜',
  '公布方案',
  '增加班次',
  '招募义工',
  '通过验收',
  '推迟开放',
  '获得嘉奖',
];

interface Story {
  readonly title: string;
  readonly content: string;
  readonly published: number;
}

const oneADay = (n: number) => START + n * DAY_MS;

/** The nth of ten stories as unlike as news is. */
function story(n: number, close: string, published: number, open = ''): Story {
  const [subject, verb] = [SUBJECTS[n], VERBS[n]];
  return {
    title: `${subject}${n}期${verb}`,
    content: `${open}<p>${subject}的负责人${verb}之后接受了采访，谈到了接下来半年的打算。</p><p>${verb}花了十一个月，${subject}周边的居民说，日子方便多了，也热闹多了。</p><p>据介绍，${subject}明年还会${VERBS[9 - n]}。</p>${close}`,
    published,
  };
}

/** All ten, with `close` below each. */
function stories(close: string, dayOf = oneADay, open = ''): readonly Story[] {
  return SUBJECTS.map((_, n) => story(n, close, dayOf(n), open));
}

function run(items: readonly Story[], recurrences: Recurrences = createRecurrences(null)): readonly Cleaned[] {
  return items.map((item, n) => {
    const raw = makeItem({ id: `r${n}`, ...item });
    const cleaned = cleanItem(raw, {
      source: 'one',
      timezone: 'Asia/Shanghai',
      baseUrl: null,
      isRecurring: recurrences.isRecurring,
    });
    recurrences.note(cleaned, START);
    return cleaned;
  });
}

describe('blocks that recur across the entries of a source', () => {
  it('leaves out a footer once six unlike entries of three days had it, and says so', () => {
    const all = run(stories(`<p>${FOOTER}</p>`));
    expect(all.map(({ entry }) => entry.text.includes(FOOTER))).toEqual(SUBJECTS.map((_, n) => n < 6));
    expect(all[9]?.removed).toContainEqual({ rule: 'place.recurs-across-entries', text: FOOTER });
    expect(all[9]?.entry.text).toContain('明年还会完成扩建。');
  });

  it('remembers what it learned as text', () => {
    const recurrences = createRecurrences(null);
    run(stories(`<p>${FOOTER}</p>`), recurrences);
    const again = run(stories(`<p>${FOOTER}</p>`).slice(0, 1), createRecurrences(recurrences.write()));
    expect(again[0]?.entry.text).not.toContain(FOOTER);
  });

  it('takes the code to scan with the line above it', () => {
    const all = run(stories(`<p>${FOOTER}</p><p><img src="https://news.example/code.png"></p>`));
    expect(all[9]?.entry.content).not.toContain('code.png');
    expect(all[0]?.entry.content).toContain('code.png');
  });

  it('leaves out a house notice above the first sentence', () => {
    const notice = '【江淮观察编辑部新媒体平台原创内容】';
    const all = run(stories('', oneADay, `<p>${notice}</p>`));
    expect(all[9]?.entry.text).not.toContain(notice);
  });

  it('counts one day, or the same entry over and over, for nothing', () => {
    const day = run(stories(`<p>${FOOTER}</p>`, () => START));
    expect(day.every(({ entry }) => entry.text.includes(FOOTER))).toBe(true);
    const same = run(Array.from({ length: 12 }, (_, n) => story(0, `<p>${FOOTER}</p>`, oneADay(n))));
    expect(same.every(({ entry }) => entry.text.includes(FOOTER))).toBe(true);
  });

  it('keeps the lines that bulletins of one template share', () => {
    const advice = '建议市民减少在室外剧烈运动，出行尽量选择公共交通工具。';
    const bulletins = Array.from({ length: 14 }, (_, n) => ({
      title: `3月${n + 1}日江北市空气质量日报`,
      content: `<p>江北市生态环境监测站3月${n + 1}日发布：全市空气质量指数为${60 + n * 7}，首要污染物为细颗粒物。</p><p>预计未来三天，扩散条件转好，空气质量以良为主。</p><p>${advice}</p>`,
      published: START + n * DAY_MS,
    }));
    expect(run(bulletins).every(({ entry }) => entry.text.includes(advice))).toBe(true);
  });

  it('keeps formulas, signatures and the body however often they recur', () => {
    const close = '<p>特此公告，请各有关单位遵照执行并做好相关准备工作。</p><p>江北市人力资源和社会保障局</p>';
    const all = run(stories(close));
    expect(all[9]?.entry.text).toContain('特此公告');
    expect(all[9]?.entry.text).toContain('江北市人力资源和社会保障局');
  });

  it('keeps an entry whole of which most would go', () => {
    const long = Array.from(
      { length: 3 },
      (_, n) => `<p>${'江淮观察编辑部的长篇例行说明'.repeat(3)}第${'甲乙丙'[n]}段。</p>`,
    ).join('');
    expect(run(stories(long))[9]?.entry.text).toContain('第丙段');
  });
});
