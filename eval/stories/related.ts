/** Entries in the order of their arrival: which of them does the last one call related? Written by hand, and by degrees. */
import { article, AT, type Draft, exchange, join } from './made.ts';

/** The last of `drafts` arrives when the others are known; `want` says for each other whether it tells of the same event. */
export interface RelatedCase {
  readonly name: string;
  readonly drafts: readonly Draft[];
  readonly want: readonly boolean[];
}

const HOUR_MS = 3_600_000;
const at = (title: string, hours = 0): Draft => ({ title, published: AT + hours * HOUR_MS });
const related = (name: string, one: Draft, other: Draft): RelatedCase => ({
  name: `related: ${name}`,
  drafts: [one, other],
  want: [true],
});
const strange = (name: string, one: Draft, other: Draft): RelatedCase => ({
  name: `strange: ${name}`,
  drafts: [one, other],
  want: [false],
});

const WRITTEN: readonly RelatedCase[] = [
  related(
    'two outlets on one accident',
    at('无为江堤货船撞塌石埠桥栏杆'),
    at('江上惊魂：货船夜里撞塌石埠桥栏杆，船长称没看清', 5),
  ),
  related(
    'a flash and its report',
    at('绩溪登源河漫堤 大石门村转移二百人'),
    at('大雨之后：绩溪登源河漫堤，大石门村的人在小学过夜，桥头小店泡了半截', 20),
  ),
  related('a later count', at('绩溪登源河山洪已致3人失联'), at('绩溪登源河山洪已致2人遇难，仍有1人失联', 30)),
  related('a count where the place alone is the same', at('砀山仓库坍塌2人被困'), at('砀山仓库里又找到1人遇难', 9)),
  related('what came of it', at('颍上县医院电梯坠落调查开始'), at('颍上县医院电梯坠落调查结果：钢索超期未换', 60)),
  related('six pairs of characters', at('颍上药材市场夜里断电摊主点蜡烛'), at('断电的颍上药材市场里有人唱戏')),
  strange('five pairs of characters', at('颍上药材市场收起新晒的白芍'), at('老人在颍上药材市场看了半辈子秤')),
  related('two and a half days', at('无为江堤货船撞塌石埠桥栏杆'), at('货船撞塌石埠桥栏杆 船东认赔', 66)),
  strange('three and a half days', at('无为江堤货船撞塌石埠桥栏杆'), at('货船撞塌石埠桥栏杆 船东认赔', 80)),
  strange('counts of two accidents in one place', at('歙县石料场坍塌2人遇难'), at('歙县老祠堂坍塌1人受伤', 9)),
  strange('two rounds', at('皖江杯决赛庐州队3比1胜宣城队捧杯'), at('皖江杯决赛次回合庐州队0比2负宣城队捧杯', 24)),
  strange('two notices', at('石埭县水务公司管网改造招标公告'), at('石埭县水务公司管网改造监理招标公告', 3)),
  strange(
    'a roundup',
    at('绩溪登源河漫堤 大石门村转移二百人'),
    at('早报：绩溪登源河漫堤大石门村转移二百人；麦收过半', 12),
  ),
  strange('a view of it', at('绩溪登源河漫堤 大石门村转移二百人'), at('时评：绩溪登源河漫堤，大石门村转移之后', 12)),
  strange('one place, two events', at('太和药材市场夜里停电'), at('太和县城新添三路公交', 2)),
  strange('one office', at('宣城市发言人称将修三条旅游公路'), at('宣城市发言人称博物馆周一照常开放', 2)),
  strange('the next issue of one headline', at('皖北粮价一周走势'), at('皖北粮价一周走势', 60)),
];

const wordsOf = (title: string): string => title.replace(/[\d一二三四五六七八九十]+/g, '');

/** Texts of one day of which a share is common, under headlines of their own. */
const TEXTS: readonly RelatedCase[] = Array.from({ length: 24 }, (_, i) => {
  const { title, sentences } = article(i + 1, true);
  const share = (i % 12) / 12;
  const own = article(i + 700, true);
  return {
    name: `${i % 12 < 10 ? 'related' : 'strange'}: text of which ${Math.round(100 * (1 - share))} % is another’s ${i}`,
    drafts: [
      { title: wordsOf(title), text: join(sentences), published: AT },
      { title: wordsOf(own.title), text: join(exchange(sentences, share, i + 1)), published: AT + HOUR_MS },
    ],
    want: [i % 12 < 10],
  };
});

/** A word that the window is full of tells less and less. */
const COMMON: readonly RelatedCase[] = [8, 20, 29].map((count) => ({
  name: `a name that ${count} others bear`,
  drafts: [
    ...Array.from({ length: count }, (_, i) => at(`第${i}天的琅琊山醉翁亭景区外环步道`, -24 * (9 + i))),
    at('琅琊山醉翁亭景区外环步道封了一段'),
    at('琅琊山醉翁亭景区外环步道来了猴群', 3),
  ],
  want: [...Array.from({ length: count }, () => false), count < 25],
}));

/** More stories than are named, and a headline whose likeness stands at its end. */
const MANY: readonly RelatedCase[] = [
  {
    name: 'seven outlets on one event',
    drafts: [
      ...['老宋拍下', '清晨实拍', '邻县来客', '退休教师', '小贩们说', '消防赶到', '孩子画了'].map((who) =>
        at(`${who}徽州府衙照壁倒塌`),
      ),
      at('徽州府衙照壁倒塌以后', 4),
    ],
    want: [true, true, true, true, true, false, false],
  },
  related(
    'alike at the end of a long headline',
    at('毛茶价跌秧苗待插麦穗灌浆果农犯愁石台牯牛降索道停摆'),
    at('游客滞留：石台牯牛降索道停摆', 2),
  ),
];

export const RELATED: readonly RelatedCase[] = [...WRITTEN, ...TEXTS, ...COMMON, ...MANY];
