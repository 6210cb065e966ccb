/** Turns folded text into the same text with the phrases blanked in which a place name means no place: roads, persons, brokers. */

/** Stands for each blanked character, so that offsets stay. */
export const BLANK = '\u0001';

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤';
const GIVEN =
  '海宁|沪宁|宁波|建德|永康|文成|天长|长兴|平阳|安庆|望江|新昌|东阳|德清|嘉定|景宁|长宁|常山|江山|淮安|泰兴|兴化|海门|启东|永嘉|瑞安|庆元|云和|青阳|明光|镇江|扬州|苏州|泰州|金华|安吉|怀宁|广德|宁国|象山|平湖|宁海|建湖|东台|凤阳|江宁|海安|仪征|宜兴|靖江|金山|崇明|青浦|静安|定远|怀远|铜陵|临海|仙居|武义';

interface Form {
  readonly pattern: RegExp;
  /** Capture group that is blanked; 0 is everything. */
  readonly group: number;
}

const FORMS: readonly Form[] = [
  // 宁波路, 安徽路, 南京东路, 北京西路, 嘉兴路街道: a road named after a place elsewhere.
  {
    pattern:
      /((?:[\u4e00-\u9fff]{2,3}?))(?:[东西南北中]?[一二三四五六七八九]?路(?!网|桥|透|演|段|面|况|线|过|上|由|径|亚|虎)|[东西南北中]?大街|(?<!重)大道(?!理)|街道)/dg,
    group: 0,
  },
  // Persons: a title or the start of a clause, a surname, a given name that is also a place.
  {
    pattern: new RegExp(
      `(?:^|[^\\u4e00-\\u9fff]|书记|主席|市长|县长|区长|省长|局长|处长|部长|院长|校长|主任|教授|记者|演员|导演|选手|球员|总裁|董事长|经理|老师|医生|委员|代表|[、和与])([${SURNAMES}](?:${GIVEN}))(?!市|县|区|省|人民|大学|城)`,
      'dg',
    ),
    group: 1,
  },
  {
    pattern:
      /([\u4e00-\u9fff](?:海宁|沪宁|建德|永康|文成|望江|宁波))(?=[:：]|同志|先生|女士|介绍说|表示|出席|会见|强调|主持|一行)/dg,
    group: 1,
  },
  // 一个奉化人: a person's origin in a story of persons.
  { pattern: /[一两几]个([\u4e00-\u9fff]{2,3})人(?![民才口大士事员])/dg, group: 1 },
  // The cheer of players: 芜湖~, 芜湖起飞.
  { pattern: /(芜湖)(?=[~!]|,?起飞)/dg, group: 1 },
  // Stock exchanges and futures: 沪指, 沪深300, 沪铜.
  {
    pattern:
      /沪(?:指|深|市(?!场)|股|港通|伦通|铜|铝|锌|铅|镍|锡|金|银|胶|油|燃|沥青|综|A|a|b股|弱|强|跌|涨)|上证|深成指|科创板|(?:上海|浙江)?(?:上期所|上交所|上清所)/dg,
    group: 0,
  },
  // Research notes of brokers, whatever town they are named after.
  {
    pattern:
      /(?:浙商|东吴|国泰君安|海通|华泰|国元|华安|申万宏源|申万|财通|华鑫|德邦|中泰|东海|国联|南京|上海|长江|兴业|光大|东方|国海|东北|西南)(?:证券)?(?:宏观|策略|固收|医药|电子|计算机|通信|军工|化工|机械|汽车|食品饮料|有色|银行业|非银|地产|传媒|环保|交运|轻工|家电|建筑|建材|农业|金工|晨报|晨会|研究|研报|首席|·|\|)/dg,
    group: 0,
  },
];

/** Blanks the forms, and then every exclusion of the operator (folded). */
export function blankForms(
  text: string,
  isPlaceName: (name: string) => boolean,
  exclusions: readonly string[],
): string {
  let out = text;
  for (const exclusion of exclusions) out = out.replaceAll(exclusion, BLANK.repeat(exclusion.length));
  for (const { pattern, group } of FORMS) {
    const road = pattern === FORMS[0]?.pattern;
    for (const found of out.matchAll(pattern)) {
      const span = found.indices?.[group];
      if (!span) continue;
      let [start, end] = span;
      if (road) {
        const name = roadName(found[1] ?? '', isPlaceName);
        if (name === 0) continue;
        const nameEnd = start + (found[1] ?? '').length;
        [start, end] = [nameEnd - name, nameEnd];
      }
      out = out.slice(0, start) + BLANK.repeat(end - start) + out.slice(end);
    }
  }
  return out;
}

/** Length of the place name right before 路; 0 without one. */
function roadName(before: string, isPlaceName: (name: string) => boolean): number {
  for (const size of [3, 2]) if (before.length >= size && isPlaceName(before.slice(-size))) return size;
  return 0;
}
