/** Labelled items that come again: other articles under old ids, old ones under new ids, dates of a document's making. */
import {
  areOfMaking,
  type Article,
  isOtherArticle,
  isRenamed,
  isSurelySame,
  matchByTitle,
} from '../../src/sources/recognise.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/text/time.ts';
import type { Outcome } from '../outcome.ts';
import { range } from '../range.ts';
import { DAY_MS, MEASURED } from './simulate.ts';

const HARVEST = '茶农汪师傅凌晨四点上山，和二十多位邻居一起采下今年最后一批秋茶，收购价比去年高出一成。';
const BRIDGE = '检修队用九天更换了全部伸缩缝，夜里封闭两条车道，早高峰前恢复通行，大货车限重不变。';
const at = (days: number) => MEASURED + days * DAY_MS;
const article = (title: string, text: string, days: number | null): Article => ({
  title,
  text,
  at: days === null ? null : at(days),
});

/** What stood under an id, what stands there now, and whether that is another article. */
const UNDER_ONE_ID: readonly (readonly [before: Article, now: Article, other: boolean])[] = [
  [article('黄山脚下茶园迎来丰收', HARVEST, 0), article('芜湖长江三桥完成检修', BRIDGE, 1), true],
  [
    article('合肥地铁三号线延长运营', '末班车推迟到凌晨一点。', 0),
    article('合肥公布的教师招考岗位', '共招四百二十人。', 1),
    true,
  ],
  [article('合肥市三家医院完成扩建', HARVEST, 0), article('合肥市三条公路正式通车', BRIDGE, 1), true],
  [article('合肥市区两所学校扩建', HARVEST, 0), article('合肥市区公交票价调整', BRIDGE, 1), true],
  [
    article('大桥检修', BRIDGE, 0),
    article('隧道清洗', `每月一次，${BRIDGE.slice(22)}市民可留意沿途提示牌，错峰出行。`, 1),
    true,
  ],
  [article('大桥检修', BRIDGE, 0), article('三桥通车', `本报讯 ${BRIDGE.slice(16)}超限车辆由西侧匝道绕行。`, 1), false],
  [article('黄山脚下茶园迎来丰收', HARVEST, 0), article('黄山茶园迎丰收（图）', HARVEST, 2), false],
  [article('茶园迎来丰收', HARVEST, 0), article('秋茶收购价比去年高一成', `${HARVEST}采摘将持续到月底。`, 1), false],
  [article('茶园迎来丰收', HARVEST, 0), article('最后一批秋茶采下', `今日下午，${HARVEST.slice(0, 30)}`, 1), false],
  [
    article('大桥检修', BRIDGE, 0),
    article('三桥恢复通行', `本报讯 ${BRIDGE.slice(10)}限速恢复为每小时八十公里。`, 1),
    false,
  ],
  [article('黄山脚下茶园迎来丰收', HARVEST, 0), article('芜湖长江三桥完成检修', BRIDGE, 0.002), false],
  [article('黄山脚下茶园迎来丰收', HARVEST, 0), article('芜湖长江三桥完成检修', BRIDGE, 0.0038), true],
  [article('合肥菜价日报 11月2日', '青菜每斤2.1元。', 0), article('合肥菜价日报 11月3日', '青菜每斤2.3元。', 1), true],
  [
    article('合肥菜价日报（第2版）', '青菜每斤2.1元。', 0),
    article('合肥菜价日报（第3版）', '青菜每斤2.3元。', 0.45),
    false,
  ],
  [
    article('合肥菜价日报（第2期）', '青菜每斤2.1元。', 0),
    article('合肥菜价日报（第3期）', '青菜每斤2.3元。', 0.55),
    true,
  ],
];

/** Items, those under new ids, those among them that are known by title and date: are ids of this document new each time? */
const COUNTS: readonly (readonly [items: number, unseen: number, matched: number, renamed: boolean])[] = [
  [10, 10, 10, true],
  [10, 10, 5, true],
  [10, 8, 8, true],
  [10, 9, 5, true],
  [10, 7, 7, false],
  [10, 10, 4, false],
  [20, 13, 13, false],
  [20, 17, 9, true],
  [3, 3, 2, true],
  [2, 2, 2, false],
];

/** Of one title under two ids, in a document of one item: surely the same? */
const SMALL: readonly (readonly [before: Article, now: Article, same: boolean])[] = [
  [article('茶园', HARVEST, null), article('茶园', HARVEST, null), true],
  [article('茶园', HARVEST, 0), article('茶园', HARVEST.slice(0, 21), 0.1), true],
  [article('茶园', '', 0.1), article('茶园', '', 0.1), true],
  [article('茶园', HARVEST, 0.1), article('茶园', `据悉，${HARVEST.slice(5, 35)}`, 0.1), true],
  [
    article('天气', '明天多云转晴，偏北风三级，最高十九度。', 0.1),
    article('天气', '明天多云转晴，偏北风三级，最高十九度。', 0.4),
    false,
  ],
  [article('天气', '点击查看详情', null), article('天气', '点击查看详情', null), false],
  [article('天气', HARVEST, 0.1), article('天气', BRIDGE, 0.1), false],
];

export function comingAgain(): readonly Outcome[] {
  const others = UNDER_ONE_ID.map(([before, now, want], i) => ({
    item: `pair ${i + 1}, ${before.title} → ${now.title}: another article`,
    want,
    got: isOtherArticle(before, now),
  }));
  const renamed = COUNTS.map(([items, unseen, matched, want]) => ({
    item: `${unseen} of ${items} under new ids, ${matched} known by title: ids change`,
    want,
    got: isRenamed(items, unseen, matched),
  }));
  const small = SMALL.map(([before, now, want], i) => ({
    item: `small document ${i + 1}: the same`,
    want,
    got: isSurelySame(before, now),
  }));
  const days = range(8, 16).map((hours) => ({
    item: `one title, ${hours} hours apart: the same`,
    want: hours < 12,
    got:
      matchByTitle(
        [{ id: 'new', title: 't', at: MEASURED }],
        [{ id: 'old', title: 't', at: MEASURED - hours * HOUR_MS }],
      ).size > 0,
  }));
  return [...others, ...renamed, ...small, ...days, ...makings()];
}

/** Documents of ten items, of which so many have later dates, by so much, made so long ago. */
function makings(): readonly Outcome[] {
  const made = (later: number, byMs: number, agoMs: number) =>
    areOfMaking(
      range(1, 10).map((n) => ({
        before: MEASURED - agoMs - byMs,
        now: MEASURED - agoMs - (n <= later ? 0 : byMs),
      })),
      [],
      MEASURED,
    ) === true;
  return [
    ...range(6, 10).map((later) => ({
      item: `${later} of 10 re-dated: dates of making`,
      want: later >= 8,
      got: made(later, HOUR_MS, 0),
    })),
    ...range(3, 7).map((minutes) => ({
      item: `all re-dated by ${minutes} minutes: dates of making`,
      want: minutes > 5,
      got: made(10, minutes * MINUTE_MS, 0),
    })),
    ...range(40, 80, 10).map((minutes) => ({
      item: `re-dated and made ${minutes} minutes ago: dates of making`,
      want: minutes < 60,
      got: made(10, HOUR_MS, minutes * MINUTE_MS),
    })),
  ];
}
