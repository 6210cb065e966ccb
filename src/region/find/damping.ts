/** Turns the wording around a mention into how much it says that the text is about the place. */
import { isProvince, liesInAny } from '../../divisions/codes.ts';
import { type Home, loadGazetteer } from '../../divisions/gazetteer.ts';
import { W } from '../decide/weights.ts';
import type { Resolved } from './resolve.ts';
import type { Term } from './term.ts';

// A team bears the name of a place and plays anywhere; so does a ship.
const TEAM = /^(?:舰(?!队)|队(?![伍列员长])|男篮|女篮|男排|女排|男足|女足|男乒|女乒|男曲|女曲|女冰)/;
// Someone's employer: 复旦大学教授…
const AFFILIATION = /^[\u4e00-\u9fff]{0,10}(?:教授|研究员|专家|学者|院长|分析师|博士|硕士)/;
// A medium quoted: 据文汇报报道, 解放日报:…
const MEDIUM = /(?:日报|晚报|早报|晨报|商报|快报|时报|都市报|文汇报|青年报|卫视|电视台|电台)$/;
// 金庸笔下的姑苏: places of novels; not 金庸故居.
const FICTION = /金庸(?!故|旧|书院|图书)|古龙|武侠|红楼梦|水浒|西游记|三国演义|倚天|射雕|天龙八部|笑傲江湖/;
const LEAGUE =
  /中超|中甲|中乙|cba|wcba|亚冠|足协杯|常规赛|季后赛|半决赛|总决赛|乒超|排超|欧冠|nba|首回合|次回合|联赛第|第[0-9一二三四五六七八九十]+轮/;
const RESULT =
  /[0-9][-:比][0-9]|战平|不敌|击败|力克|力擒|完胜|大胜|险胜|负于|逆转|连胜|连败|主场|客场|轻取|横扫|出局|晋级|绝杀/;
// 队名1-0队名: a score between two names; not 1-8月, 10-15岁.
const SCORE = /[\u4e00-\u9fff][0-9]{1,3}-[0-9]{1,3}(?![0-9月日号年点时岁元万亿%个人天度级期名])[\u4e00-\u9fff]/;
// 客场不敌北京首钢: a match that is told without its league.
const VENUE = /[主客]场[0-9:比-]{0,5}(?:不敌|负于|惜败|击败|力克|战胜|战平|逆转|轻取|横扫|大胜|险胜|完胜)/;
// Tables of the markets, and what brokers advise: the firms of a region are no news of it there. A firm that falls is its own.
const TIP =
  /(?:^|[^\u4e00-\u9fff])[ah美港]股|龙虎榜|涨停股|连板|午评|收评|早评|融资(?:买入|净买|余额|客)|主力资金|北[向上]资金|资金净?流[入出]|重仓|(?:买入|增持|中性|推荐)评级|目标价|研报|个股|概念股|潜力股|牛股|打板/;
const LISTED = /^[\u4e00-\u9fff]{2,3}(?:$|[、,;\s]|获|涨停|跌停|[0-9]|连板|封板|拉升|异动|买入|等)/;
// A dish is cooked anywhere: 扬州狮子头的家常做法.
const RECIPE = /做法|怎么(?:做|切|挑|选|煮|炖|泡|蒸|洗|存)|分钟学会|炖|家常菜?|食谱|菜谱|下厨|好吃到/;

// 安徽籍干部: where someone comes from.
const ORIGIN = /^籍/;
// 浙江商人在新疆: people of a place who are elsewhere; the place they are in follows.
const PEOPLE_AT = /^(?:商人|大学生|.{2}生|医生|护士|教师|老师|专家|医疗队|志愿者)在([\u4e00-\u9fff]{2,3})/;

/** Whether a headline tells of a match between two teams at home: news of there, whoever wins. */
export function isDerby(mentions: readonly Resolved[], home: Home): boolean {
  const titled = mentions.filter(({ field }) => field === 'title');
  const [first] = titled;
  if (!first || titled.length < 2 || !isMatch(first.text)) return false;
  const own = first.term.text;
  const rivals = titled.some(({ term: { text } }) => !text.includes(own) && !own.includes(text));
  return rivals && titled.every(({ codes }) => codes.every((code) => liesInAny(code, home)));
}

const isMatch = (title: string): boolean =>
  SCORE.test(title) || VENUE.test(title) || (LEAGUE.test(title) && RESULT.test(title));

/** A firm in what is said of shares: 药明康德, 宁波(韵升). */
const isTipped = (term: Term, title: string, end: number): boolean =>
  TIP.test(title) && (!term.division || LISTED.test(title.slice(end)));

/** 1 where the mention reads as the subject, less where it is a team, an employer, a medium or a match. */
export function damping({ term, field, text, start, end }: Resolved, home: Home): number {
  if (field !== 'title' && field !== 'summary' && field !== 'text') return 1;
  const after = text.slice(end, end + 16);
  if (MEDIUM.test(term.text)) return W.mention.slight;
  if (TEAM.test(after) || term.text.endsWith('队') || ORIGIN.test(after) || areElsewhere(after, home))
    return W.mention.slight;
  if (field !== 'title' && isListedProvince(term, text, start, end)) return W.mention.slight;
  if (field === 'title') {
    const aside = RECIPE.test(text) || FICTION.test(text) || isMatch(text) || isTipped(term, text, end);
    return aside ? W.mention.slight : 1;
  }
  return AFFILIATION.test(after) ? W.mention.slight : 1;
}

function areElsewhere(after: string, home: Home): boolean {
  const at = PEOPLE_AT.exec(after)?.[1];
  if (at === undefined) return false;
  const { byName } = loadGazetteer();
  const places = byName.get(at) ?? byName.get(at.slice(0, 2)) ?? [];
  return places.length > 0 && !places.some(({ code }) => liesInAny(code, home));
}

/** 广东、江苏、浙江居前: a province in a list of provinces is passed by. */
function isListedProvince({ codes, division }: Term, text: string, start: number, end: number): boolean {
  return division && isProvince(codes[0] ?? '') && (text[end] === '、' || text[start - 1] === '、');
}
