/** Headlines alone, or with a line: written by hand, for each what makes them one story or two. */
import type { Case } from './case.ts';
import { AT, DAY_MS, type Draft } from './made.ts';

const same = (name: string, ...drafts: readonly Draft[]): Case => ({
  name: `same: ${name}`,
  drafts,
  stories: 'a'.repeat(drafts.length),
});
const apart = (name: string, one: Draft, other: Draft): Case => ({
  name: `different: ${name}`,
  drafts: [one, other],
  stories: 'ab',
});
const later = (title: string, days: number): Draft => ({ title, published: AT + days * DAY_MS });

const TEXT =
  '修了两年的滁州古驿道昨天完工，全长十一里，铺石九千块，沿线的三座茶亭和一座石拱桥也修好了。负责修缮的匠人说，石头都是老石头，一块块编了号再放回去，缺的才用新料补上，补的地方刻着年份。';
const LINES = `${TEXT}村口的老人说，小时候跟着马帮走过这条路，铃声一响，半个村子都跑出来看。如今路边立了牌子，写着每一段的来历，孩子们一边走一边念。县里打算把两头的停车场修大，中间不通车，只许步行，下雨天路滑，请穿防滑的鞋。周末有人在茶亭里弹三弦，唱的是挑盐人的歌，唱完了请大家喝一碗粗茶，不收钱，碗要自己洗。`;

export const TITLES: readonly Case[] = [
  same('five characters that tell, on one day', { title: '桐城文庙重开' }, { title: '快讯：桐城文庙重开' }),
  same('eight characters, a word inserted', { title: '滁州古驿道修复完工' }, { title: '安徽滁州古驿道修复完工' }),
  same('nine characters, four days later', { title: '宿州泗县药物布鞋走俏' }, later('宿州泗县药物布鞋走俏', 4)),
  same(
    'ten characters, half a day later, of one source',
    { ...later('界首彩陶窑炉复烧成功', 0), source: 'one' },
    { ...later('界首彩陶窑炉复烧成功', 0.6), source: 'one' },
  ),
  same(
    'six characters added to a long headline',
    { title: '黄山北海宾馆改造完成下月起试营业' },
    { title: '等了六年！黄山北海宾馆改造完成下月起试营业' },
  ),
  same('three pieces inserted', { title: '淮河大桥主塔封顶明年通车' }, { title: '蚌埠淮河大桥东主塔昨封顶明年通车' }),
  same(
    'a flash whose line is too short to compare',
    { title: '滁州古驿道修复完工', text: '详情请看本台晚间七点的节目，不要错过' },
    { title: '滁州古驿道修复完工', text: TEXT },
  ),
  same(
    'seven characters on one day, a word of it in the text',
    {
      title: '滁州古驿道重开',
      text: `${TEXT.slice(0, 26)}沿线的茶亭和石桥也一并修好了，游客可以走上一整天，村里开出了三家小店。`,
    },
    { title: '滁州古驿道重开', text: TEXT },
  ),
  apart(
    'a description of 170 characters under each headline',
    { title: '滁州古驿道重开', text: LINES.slice(0, 170), source: 'feed' },
    { title: '明光绿豆开镰', text: LINES.slice(0, 170), source: 'feed' },
  ),
  same(
    'a text of 220 characters under two headlines',
    { title: '滁州古驿道重开', text: LINES.slice(0, 225), source: 'feed' },
    { title: '石板路上又有了马帮', text: LINES.slice(0, 225), source: 'feed' },
  ),
  apart(
    'a caption of fifty characters under two headlines',
    { title: '滁州古驿道重开', text: LINES.slice(0, 54) },
    { title: '一座石桥的前世', text: LINES.slice(0, 54), source: 'other' },
  ),
  same(
    'a text of seventy characters under two headlines',
    { title: '滁州古驿道重开', text: LINES.slice(0, 72) },
    { title: '石板路上又有了马帮', text: LINES.slice(0, 72) },
  ),
  apart(
    'two cities whose notices end alike in four characters',
    { title: '合肥发布预警', text: LINES.slice(60, 200) },
    { title: '安庆发布预警', text: `${LINES.slice(60, 180)}请市民注意防范，减少外出。` },
  ),
  apart('a third more added', { title: '天长仪表展迎客' }, { title: '参展商云集的天长仪表展迎客' }),
  same('a quarter added', { title: '天长仪表展开幕迎客' }, { title: '江淮天长仪表展开幕迎客' }),
  apart('four characters', { title: '巢湖水质' }, { title: '巢湖水质！' }),
  apart('seven characters, a word inserted', { title: '巢湖水质好转' }, { title: '专家谈巢湖水质好转' }),
  apart('six characters two days later', { title: '含山麦收开镰' }, later('含山麦收开镰', 2)),
  apart('a headline six days later', { title: '宿州泗县药物布鞋走俏' }, later('宿州泗县药物布鞋走俏', 6)),
  apart(
    'one source, another day',
    { title: '界首彩陶窑炉复烧成功', source: 'one' },
    { ...later('界首彩陶窑炉复烧成功', 0.9), source: 'one' },
  ),
  apart('much added', { title: '天长仪表展开幕迎客' }, { title: '参展商三百家观众五万天长仪表展开幕迎客' }),
  apart(
    'four pieces inserted',
    { title: '淮河大桥主塔封顶明年通车' },
    { title: '蚌埠淮河三桥大桥东主塔昨封顶拟明年底通车' },
  ),
  same('a word of one meaning', { title: '砀山梨农程有田病逝' }, { title: '砀山梨农程有田去世' }),
  same(
    'a short form and a place left out',
    { title: '皖南师范大学教授沈砚农在池州溺水获救' },
    { title: '皖南师大教授沈砚农溺水获救' },
  ),
  same('two clauses exchanged', { title: '巢湖开湖首日 渔民满载而归' }, { title: '渔民满载而归 巢湖开湖首日' }),
  same('a short clause exchanged', { title: '老茶厂变身书店 太平湖南岸' }, { title: '太平湖南岸 老茶厂变身书店' }),
  same('a question behind', { title: '歙县古城墙一角坍塌' }, { title: '歙县古城墙一角坍塌，为何偏在雨后？还修得好吗' }),
  same('a clause behind', { title: '渔政船夜救落水渔民' }, { title: '渔政船夜救落水渔民，全员平安' }),
  same(
    'two parts of three left out',
    { title: '池州贵池秋浦河溃口灾害已致三村进水' },
    { title: '池州秋浦河溃口致三村进水' },
  ),
  same('words put in twice', { title: '池州渡口轮船夜里撞沙洲搁浅' }, { title: '池州渡口山里轮船夜里撞镇上沙洲搁浅' }),
  same(
    'a long clause behind',
    { title: '滁州一村庄百名村民同日办银婚' },
    { title: '滁州一村庄百名村民同日办银婚，附近几个村子的乡亲一早就等在路边' },
  ),
  same(
    'three clauses the other way round',
    { title: '巢湖开湖啦 渔民收大鱼 游客尝头鲜' },
    { title: '游客尝头鲜 渔民收大鱼 巢湖开湖啦' },
  ),
  same(
    'three places put in',
    { title: '淮河大桥主塔封顶迎来首批桥工' },
    { title: '蚌埠淮河大桥东岸主塔封顶迎来首批桥工班组' },
  ),
  apart('two teams exchanged', { title: '庐州队战胜宣城队' }, { title: '宣城队战胜庐州队' }),
  apart('another name', { title: '黄梅剧团回应丁一鸣离团' }, { title: '黄梅剧团回应苏小满离团' }),
  apart('a former one', { title: '滁州盐业公司经理受审' }, { title: '滁州盐业公司原经理受审' }),
  apart('hearsay', { title: '天柱山索道缆车停在半空' }, { title: '网传天柱山索道缆车停在半空' }),
  apart('a plan', { title: '明光酒厂迁往经开区' }, { title: '明光酒厂拟迁往经开区' }),
  apart('a denial', { title: '明光酒厂迁往经开区' }, { title: '明光酒厂否认迁往经开区' }),
  apart('congratulations', { title: '皖江女排夺得联赛冠军' }, { title: '市长祝贺皖江女排夺得联赛冠军' }),
  apart('within the year', { title: '宣城绩溪快速路通车' }, { title: '宣城绩溪快速路年内通车' }),
  apart('a relative', { title: '徽剧名家方云舟去世' }, { title: '徽剧名家方云舟妻子去世' }),
  apart('a turn inserted', { title: '合肥南站将停运三天' }, { title: '合肥南站将不停运三天' }),
  apart('a number inserted', { title: '滁州地铁延长线开工' }, { title: '滁州地铁2号延长线开工' }),
];
