/** Holds the rows of the verdict that go by headlines, parts of series and addresses: each case fails without its row. */
import { describe, expect, it } from 'vitest';
import type { Draft } from '../write.ts';
import { begunAnew, CHANGED, endedAnew, from, hold, judge, later, OTHER, TURNED, words } from './judge.ts';

const [headline] = CHANGED;
const [first, turned] = TURNED;
const water = (day: number): Draft => ({ title: '芜湖弋江区部分小区停水通知', text: `停水时间：6月${day}日` });

describe('headlines without a text', () => {
  hold([
    [
      'issues of a bulletin',
      '皖北粮价日报（6月2日）',
      '皖北粮价日报（6月3日）',
      'apart',
      'story.other-numbers-in-template',
    ],
    ['two headlines', '合肥地铁延时运营', '淮河水位全线回落', 'other', 'story.no-text.headlines-differ'],
    ['two halves exchanged', first, turned, 'same', 'story.headline-reworded'],
    ['a word of the same meaning', '九十岁画家程墨山病逝', '九十岁画家程墨山去世', 'same', 'story.same-headline'],
    [
      'a short form of a name',
      '皖南大学教授汪立言江中遇险获救',
      '皖大教授汪立言江中遇险获救',
      'same',
      'story.headline-reworded',
    ],
    [
      'words taken out in three places',
      '歙县新安江段山洪灾害已致三座石桥受损',
      '歙县新安江山洪致三座石桥受损',
      'same',
      'story.headline-extended',
    ],
    [
      'a question behind',
      '徽州古城南门城楼昨夜倒塌',
      '徽州古城南门城楼昨夜倒塌，为何偏偏是南门？还能修吗',
      'same',
      'story.headline-extended',
    ],
    ['a year', '淮河流域捕鱼季开始', '2026年淮河流域捕鱼季开始', 'same', 'story.headline-extended'],
    ['a long name and a short one', '淮南理工大学校长调任', '淮南理工大校长调任', 'same', 'story.same-headline'],
    ['a score', '皖江女足3比1力克江淮女足', '皖江女足3:1击败江淮女足', 'same', 'story.same-headline'],
    ['a count of victims', '休宁校车翻入河沟致四死', '休宁校车翻入河沟造成4人死亡', 'same', 'story.same-headline'],
    [
      'a part before its neighbour',
      '一台收割机在歙县霞坑冲下田坎',
      '歙县霞坑一台收割机冲下田坎',
      'same',
      'story.headline-reworded',
    ],
    [
      'a negation before another word',
      '歙县霞坑不收过路费',
      '不歙县霞坑收过路费',
      'other',
      'story.no-text.headlines-differ',
    ],
    [
      'who answers whom, put both ways',
      '黟县景区就漏雨古宅作出回应',
      '黟县景区回应漏雨古宅',
      'same',
      'story.headline-reworded',
    ],
    [
      'still to come in both',
      '绩溪新水厂将于年底供水到户',
      '绩溪新水厂年底供水到户',
      'same',
      'story.headline-extended',
    ],
    [
      'a whole clause with a number more',
      '含山运河码头迎来第一船粮食',
      '含山运河码头迎来第一船粮食，6家磨坊等着开机',
      'same',
      'story.headline-extended',
    ],
    [
      'a clause left out of the middle',
      '含山运河码头开航，首船装的是稻谷，当天夜里卸完',
      '含山运河码头开航，当天夜里卸完',
      'same',
      'story.headline-extended',
    ],
    [
      'another who says it',
      '芜湖：过江轮渡明起恢复夜航',
      '铜陵：过江轮渡明起恢复夜航',
      'other',
      'story.no-text.headlines-differ',
    ],
    [
      'a clause that denies it',
      '含山运河码头迎来第一船粮食',
      '含山运河码头迎来第一船粮食？港务局：不实',
      'other',
      'story.no-text.headline-adds',
    ],
    [
      'one item of a list',
      '含山运河码头迎来第一船粮食',
      '含山运河码头迎来第一船粮食；歙县修路队进山抢通村道',
      'other',
      'story.no-text.headline-adds',
    ],
    [
      'what is done besides',
      '含山运河码头卸下第一船粮食',
      '含山运河码头卸下第一船粮食起纠纷',
      'other',
      'story.no-text.headline-adds',
    ],
    [
      'who did it to whom exchanged',
      '庐州队战胜宣城队夺冠',
      '宣城队战胜庐州队夺冠',
      'other',
      'story.no-text.headlines-differ',
    ],
    [
      'another name in one place',
      '淮北剧团回应丁一鸣录音',
      '淮北剧团回应苏小满录音',
      'other',
      'story.no-text.headlines-differ',
    ],
    ['a series and a part of it', '新安江上的守望者（上）', '新安江上的守望者', 'apart', 'story.one-is-a-part'],
    ['a greeting', '端午安康', '端午安康！', 'other', 'story.no-text.standing-phrase'],
    ['few words', '巢湖渔船开湖', '巢湖渔船开湖', 'same', 'story.same-headline'],
    [
      'few words and one that tells something more',
      '巢湖渔船开湖',
      '巢湖渔船雨中开湖',
      'other',
      'story.no-text.standing-phrase',
    ],
    ['few words and one around the news', '巢湖渔船开湖', '巢湖渔船今日开湖', 'same', 'story.headline-extended'],
    [
      'few words, a figure, and one more',
      '巢湖开湖首日捕鱼9吨',
      '巢湖渔船开湖首日捕鱼9吨',
      'same',
      'story.headline-extended',
    ],
    ['words enough and some more', headline, `${headline} 卖到海外`, 'same', 'story.headline-extended'],
    [
      'a word that turns it',
      '芜湖长江大桥封闭施工',
      '芜湖长江大桥取消封闭施工',
      'other',
      'story.no-text.headline-adds',
    ],
    ['a number', '淮河王家坝水情通报', '淮河王家坝水情通报第3号', 'other', 'story.no-text.headline-adds'],
    [
      'half a headline more: news of its own',
      '芜湖长江三桥正式通车',
      '芜湖长江三桥正式通车后车流量翻番',
      'other',
      'story.no-text.headline-adds',
    ],
    [
      'few words, three days apart',
      '巢湖渔船开湖',
      later({ title: '巢湖渔船开湖' }, 3),
      'other',
      'story.no-text.too-late',
    ],
    ['words enough, three days apart', headline, later({ title: headline }, 3), 'same', 'story.same-headline'],
    ['words enough, six days apart', headline, later({ title: headline }, 6), 'other', 'story.no-text.too-late'],
    [
      'twice by one source',
      from('a', { title: headline }),
      from('a', { title: headline }),
      'same',
      'story.same-headline',
    ],
    [
      'twice by one source, a day apart',
      from('a', { title: headline }),
      later(from('a', { title: headline }), 1),
      'other',
      'story.no-text.another-day',
    ],
    ['a notice for two days', water(9), water(21), 'other', 'story.other-days'],
  ]);

  it.each([
    ['芜湖长江大桥封闭施工', '芜湖长江大桥暂停封闭施工'],
    ['铜陵矿务局局长受贿案开庭', '铜陵矿务局原局长受贿案开庭'],
    ['黄山北门索道缆车坠落', '网传黄山北门索道缆车坠落'],
    ['宣城至绩溪铁路开工', '宣城至绩溪铁路年内开工'],
    ['滁州仪表厂迁往来安', '滁州仪表厂拟迁往来安'],
    ['滁州仪表厂迁往来安', '滁州仪表厂否认迁往来安'],
    ['皖江女排夺得联赛冠军', '市长祝贺皖江女排夺得联赛冠军'],
    ['巢湖渔民捞起百年铁锚', '专家谈巢湖渔民捞起百年铁锚'],
    ['亳州药市商户全部复工', '亳州药市商户未全部复工'],
    ['石台硒茶出口量增长', '石台硒茶出口量增长预期'],
    ['歌唱家沈月如在池州去世', '歌唱家沈月如丈夫在池州去世'],
    ['六安瓜片涨价', '六安瓜片或将涨价'],
  ])('stay two where a word turns one: %s, %s', (plain, turned) => {
    expect(judge({ title: plain }, { title: turned }).same).toBe(false);
    expect(judge({ title: turned }, { title: plain }).same).toBe(false);
  });

  it.each<readonly [string, Draft, Draft, boolean]>([
    ['the same', { title: headline }, { title: headline }, true],
    ['the same in few words', { title: '巢湖渔船开湖' }, { title: '巢湖渔船开湖' }, false],
    ['with some words more', { title: headline }, { title: `${headline} 卖到海外` }, false],
    ['the same, a day later', { title: headline }, later({ title: headline }, 1), false],
  ])('name a story where they are: %s', (_, one, other, named) => {
    expect([judge(one, other).named, judge(other, one).named]).toEqual([named, named]);
  });
});

describe('parts of a series', () => {
  const upper = '新安江上的守望者（上）';
  hold([
    [
      'two parts with one text',
      { title: upper, text: words },
      { title: '新安江上的守望者（下）', text: words },
      'apart',
      'story.parts',
    ],
    ['one part in two outlets', upper, upper, 'same', 'story.same-headline'],
    [
      'a part and its text under the name of the series',
      { title: upper, text: words },
      { title: '新安江上的守望者', text: words },
      'same',
      'story.same-text',
    ],
  ]);
});

describe('one address', () => {
  const at = (title: string, text = ''): Draft => ({ link: 'https://news.example/1.html', title, text });
  hold([
    [
      'two issues of a bulletin',
      at('皖北粮价日报（6月2日）'),
      at('皖北粮价日报（6月3日）'),
      'apart',
      'story.address-but',
    ],
    ['two headlines without a text', at('江淮要闻'), at(OTHER), 'other', 'story.address-but'],
    ['no headline, no text', at(''), at(headline), 'same', 'story.same-address'],
    [
      'a page that is half new, its headline turned',
      at(first, words),
      at(turned, endedAnew(0.5)),
      'same',
      'story.same-address',
    ],
    [
      'a page that is half new under another headline',
      at(headline, words),
      at(OTHER, endedAnew(0.5)),
      'other',
      'story.address-but',
    ],
    [
      'a page begun anew under another headline',
      at(headline, words),
      at(OTHER, begunAnew(0.25)),
      'same',
      'story.same-address',
    ],
    [
      'a page that is half new, once without a headline',
      at('', words),
      at(OTHER, endedAnew(0.5)),
      'same',
      'story.same-address',
    ],
    ['another page, once without a headline', at('', words), at(OTHER, endedAnew(0.8)), 'other', 'story.address-but'],
    [
      'a quarter, which the headline makes enough',
      at(headline, words),
      at(headline, endedAnew(0.75)),
      'same',
      'story.alike',
    ],
    [
      'no address at all',
      { link: null, title: first },
      { link: null, title: OTHER },
      'other',
      'story.no-text.headlines-differ',
    ],
  ]);
});
