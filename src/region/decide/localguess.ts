/** Turns a headline without a place into a guess: is a local outlet writing of its own place? */
import { fold } from '../../zh/script.ts';

// Greetings, the calendar, common knowledge, and news of the whole country or from abroad, which local outlets pass on.
const GENERAL =
  /安康|快乐|祝福|祝您|祝你|早安|晚安|节气|立春|雨水|惊蛰|春分|清明节|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|端午|中秋节|重阳|腊八|七夕|元宵|知识|科普|养生|健康提示|食谱|习近平|总书记|中共中央|国务院|党中央|全国|中国|我国|国家|全球|世界|国际|外交部|央视|人民日报|新华社|神舟|天宫|航天|军校|奥运|世界杯|欧洲杯|高考作文|这[些类几种].{0,6}(?:注意|千万|别)|教你|如何|怎么|为什么|诗|电影|网友/;
// What only a place of one's own has: its bodies, its people, its streets and works, its weather and its offices.
const LOCAL =
  /[市县区镇乡]委|[市县区镇乡]长|书记|政府|人大|政协|纪委|[我全本][省市县区]|市民|居民|村民|街道|社区|路(?!透|演)|大桥|隧道|立交|高架|地铁|轻轨|公交|高速口|停水|停电|停气|竣工|通车|开工|工程|项目|学区|小学|中学|幼儿园|医院|警方|民警|交警|法院|检察院|消防|接种|核酸|确诊|暴雨|雷雨|高温|气温|降温|台风|预警|教育局|人社|公积金|社保|医保|招聘|招考|事业单位|拆迁|楼盘|房价|调研|督查|巡察|座谈|通报|公示|任前|这里要|这地|这个地方|家门口/;

// The bodies of the state, the markets, and countries and agencies abroad: a local outlet passes such news on.
const NATIONAL =
  /国务院|中共中央|党中央|中央军委|全国|我国|国家.{0,6}[局委办部]|中国.{0,4}(?:银行|证券|铁路|气象局)|发改委|央行|证监会|金融监管总局|银保监|(?:工信|财政|教育|公安|商务|民政|司法|外交|国防|人社|卫健|文旅|住建|交通运输|农业农村|生态环境|自然资源|科技|水利|应急管理)部(?!门)|最高[人检法]|[ah]股|(?:沪|深|港|美|创业板|科创)[指股]|股市|大盘|涨停|跌停|三大指数|创业板|科创板|道指|纳指|标普|期货|美元|金价|油价|联合国|欧盟|外媒|白宫|各省|多省|外省|多国|海外|境外/;
// What only an outlet of the place itself says: 我市, 全县.
const OWN = /[我全本][市县区省](?!域)|[市县区]委/;

/** Whether a text is news of the whole country, of the markets or from abroad, and does not say that it is of one's own place. */
export function tellsOfNation(raw: string): boolean {
  const text = fold(raw);
  return NATIONAL.test(text) && !OWN.test(text);
}

/** `close` is whether the outlet belongs to a city or county: the wider its country, the more its headline must say. */
export function readsLocal(title: string, close: boolean): boolean {
  const text = fold(title);
  if (LOCAL.test(text)) return true;
  return close && !GENERAL.test(text);
}
