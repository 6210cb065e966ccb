/** Turns folded text into the same text with the phrases blanked in which a place name means no place: roads, persons, brokers, films. */
import { FREQUENT_SURNAMES } from '../../zh/people.ts';

/** Stands for each blanked character, so that offsets stay. */
const BLANK = '\u0001';

const GIVEN =
  '海宁|沪宁|宁波|建德|永康|文成|天长|长兴|平阳|安庆|望江|新昌|东阳|德清|嘉定|景宁|长宁|常山|江山|淮安|泰兴|兴化|海门|启东|永嘉|瑞安|庆元|云和|青阳|明光|镇江|扬州|苏州|泰州|金华|安吉|怀宁|广德|宁国|象山|平湖|宁海|建湖|东台|凤阳|江宁|海安|仪征|宜兴|靖江|金山|崇明|青浦|静安|定远|怀远|铜陵|临海|仙居|武义|天台';

interface Form {
  readonly pattern: RegExp;
  /** Capture group that is blanked; 0 is everything. */
  readonly group: number;
  /** Capture group without which the form leaves alone what begins with another place: 江宁国际. */
  readonly certain?: number;
  /** Capture group that has to be a place's name, with no other name beginning where the blank would: not 江苏南 in 记者江苏南京. */
  readonly place?: number;
}

const OFFICE =
  '书记|主席|市长|县长|区长|省长|局长|处长|部长|院长|校长|主任|教授|记者|演员|导演|选手|球员|国[脚手]|棋手|骑手|队员|运动员|教练|[作画专学术业乐唱]家|诗人|歌手|[球歌影明]星|名将|[老新]将|小将|新秀|前锋|门将|后[卫场]|中锋|冠军|得主|网红|博主|主播|男子|女子|嫌疑人|被告人?|村民|学生|考生|烈士|英雄|模范|军人|大师|劳模|志愿者|[馆台社]长|主编|学者|院士|博士|研究员|工程师|律师|民警|战士|设计师|摄影师|主持人|创始人|负责人|总裁|董事长|经理|老师|医生|委员|代表';
const RESEARCH =
  '(?:宏观|策略|固收|医药|电子|计算机|通信|军工|化工|机械|汽车|食品饮料|有色|银行业|非银|地产|传媒|环保|交运|轻工|家电|建筑|建材|农业|金工|晨报|晨会|研究|研报|首席|·|\\|)';

/** What is told of a person alone. */
const OF_PERSON =
  '(?:因病)?(?:病逝|逝世|去世|辞世|离世)|教授|院士|出任|当选|履新|接任|升任|转任|调任|受聘|落马|受审|获刑|被(?:查|双开|逮捕|公诉|提起公诉|判)';

const FORMS: readonly Form[] = [
  // Persons: a surname and a given name that is also a place, after an office, at the start of a clause or before 先生. What
  // comes before is looked at last, for it is the longest.
  {
    pattern: new RegExp(
      `([${FREQUENT_SURNAMES}](?:${GIVEN}))(?:(?=同志|先生|女士)|(?!市|县|区|省|人民|大学|城)(?:(?<=(?:${OFFICE}).{3})()|(?<=(?:^|[^\\u4e00-\\u9fff]|[、和与]).{3})))`,
      'dg',
    ),
    group: 1,
    certain: 2,
  },
  // 画家李黄山, 王昆山病逝: any place may be a given name. 任 and 向 are surnames, but before a place words: 主任任合肥…
  {
    pattern: new RegExp(
      `([${FREQUENT_SURNAMES.replace(/[任向]/g, '')}]([\\u4e00-\\u9fff]{2}))(?!市|县|区|省|人民|大学|城)(?:(?<=(?:${OFFICE}).{3})|(?<=(?:^|[^\\u4e00-\\u9fff]).{3})(?=${OF_PERSON}))`,
      'dg',
    ),
    group: 1,
    place: 2,
  },
  // 市长宁波调研: a whole name that is also a place, between an office and what its holder does.
  {
    pattern:
      /(?:市长|县长|区长|书记|主席|主任|局长|部长|院长|校长|董事长|总裁|总经理)(宁波|宁海|江山|金山|常山|安庆|靖江|金华|龙游|高淳|东阳)(?=主持|调研|会见|表示|介绍|指出|强调|要求|出席|率|带队|一行|接受|致辞|作|讲话|赴|前往|看望|慰问|说|:)/dg,
    group: 1,
  },
  // 一个奉化人: a person's origin in a story of persons.
  { pattern: /[一两几]个([\u4e00-\u9fff]{2,3})人(?![民才口大士事员])/dg, group: 1 },
  // 香雪兰溪二期交房: houses named after what sells.
  { pattern: /([\u4e00-\u9fff]{2})[一二三四五六七八九]期(?=交房|开盘|加推|业主|房源|样板|精装|认筹)/dg, group: 1 },
  // The cheer of players: 芜湖~, 芜湖起飞.
  { pattern: /(芜湖)(?=[~!]|,?起飞)/dg, group: 1 },
  // 丰县长, 丰县令: the head of a county with a name of one character; not 和县长江大桥.
  { pattern: /(?:^|[^\u4e00-\u9fff])([萧泗寿和歙黟泾沛丰]县)(?=令|长(?![江途城期效久龙廊者三]))/dg, group: 1 },
  // A university's 上海校友会: a club of people who live somewhere.
  { pattern: /(?:大学|学院|[交师理工财]大)([\u4e00-\u9fff]{2,3})校友会/dg, group: 1 },
  // 上海大学生, 江南大学城: students of a place and the quarter they live in are no university; not 大学生物系, 大学城市学院.
  { pattern: /[\u4e00-\u9fff]{2}(大学)(?=城(?!市)|生(?![物命态源]))/dg, group: 1 },
  // 电影《淮安谍影》: what a film, a novel or a song is called is not where its news is; a documentary tells of its place.
  {
    pattern:
      /(?:电影|影片|新片|大片|电视剧|连续剧|网剧|短剧|剧集|新剧|小说|长篇|单曲|新歌|歌曲|专辑|动漫|动画片?|手游|游戏)《([^《》]{2,16})》/dg,
    group: 1,
  },
  // Stock exchanges and futures: 沪指, 沪深300, 沪铜; not 沪金融, 沪强对流.
  {
    pattern:
      /沪(?:指|.指|深|市(?![场民区政委府长内])|股|港通|伦通|铜|铝|锌|铅|镍|锡|金(?!融)|银(?!行|保)|胶|油|燃|沥青|综指|a股|b股|弱|强(?!对流))/dg,
    group: 0,
  },
  // Research notes of brokers; those named after a town only with 证券, for 上海汽车 is no broker.
  {
    pattern: new RegExp(
      `(?:(?:浙商|东吴|国泰君安|海通|华泰|国元|华安|申万宏源|申万|财通|华鑫|德邦|国联|国海)(?:证券)?|(?:南京|上海|东海|长江|东方)证券)${RESEARCH}`,
      'dg',
    ),
    group: 0,
  },
  // 环湖北岸, 滨河南侧: a side of the water, and no province.
  { pattern: /[湖河][南北](?=岸(?!线)|[侧堤畔麓])/dg, group: 0 },
];

/** Each form with a pattern that only tells whether it stands in a text. */
const PROBED = FORMS.map((form) => ({ form, probe: new RegExp(form.pattern.source) }));

// 宁波路, 安徽路, 南京东路, 嘉兴路街道, 温州街, 安徽会馆, 浙江大厦, 黄山牌: a road, a house or a brand named after a place; not 上海路演,
// 南京街头, 宁波牌照.
const ROAD =
  /([\u4e00-\u9fff]{2,3}?)(?:[东西南北中]?[一二三四五六七八九]?路(?!网|桥|透|演|段|面|况|线|过|上|由|径|亚|虎)|[东西南北中]?大街|街(?![头道区坊景边舞上市拍机])|(?<!重)大道(?!理)|会馆|大厦|牌(?![照坊匾楼子局友桌九号]))/dg;

const DIRECTIONS = '东西南北中';

/** One of these stands in every road, house and brand. */
const ROAD_MARKS = ['路', '街', '大道', '会馆', '大厦', '牌'];

export interface Names {
  readonly isPlace: (name: string) => boolean;
  /** Where the longest known term that begins at `start` ends; `start` without one. 南京东路 is itself known. */
  readonly endOfTerm: (text: string, start: number) => number;
}

/** Blanks the operator's exclusions (folded), roads, brands and the other forms in folded `text`. */
export function blankForms(text: string, names: Names, exclusions: readonly string[]): string {
  let out = text;
  for (const exclusion of exclusions) out = out.replaceAll(exclusion, BLANK.repeat(exclusion.length));
  for (const found of ROAD_MARKS.some((mark) => out.includes(mark)) ? out.matchAll(ROAD) : []) {
    const named = found.index + (found[1] ?? '').length;
    // 环湖北路: what looks like a direction may be the end of a name.
    for (const end of DIRECTIONS.includes(out.charAt(named)) ? [named, named + 1] : [named]) {
      const size = [3, 2].find((length) => end - found.index >= length && names.isPlace(out.slice(end - length, end)));
      if (size !== undefined && names.endOfTerm(out, end - size) <= end) out = erase(out, end - size, end);
    }
  }
  for (const { form, probe } of PROBED) {
    // Hardly any text has one of the forms, and to ask whether costs half of asking where.
    if (!probe.test(out)) continue;
    const { pattern, group, certain, place } = form;
    for (const { indices, ...found } of out.matchAll(pattern)) {
      const span = indices?.[group];
      if (!span) continue;
      if (place !== undefined && !(names.isPlace(found[place] ?? '') && names.endOfTerm(out, span[0]) === span[0]))
        continue;
      const yields = certain !== undefined && indices?.[certain] === undefined;
      if (!yields || !names.isPlace(out.slice(span[0], span[0] + 2))) out = erase(out, span[0], span[1]);
    }
  }
  return out;
}

const erase = (text: string, start: number, end: number): string =>
  text.slice(0, start) + BLANK.repeat(end - start) + text.slice(end);
