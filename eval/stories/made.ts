/** Makes news for the labelled pairs: articles of the demo's world, bulletins and notices, and what outlets do to copies. */
import { type Random, seededRandom } from '../../src/demo/random.ts';
import { tellStory } from '../../src/demo/storyteller.ts';
import type { Fingerprintable } from '../../src/story/keys/fingerprint.ts';

/** What differs from an entry of its own source and address that was published at `AT`. */
export type Draft = Partial<Fingerprintable>;

/** 2026-06-03 12:00 in Shanghai. */
export const AT = Date.UTC(2026, 5, 3, 4);
export const DAY_MS = 86_400_000;

export interface Article {
  readonly title: string;
  readonly sentences: readonly string[];
}

const SCOPE = { area: 'delta', provinces: [] } as const;

/** An article of the demo's world, of about 350 characters; `long` of about 900. */
export function article(seed: number, long = false): Article {
  const random = seededRandom(seed);
  const first = tellStory(SCOPE, [], AT, random);
  const more = long
    ? [tellStory(SCOPE, [first.template], AT, random), tellStory(SCOPE, [first.template], AT, random)]
    : [];
  return { title: first.title, sentences: sentencesOf([first, ...more].flatMap(({ paragraphs }) => paragraphs)) };
}

function sentencesOf(paragraphs: readonly string[]): readonly string[] {
  return paragraphs.flatMap((paragraph) => paragraph.match(/[^。]+。?/g) ?? []);
}

/** The first `share` of the sentences anew, the others as they are; the share is met as nearly as sentences allow. */
export function exchange(text: readonly string[], share: number, seed: number): readonly string[] {
  const own = [1, 2, 3, 4, 5, 6].flatMap((n) => article(seed * 37 + n * 104_729).sentences);
  const total = text.join('').length;
  let left = share * total;
  return text.map((sentence, i) => {
    if (left < sentence.length / 2) return sentence;
    left -= sentence.length;
    return own[i] ?? sentence;
  });
}

export const join = (sentences: readonly string[]): string => sentences.join('\n');

/** Whole copies of a form: `{a}` stands for a draw, the same letter for the same draw. */
export interface Form {
  /** It comes once a day. */
  readonly daily?: true;
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly slots: Readonly<Record<string, (random: Random) => string>>;
}

const number = (from: number, to: number) => (random: Random) => String(random.whole(from, to));
const pick =
  (...words: readonly string[]) =>
  (random: Random) =>
    random.pick(words);
const CITIES = pick('合肥', '芜湖', '蚌埠', '安庆', '滁州', '宿州', '池州', '黄山', '铜陵', '亳州');
const ROADS = pick('云岭路', '文锦路', '稻香路', '望月路', '春晓路', '学府路', '新桥路', '丰乐路', '翠竹路', '金穗路');
const PEOPLE = pick('汪样清', '程样舟', '许样禾', '陆样青', '沈样砚', '顾样棠', '方样溪', '胡样远', '江样明', '章样初');

/** Bulletins and notices that come with other words in the same form. */
export const FORMS: readonly Form[] = [
  {
    name: 'forecast',
    title: '{c}市未来三天天气趋势',
    text: '{c}市气象台今天早晨发布：未来三天以多云到晴为主，白天最高气温{h}℃，夜间最低气温{l}℃，偏东风{w}级，阵风{g}级，相对湿度{m}%，空气质量良。\n早晚温差较大，请市民适时增减衣物，外出注意防晒，老人和儿童避免在午后长时间户外活动；农户可抓住晴好时段晾晒收割，秸秆禁止露天焚烧，发现火情请立即拨打报警电话。',
    slots: { c: CITIES, h: number(22, 38), l: number(10, 21), w: number(1, 4), g: number(5, 8), m: number(30, 90) },
  },
  {
    name: 'prices',
    daily: true,
    title: '皖江批发市场今日菜价播报',
    text: '皖江批发市场今日上市品种{n}个，交易量{v}吨，进场车辆{k}台。其中青菜每公斤{a}元，萝卜每公斤{b}元，番茄每公斤{d}元，白条猪每公斤{p}元，鸡蛋每公斤{e}元，草鱼每公斤{f}元。\n市场管理方介绍，各类产品货源充足，检测合格，价格总体平稳，采购商可在凌晨两点后进场，请按指定区域停车装货，服从现场人员引导。',
    slots: {
      n: number(40, 90),
      v: number(300, 900),
      k: number(100, 400),
      a: number(2, 9),
      b: number(1, 5),
      d: number(4, 12),
      p: number(18, 32),
      e: number(7, 13),
      f: number(12, 22),
    },
  },
  {
    name: 'outage',
    title: '{r}片区计划停电通知',
    text: '因线路检修和设备升级，供电部门定于{d}日{t}时至{u}时对{r}及周边{n}个台区停电，涉及用户{k}户。\n请广大用户提前做好准备，关闭电器开关，电梯和水泵使用单位做好应急预案；如遇恶劣天气，检修顺延，恢复送电时间可能提前，请勿在停电线路上作业，给您带来不便，敬请谅解。咨询可拨打二十四小时服务专线。',
    slots: { r: ROADS, d: number(4, 28), t: number(5, 9), u: number(15, 20), n: number(2, 19), k: number(90, 2400) },
  },
  {
    name: 'reward',
    title: '关于征集被执行人财产线索的公告',
    text: '本院在执行被执行人{p}借款合同纠纷一案中，因其未履行生效法律文书确定的义务，现向社会公开征集其财产线索，案款本金{a}万元，悬赏比例为实际到位金额的百分之{b}。\n举报人应提供真实身份和联系方式，提供的线索须真实、具体且为本院尚未掌握，本院依法为举报人保密；多人提供同一线索的，奖励最先提供者。公告自发布之日起一年内有效，逾期自动失效，特此公告。',
    slots: { p: PEOPLE, a: number(3, 480), b: number(5, 20) },
  },
  {
    name: 'traffic',
    title: '{c}交警发布{r}施工绕行提示',
    text: '{c}交警部门提醒：因雨污管网改造，{r}自{d}日起半幅封闭施工，工期{n}天，其间社会车辆可绕行{s}，公交{b}路临时取消{k}个站点。\n施工期间早晚高峰车流较大，请驾驶人留意交通标志，减速慢行，服从民警指挥，非机动车和行人请从围挡外侧通道通过，夜间注意反光警示。',
    slots: { c: CITIES, r: ROADS, d: number(4, 28), n: number(20, 120), s: ROADS, b: number(1, 180), k: number(1, 6) },
  },
];

/** One filling of a form; `same` names slots that keep the filling of `seed 0`. */
export function fill(form: Form, seed: number, same: string = ''): Draft {
  const values = new Map<string, string>();
  const fixed = seededRandom(1);
  const random = seededRandom(seed * 7919 + 17);
  for (const [name, draw] of Object.entries(form.slots)) {
    const kept = draw(fixed);
    const own = draw(random);
    values.set(name, same.includes(name) ? kept : own);
  }
  const put = (text: string) => text.replace(/\{(\w)\}/g, (_, name: string) => values.get(name) ?? '');
  return { title: put(form.title), text: put(form.text) };
}
