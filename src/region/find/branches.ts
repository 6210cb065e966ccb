/** Tells a name that only says whose a branch, a shop or a house is from the place where that stands: 徽商银行南京分行 is in 南京. */
import { isCounty, liesIn, liesInAny } from '../../divisions/codes.ts';
import type { Mention } from './resolve.ts';
import { ABROAD } from './terms.ts';

/** Who has branches, as the name ends before the branch's own place: 厦门(银行)南京分行, 安徽医科大学(附属)阜阳医院, 南京(同仁堂)北京店. */
const OWNER =
  /^[\u4e00-\u9fff]{0,8}(?:银行|农商行|证券|保险|人寿|信托|基金|期货|集团|股份|公司|大学|学院|医院|附属|汽车|医药|药业|食品|地产|科技|[堂铺楼阁轩斋坊])$/;
/** A name of a shop goes on by a character or two: 苏浙(汇)北京店. */
const SHOP_NAME = /^[^在于赴到与和及将为向对从至的了等是有被由给把让来去]{1,2}$/;
const SHOP = /^(?:[\u4e00-\u9fff]{0,4}(?:分店|门店|旗舰店)|店(?![业铺家主员里内面门长]))/;
/** What a branch is called after its place. The first may have a quarter's name before them, the others are themselves common. */
const BRANCH =
  /^[^在于赴到与和及将为向对从至的了是有被由给把让来去,。!?:;、“”《》()\s]{0,6}?(?:分行|支行|分公司|子公司|营业部|办事处|校区|分校|分院|研究院|研究所)|^(?:公司|医院|学院|工厂|中心支公司|交付中心)/;

/** A house or shop that bears a name, and where it opens: (上海滩酒店在)广州开业. */
const HOUSE =
  /^[\u4e00-\u9fffa-z0-9]{2,12}(?:店|宾馆|餐厅|酒楼|菜馆|面馆|餐馆|茶楼|茶馆|咖啡馆|会所|影城|大厦)(?:昨天|今天|昨日|今日|近日|日前|首次)?(?:在|落户|落地|入驻|进驻|登陆|开到|开进)$/;
const OPENS =
  /^[\u4e00-\u9fff]{0,6}(?:开业|开张|开门|营业|迎客|落成|揭牌|揭幕|奠基|动工|开工|封顶|走红|停业|关门|关张|倒闭)/;

/** Between a place and what stands there: 成都(一家)上海大众4S店. */
const THERE = /^(?:市|市区|街头|城区)?(?:又?(?:一家|一间|一座|一处|有家|某|再现|惊现|现|建成|建起))?$/;
/** Shops and buildings in the manner of a place, or of its brands, and what sells by its name: 昆明杭州(花园). */
const MANNER =
  /^(?:[\u4e00-\u9fff]{1,4}(?:4s店|专卖店|加盟店)|[\u4e00-\u9fff]{0,3}[菜面粉饭鸭鹅糕饼包汤](?:馆|店|铺)|[\u4e00-\u9fff]{0,2}式(?:酒店|建筑|园林|民居|小区|庭院|别墅|院落|茶楼|住宅|公园)|花园|[\u4e00-\u9fff]{0,2}[城园苑湾庭府郡]小区|大酒店|大饭店|酒楼)/;
/** Parts and houses of a town that bear a name which a county at home has too: 台南永康(区), 石家庄义乌(商贸城). Cities stand in lists: 北京上海酒店. */
const PART =
  /^(?:酒店|饭店|小区|社区|街道|公学|书院|(?:国际)?(?:小商品|商贸|皮革|皮草)城|[郡町]|[区市县村](?![域民委长场镇内]))/;

/** Taiwan, Hong Kong, Macao: their towns are no divisions of the gazetteer. */
const ISLANDS = ['710000', '810000', '820000'];

/** Characters after a name that say what stands there. */
const LOOKED_AT = 12;
/** Names between that of an owner and that of the place: 复旦大学附属 中山医院 厦门医院. */
const MOST_BETWEEN = 2;

/** `mentions` without those that only say whose, or of what manner, a thing is that the text places elsewhere. */
export const withoutOwners = (mentions: readonly Mention[]): readonly Mention[] =>
  mentions.filter((mention, index) => !isOnlyOwner(mention, index, mentions));

function isOnlyOwner(mention: Mention, index: number, mentions: readonly Mention[]): boolean {
  if (mention.term.codes.length === 0) return false;
  const before = mentions[index - 1];
  if (before !== undefined && isOtherPlace(before, mention) && standsThere(before, mention)) return true;
  return mentions
    .slice(index + 1, index + 1 + MOST_BETWEEN)
    .some((after) => isOtherPlace(after, mention) && (isBranch(mention, after) || opensAt(mention, after)));
}

/** Whether a mention in the same field is of a place that neither holds the other one nor lies in it. */
function isOtherPlace(mention: Mention, of: Mention): boolean {
  const { term, field } = mention;
  if (field !== of.field) return false;
  if (term.theme === ABROAD || isOnIslands(mention)) return true;
  if (!term.division || term.strength !== 'sure') return false;
  return term.codes.every((code) => of.term.codes.every((own) => !liesIn(code, own) && !liesIn(own, code)));
}

/** Right after a division's own name stands nobody's branch: 安徽合肥分行 has one place, 江苏上海分公司 none. */
function isBranch({ term, text, end }: Mention, { start, end: placed }: Mention): boolean {
  const name = text.slice(end, start);
  const after = text.slice(placed, placed + LOOKED_AT);
  const isOwner = name === '' ? !term.division : OWNER.test(name);
  if (isOwner) return BRANCH.test(after) || SHOP.test(after);
  return !term.division && SHOP_NAME.test(name) && SHOP.test(after);
}

const opensAt = ({ text, start }: Mention, { start: place, end: placed }: Mention): boolean =>
  HOUSE.test(text.slice(start, place)) && OPENS.test(text.slice(placed, placed + LOOKED_AT));

const standsThere = (place: Mention, { term, text, start, end }: Mention): boolean => {
  const after = text.slice(end, end + LOOKED_AT);
  const isSmall = term.codes.every(isCounty);
  if (!THERE.test(text.slice(place.end, start))) return false;
  return MANNER.test(after) || ((isSmall || isOnIslands(place)) && PART.test(after));
};

const isOnIslands = ({ term }: Mention): boolean =>
  term.codes.length > 0 && term.codes.every((code) => liesInAny(code, ISLANDS));
