/** Turns what stands around a name into a yes or no: does it read as a place? */

/** Which cues settle a doubtful name: bodies only for names that are everyday words (东海, 天台), none for things. */
export type Cues = 'any' | 'bodies' | 'none';

// Bodies and institutions that only a place has.
const BODIES =
  /^(?:[县市区]|(?:县|市|区)?(?:委|政府|人大|政协|纪委|公安|警方|法院|检察|消防|教育局|交警|城管|民政|市场监管)|人民(?!币)|[一二三四五六七八九]中|[一二三四五六]小|中学|小学|高中|幼儿园|医院|中医院|职高|技师|火车站|汽车站|高铁站|机场|经开区|开发区|高新区|县城|城关|籍|农商|村镇银行|发布|融媒|电视台|日报|论坛|文旅|新闻网)/;
// What else follows a place: its parts, its people, verbs of official news, a colon, disasters, produce.
const LOOSE =
  /^(?:[\u4e00-\u9fff]{1,3}[花虾蟹瓜果茶米梅菊]节|富硒|教育|站[^在点住稳队长台]|港|高新|新区|新城|城区|城[东西南北]|老城|古城|古镇|城市|在线|热线|生活|同城|头条|资讯|身边|:|丨|\||企业|大学生|高校|学校|名企|市民|居民|一[\u4e00-\u9fff]{0,2}(?:地|男子|女子|小区|企业|公司|工厂|村|镇|学校)|[0-9]+(?:人|个|名|家|地)|某|多地|全域|全县|境内|乡村|经济|首[个届家批条]|召开|举行|举办|启动|开展|打造|新增|发生|出台|男子|女子|小伙|姑娘|村民|老区|抗洪|旅游|美食|交通|房价|楼市|学区|名校|街头|化工|工厂|煤矿|电厂|水库|湿地|景区|风景区|党员|干部|农民|渔民|民宿|灯会|庙会|龙舟|马拉松|半马|房产|楼盘|二手房|土拍|高考|中考|疫情|新冠|核酸|疫苗|暴雨|台风|地震|火灾|爆炸|非遗|特产|本地|闭幕|开幕)/;
// What comes before: movement and position, and 中国(象山) as festivals and fairs are called.
const BEFORE =
  /(?:在|赴|到|走进|来到|位于|我在|移师|落户|落地|抵达|前往|入驻|走访|视察|挂职|:|·|丨|回到|逃往|逃到|进驻|(?:中国|国际)\()$/;

// The same of a name in Latin letters.
const LATIN_AFTER =
  /^(?:['’]s)?[ -](?:city|county|district|prefecture|municipal|government|police|court|customs|university|college|school|hospital|airport|port|station|railway|residents|villagers|farmers|tourism|based)(?![a-z])/;
const LATIN_BEFORE = /(?:^|[^a-z])(?:in|at|from|to|near|around|across|visits?|of|outside) $/;
const isLatin = (code: number): boolean => code >= 0x61 && code <= 0x7a;

// Li Ningbo is a person. Surnames that are English words (He, Long, Song) are left out.
const LATIN_SURNAME =
  /(?:^|[^a-z])(?:wang|li|zhang|liu|chen|yang|zhao|huang|zhou|wu|xu|sun|hu|zhu|lin|guo|luo|liang|zheng|xie|han|feng|dong|xiao|cao|yuan|deng|shen|zeng|peng|lu|su|jiang|cai|ding|wei|xue|ye|yan|pan|dai|xia|zhong|tian|yao|liao|zou|xiong|hao|kong|bai|cui|kang|qiu|qin|hou|shao|meng|duan|qian) $/;

/** Whether a name in Latin letters is no part of a longer word (hangzhou in changzhou) and no one's given name. */
export function standsAsWord(text: string, start: number, end: number): boolean {
  if (isLatin(text.charCodeAt(end - 1)) && isLatin(text.charCodeAt(end))) return false;
  if (!isLatin(text.charCodeAt(start))) return true;
  return !isLatin(text.charCodeAt(start - 1)) && !LATIN_SURNAME.test(text.slice(Math.max(0, start - 7), start));
}

/** Whether the text on either side says that [start, end) is a place. `text` is folded. */
export function hasCue(cues: Cues, text: string, start: number, end: number): boolean {
  if (cues === 'none') return false;
  if (isLatin(text.charCodeAt(start)))
    return LATIN_AFTER.test(text.slice(end, end + 16)) || LATIN_BEFORE.test(text.slice(Math.max(0, start - 9), start));
  const after = text.slice(end, end + 8);
  if (BODIES.test(after)) return true;
  return cues === 'any' && (LOOSE.test(after) || BEFORE.test(text.slice(Math.max(0, start - 3), start)));
}
