/** Tells the names of people from other short words. */
import { readFileSync } from 'node:fs';

const [frequent = '', others = ''] = readFileSync(new URL('data/surnames.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => !line.startsWith('#'));

/** The characters of frequent surnames that seldom mean anything else before a name, folded. */
export const FREQUENT_SURNAMES = frequent;

const SURNAMES = new Set(frequent + others);
const COMPOUND =
  /^(?:欧阳|司马|上官|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|端木|轩辕|南宫|西门|独孤|拓跋|申屠|闻人|澹台|公冶|仲孙|呼延)[\u4e00-\u9fff]{1,2}$/;
const NOT_NAME =
  /^(?:记者|编辑|作者|通讯|报道|本报|本网|实习|采写|摄影|来源|时间|责任|时候|文化|文明|江苏|江西|江南|江淮|安徽|安庆|上海|浙江|宁波|宁夏|南京|南通|温州|常州|徐州|金华|马鞍山|黄山|石家庄|高速|高校|方面|方法|时代|时报|关于|关注|关闭|阅读全文|全文|全国|全省|全市|连日来|连续|任务|应急|应该|成都|成立|成果|成效|向前|华东|华为|云南|云计算|安全|安排|安装|安居|强调|强化|计划|计算|文旅|文件|文章|方案|经济|解放|解决|解读|简介|简体|单位|项目|商务|应用|广西|广东|黎明|时政|时评|武汉|万人|万元|石油|石化|段落|白天|雷电|龙头|单独|汤圆|常见|常务|常委|向上|向下|和平|平安|平台|车辆|车站|司机|司法|宣传|富裕|井冈山|官方|官网|南方|南北|东方|都市|都是|达到|花开|花园|边境|初步|来自|乐观|章程|全媒体|全体|全部|全面|祝福|米兰|麦收|包括|连接|从事|关键|房产|房屋|易拉罐|游客|游戏|辛苦|盛会|盛开|冷空气|乔迁)/;
const HAN_NAME = /^[\u4e00-\u9fff]{2,3}$/;

/** Whether a folded word is a person's name: a surname and one or two characters, a compound surname, or a name with a dot. */
export function isName(word: string): boolean {
  if (/^[\u4e00-\u9fff]{1,6}[·•・][\u4e00-\u9fff·•・]{1,12}$/.test(word)) return true;
  if (COMPOUND.test(word)) return true;
  if (/^[\u4e00-\u9fff]{4}$/.test(word))
    return (
      SURNAMES.has(word.charAt(0)) && SURNAMES.has(word.charAt(1)) && !NOT_NAME.test(word) && !ORGANISATION.test(word)
    );
  if (!HAN_NAME.test(word)) return false;
  return SURNAMES.has(word.charAt(0)) && !NOT_NAME.test(word) && !ORGANISATION.test(word);
}

/** Lengths of the names that folded `word` may begin with, the likeliest first: 王小明台北 → 3, 2. */
export function nameLengths(word: string): readonly number[] {
  return [3, 2, 4].filter((length) => length <= word.length && isName(word.slice(0, length)));
}

/** Pattern of a name of two characters set as wide as one of three: 张  三. */
const SPREAD_NAME =
  '(?<![\\u4e00-\\u9fff])(?![文图摄])[\\u4e00-\\u9fff]\\s{1,4}(?![文图摄])[\\u4e00-\\u9fff](?![\\u4e00-\\u9fff])';
const SPREAD = new RegExp(SPREAD_NAME, 'g');

/** `folded` with its spread names in one word. */
export function joinSpread(folded: string): string {
  return folded.replace(SPREAD, (name) => `${name.charAt(0)}${name.charAt(name.length - 1)}`);
}

const NO_PERSON =
  /^(?:昨[日天]?|今[日天]?|日前|近日|目前|从|在|获悉|现场|采访|综合|实习|见习|本报|本网|通讯|专稿|供稿|整理|编译|摄影|视频|图片|联合|独家|首发|发自|一线|电|讯|报道|团队|全媒体|融媒体)/;

/** Whether a folded word behind a label that names people may be a name, whatever its surname. */
export function couldBeName(word: string): boolean {
  return HAN_NAME.test(word) && !NOT_NAME.test(word) && !NO_PERSON.test(word) && !ORGANISATION.test(word);
}

const ORGANISATION =
  /(?:[局委办厅部院校县市区省镇乡村社报网台站厂队会所馆]|公司|集团|中心|大学|学院|银行|医院|日报|晚报)$/;
const SAFE_END = /^.{1,2}(?:会|村|馆|站)$/;

/** Whether a folded phrase is an organisation by its ending. */
export function isOrganisation(phrase: string): boolean {
  return ORGANISATION.test(phrase) && !SAFE_END.test(phrase);
}

/** People named at the head of `raw`. */
export function readNames(raw: string, folded: string, labelled = false): readonly string[] {
  const names: string[] = [];
  for (const match of folded.matchAll(NAME_OR_WORD)) {
    // 王小川报道: what the reporter did goes.
    const length = match[0].length > 3 ? match[0].replace(/(?:摄影)?报道$/, '').length : match[0].length;
    const word = match[0].slice(0, length).replace(/\s/g, '');
    // Behind a label even a rare surname is one.
    const affiliated = AFFILIATED.exec(word)?.[1] ?? '';
    if (isName(affiliated)) {
      names.push(raw.slice(match.index, match.index + affiliated.length));
      continue;
    }
    if (!isName(word) && !(labelled && couldBeName(word))) {
      if (names.length > 0) break;
      if (/[\d年月日电讯]/.test(word)) break;
      continue;
    }
    names.push(raw.slice(match.index, match.index + length).replace(/\s/g, ''));
  }
  return names.filter((name, at) => names.indexOf(name) === at);
}

// 王小川北京大学教授: a name, and where its bearer works.
const AFFILIATED =
  /^([\u4e00-\u9fff]{2,3}?)系?(?:北京|上海|天津|重庆|南京|杭州|合肥|武汉|广州|清华|复旦|浙江|江苏|安徽|中国|中央|国家|全国|华东|华中|华南)[\u4e00-\u9fff]{2,18}(?:教授|研究员|院长|主任|博士|所长|会长|专家|学者|讲师)$/;

const NAME_OR_WORD = new RegExp(`${SPREAD_NAME}|[^\\s,、:|/丨()[\\]【】<>&;。_]+`, 'g');
