/** Turns a number into a made-up news story and into its copies as other outlets would print them: for benchmarks and races. */
import { randomNumbers } from '../src/demo/random.ts';
import { convertScript } from '../src/zh/convert.ts';
import type { Entry } from '../src/model/entry.ts';

const list = (words: string): readonly string[] => words.split(' ');

const PLACES = list(
  '合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 南京 苏州 无锡 常州 南通 扬州 镇江 泰州 徐州 淮安 盐城 连云港 宿迁 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 上海 浦东 松江 嘉定 青浦 临港 巢湖 桐城 天长 明光 界首 昆山 江阴 义乌 慈溪',
);
const SURNAMES = '王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任';
const GIVEN = '明华建国志强文秀英伟芳敏静丽军洋勇艳杰娟涛超霞平刚桂兰玉凤清海波宁浩宇晨曦';
const WORDS = list(
  '企业 项目 建设 发展 工程 服务 群众 居民 社区 街道 乡镇 村民 农户 水稻 小麦 蔬菜 果园 茶园 大棚 合作社 园区 产业 链条 芯片 汽车 电池 机器人 光伏 风电 港口 码头 航道 货轮 铁路 高铁 地铁 公交 桥梁 隧道 道路 停车 小区 电梯 老旧 改造 物业 供水 燃气 污水 河道 湖泊 湿地 水质 空气 森林 公园 绿地 学校 教师 学生 课程 食堂 幼儿园 高校 科研 实验室 专利 人才 就业 培训 工资 医院 医生 患者 门诊 药品 医保 养老 托育 博物馆 图书馆 剧院 演出 非遗 古镇 游客 民宿 景区 门票 展览 比赛 球队 马拉松 志愿者 消防 救援 警方 法院 检察 案件 合同 贷款 银行 保险 税收 补贴 消费 超市 外卖 快递 物流 仓储 跨境 出口 订单 客商 签约 投资 基金 审批 窗口 证照 数据 平台 算法 网络 基站 能源 充电 储能 排放 回收 垃圾 分类 防汛 抗旱 气温 降雨 台风 预警 巡查 隐患 整改 演练 调研 座谈 试点 规划 标准 方案 条例 意见 任务 目标 成果 经验 机制 模式 品牌 市场 价格 成本 利润 产能 设备 车间 工人 技术 材料 质量 检测 研发 设计 施工 验收 运营 维护 管理 监督 考核 奖励 宣传 讲解 体验 参观 采访 观察 记录 统计 比较 增长 下降 稳定 突破 超过 达到 完成 启动 投入 推进 优化 升级 整合 共享 联合 协同 对接 帮扶 解决 回应 满意 期待',
);
/** Clauses that stand in many texts of many outlets. */
const STOCK = list(
  '记者从市政府新闻办获悉 据相关负责人介绍 下一步将继续加大工作力度 切实增强群众的获得感和幸福感 为高质量发展提供有力支撑 在接受记者采访时表示 取得了阶段性的明显成效 相关工作正在有序推进当中 让更多市民享受到发展成果 坚持问题导向和目标导向相结合 进一步压实各级各部门责任 推动各项任务落地见效 受到了当地群众的一致好评 与去年同期相比有明显提升 有关部门提醒市民注意安全 积极探索符合实际的新路子 为全市经济社会发展作出贡献 确保如期完成年度目标任务 吸引了众多市民前来参与 标志着该项目进入新的阶段',
);
const HEADS: readonly ((place: string, pick: () => string, number: number) => string)[] = [
  (place, pick, n) => `${place}${pick()}${pick()}${pick()}${pick()} ${n}户受益`,
  (place, pick) => `${place}召开${pick()}${pick()}${pick()}工作会议`,
  (place, pick) => `${place}：${pick()}${pick()}里的${pick()}${pick()}`,
  (place, pick, n) => `投资${n}万元 ${place}${pick()}${pick()}${pick()}项目开工`,
  (place, pick) => `${pick()}${pick()}${pick()} ${place}有了新${pick()}`,
  (place, pick) => `${place}${pick()}${pick()}专项${pick()}行动启动`,
];
const OUTLETS = list('江淮早报 皖风网 长江口晚报 太湖在线 钱塘新闻 淮河日报 黄海都市报 运河客户端');
const SOURCES = 200;

export function oneOf<T>(items: readonly T[], number: number): T {
  const found = items[number % items.length];
  if (found === undefined) throw new RangeError('one of none');
  return found;
}

interface Told {
  readonly place: string;
  readonly headline: string;
  readonly other: string;
  readonly paragraphs: readonly string[];
  readonly opening: string;
  readonly reporter: string;
  readonly day: number;
}

/** One story: some 500 characters in clauses of its own, with stock clauses and few words that are frequent as in life. */
function tell(seed: number): Told {
  const next = randomNumbers(seed * 7919 + 1);
  const below = (count: number) => Math.floor(next() * count);
  const pickFrom = (words: readonly string[]) => oneOf(words, below(words.length));
  // Squared: the first words come far more often than the last ones.
  const word = () => WORDS[Math.floor(next() ** 1.6 * WORDS.length)] ?? '';
  const place = pickFrom(PLACES);
  const name = () =>
    SURNAMES.charAt(below(SURNAMES.length)) + GIVEN.charAt(below(GIVEN.length)) + GIVEN.charAt(below(GIVEN.length));
  const clause = () => {
    const kind = next();
    if (kind < 0.12) return pickFrom(STOCK);
    if (kind < 0.25)
      return `${word()}${word()}${below(9000) + 11}${pickFrom(['户', '人', '亩', '万元', '公里', '台', '家'])}`;
    if (kind < 0.32) return `${name()}说${word()}${word()}${word()}`;
    return Array.from({ length: 3 + below(4) }, word).join(below(3) === 0 ? '的' : '');
  };
  const sentence = () => `${Array.from({ length: 2 + below(3) }, clause).join('，')}。`;
  const paragraph = () => Array.from({ length: 2 + below(2) }, sentence).join('');
  const head = () => oneOf(HEADS, below(HEADS.length))(place, word, below(900) + 10);
  return {
    place,
    headline: head(),
    other: head(),
    opening: paragraph(),
    paragraphs: Array.from({ length: 5 + below(4) }, paragraph),
    reporter: name(),
    day: 1 + below(28),
  };
}

type Print = Pick<Entry, 'title' | 'text' | 'outlet' | 'script'>;

/** How outlets print a story; the first is the original. */
const PRINTS: readonly ((story: Told, outlet: string) => Print)[] = [
  ({ place, headline, paragraphs, opening, reporter, day }, outlet) => ({
    title: headline,
    text: [`本报${place}6月${day}日讯（记者 ${reporter}）${opening}`, ...paragraphs, `来源：${outlet}`].join('\n'),
    outlet,
    script: 'hans',
  }),
  // A mirror in Traditional characters, without the dateline.
  ({ headline, paragraphs, opening }, outlet) => ({
    title: convertScript(`${headline}_${outlet}`, 'hant'),
    text: convertScript([opening, ...paragraphs].join('\n'), 'hant'),
    outlet: null,
    script: 'hant',
  }),
  // An account with a first paragraph of its own and another headline.
  ({ other, paragraphs, place }, outlet) => ({
    title: `${other}，来看详情`,
    text: [`${place}的朋友们注意了！这件事和大家有关，小编带你一起看。`, ...paragraphs, `来源 | ${outlet}`].join('\n'),
    outlet,
    script: 'hans',
  }),
  // The agency's channel: a mark before the headline, another dateline, a credit line.
  ({ headline, paragraphs, opening, place, reporter, day }, outlet) => ({
    title: `快讯｜${headline}`,
    text: [`据${outlet}${place}6月${day}日电（${reporter}）${opening}`, ...paragraphs, '责任编辑：林知远'].join('\n'),
    outlet,
    script: 'hans',
  }),
  // Another headline, Traditional, the first paragraph left out.
  ({ other, paragraphs }, outlet) => ({
    title: convertScript(other, 'hant'),
    text: convertScript([...paragraphs, `（轉載自${outlet}）`].join('\n'), 'hant'),
    outlet: null,
    script: 'hant',
  }),
];

export const COPIES = PRINTS.length;

/** Copy `copy` (0 is the original) of story `story`, published about `now`. */
export function makeCopy(story: number, copy: number, now: number): Entry {
  const outlet = oneOf(OUTLETS, story + copy * 3);
  const print = oneOf(PRINTS, copy)(tell(story), outlet);
  return {
    id: idOf(story, copy),
    source: `source-${(story * 31 + copy * 41) % SOURCES}`,
    guid: null,
    link: `https://news${copy}.example/2026/06/${story}-${copy}.html`,
    originalLink: null,
    published: now - ((story * 37 + copy * 1009) % 7200) * 1000,
    updated: null,
    authors: [],
    editor: null,
    dateline: null,
    summary: print.text.slice(0, 80),
    content: `<p>${print.text.replaceAll('\n', '</p><p>')}</p>`,
    categories: [],
    enclosures: [],
    image: null,
    language: 'zh',
    repairs: [],
    ...print,
  };
}

/** As long as a real id: 26 letters and digits would tell nothing of the story, so it stands in front. */
export function idOf(story: number, copy: number): string {
  return `${story}-${copy}`.padEnd(20, 'x');
}
