/** Holds every row of the verdict on two texts: each case fails when its row, or a condition of it, is taken out. */
import { describe } from 'vitest';
import { exchange, fill, FORMS, join } from '../../../eval/stories/made.ts';
import type { Draft } from '../write.ts';
import { aside, CHANGED, endedAnew, from, hold, later, OTHER, sentences, text, title, words } from './judge.ts';

const [forecast, , , reward] = FORMS;
if (forecast === undefined || reward === undefined) throw new Error('no forms');
const rules = sentences.join('').replace(/\d/g, '');
const card = (city: string, points: number): Draft => ({
  title: `${city}市居民换领新版社保卡须知`,
  text: `${city}市${points}个网点开始换卡，每日限${points * 3}号，押金${points + 7}元。\n${rules}`,
});
const on = (day: number, telling: string): string => `6月${day}日，${telling}`;
const ferry = (issue: number, telling: string): Draft => ({ title: `江淮渡口开航通告第${issue}期`, text: telling });
const SAILING = '渡口今日照常开航，请旅客提前半小时到码头候船，过江车辆按序排队。';
const ADVERTISED = '皖江新闻网每天播报沿江各地的要闻和出行提示，线索可拨打热线。';

describe('one text', () => {
  hold([
    [
      'a notice of few words, issue by issue',
      ferry(3, SAILING),
      ferry(4, SAILING),
      'apart',
      'story.issues-of-one-text',
    ],
    ['a long text under a corrected number', ferry(3, words), ferry(4, words), 'same', 'story.same-text'],
    [
      'what a feed says under every headline',
      from('feed', { title: '淮河水位回落', text: ADVERTISED }),
      from('feed', { title: '地铁延时运营', text: ADVERTISED }),
      'other',
      'story.boilerplate',
    ],
    [
      'a flash that one source sends twice',
      from('feed', { title: '淮河水位今天全线回落', text: SAILING }),
      from('feed', { title: '淮河水位今天全线回落', text: SAILING }),
      'same',
      'story.same-title-and-text',
    ],
    [
      'a line that two outlets headline each in its way',
      { title: '淮河水位回落', text: SAILING },
      { title: '渡口明天照常开航', text: SAILING },
      'same',
      'story.same-text',
    ],
    [
      'an article that its source headlines anew',
      from('paper', { title: CHANGED[0], text: words }),
      from('paper', { title: OTHER, text: words }),
      'same',
      'story.same-text',
    ],
  ]);
});

describe('texts that name days', () => {
  hold([
    [
      'a form filled for two towns and two days',
      { ...card('芜湖', 31), text: on(9, card('芜湖', 31).text ?? '') },
      { ...card('蚌埠', 58), text: on(21, card('蚌埠', 58).text ?? '') },
      'apart',
      'story.alike-other-days',
    ],
    [
      'one headline on two days',
      { title, text: on(9, endedAnew(0.3)) },
      { title, text: on(21, words) },
      'other',
      'story.alike-other-days',
    ],
    [
      'a copy whose date is corrected',
      { title, text: on(9, words) },
      { title, text: on(10, words) },
      'same',
      'story.alike',
    ],
    [
      'such a copy under a headline with a word changed',
      { title: CHANGED[0], text: on(9, words) },
      { title: CHANGED[1], text: on(10, words) },
      'same',
      'story.alike',
    ],
  ]);
});

describe('victims that are counted again', () => {
  const fire = (toll: string, hurt: number, moved: number): Draft => ({
    title: `芜湖一厂房火灾已${toll} 明火扑灭`,
    text: `${words}\n事故已${toll}，${hurt}人送医，转移${moved}人。`,
  });
  const daily = (deaths: number, telling: string): Draft => ({
    title: `全省道路交通事故日报：死亡${deaths}人`,
    text: telling,
  });
  const missing = (person: string): Draft => ({
    title: '宣告公民死亡公告',
    text: `申请人申请宣告${person}死亡一案，本院已经受理，${person}下落不明已满四年。现发出寻人公告，公告期间为一年，被申请人应当自公告之日起一年内向本院申报本人具体地址及其联系方式；逾期不申报的，将被宣告死亡。凡知悉其生存现状的人，应当自公告之日起一年内将知悉的情况向本院报告，联系人为民事审判庭书记员，地址在法院南楼二层。`,
  });
  hold([
    [
      'the same fire, later and in other words',
      fire('致3人死亡', 12, 87),
      fire('有5人遇难', 19, 92),
      'same',
      'story.alike',
    ],
    ['the same fire, later', fire('致3人死亡', 12, 87), fire('致5人死亡', 19, 92), 'same', 'story.alike'],
    [
      'two accidents of one day',
      { title: '芜湖一工地事故致2人受伤', text: words },
      { title: '芜湖一工地事故致3人受伤', text: endedAnew(0.6) },
      'apart',
      'story.other-numbers-in-template',
    ],
    [
      'figures of two days',
      daily(3, words),
      later(daily(5, endedAnew(0.1)), 1),
      'apart',
      'story.other-numbers-in-template',
    ],
    [
      'a court’s notices on two missing persons',
      from('court', missing('汪样清')),
      from('court', missing('程样舟')),
      'apart',
      'story.alike-two-notices',
    ],
  ]);
});

describe('issues, notices and forms', () => {
  const debt = fill(reward, 1);
  const water = '芜湖市弋江区部分小区停水通知';
  hold([
    [
      'issues whose texts are alike',
      ferry(3, text),
      ferry(4, join(exchange(sentences, 0.2, 3))),
      'apart',
      'story.other-numbers-in-template',
    ],
    [
      'two notices of one court',
      from('court', debt),
      from('court', fill(reward, 2)),
      'apart',
      'story.alike-two-notices',
    ],
    [
      'one notice with a line more',
      from('court', debt),
      from('court', { ...debt, text: `${debt.text}\n特此公告。` }),
      'same',
      'story.alike',
    ],
    [
      'a notice and its beginning',
      from('court', { ...debt, text: `${debt.text}\n${words}` }),
      from('court', { ...debt, text: debt.text?.slice(0, 80) ?? '' }),
      'same',
      'story.alike',
    ],
    [
      'a notice that its office extends',
      from('office', { title: water, text: words }),
      from('office', { title: '芜湖市弋江区部分小区延长停水通知', text: endedAnew(0.15) }),
      'same',
      'story.alike',
    ],
    [
      'a notice that two outlets print',
      { title: water, text: words },
      { title: water, text: endedAnew(0.15) },
      'same',
      'story.alike',
    ],
    [
      'a form filled for two towns, but for its numbers word for word',
      card('芜湖', 31),
      card('蚌埠', 58),
      'apart',
      'story.template-numbers-differ',
    ],
  ]);
});

describe('another day', () => {
  const paper = (telling: string): Draft => from('paper', { title, text: telling });
  const bulletin = { ...fill(forecast, 21), title: fill(forecast, 1).title ?? '' };
  const chat = '江淮夜话';
  hold([
    [
      'one source on the next day, half of it new',
      paper(words),
      later(paper(endedAnew(0.45)), 1),
      'other',
      'story.alike-another-day',
    ],
    ['one source on the same day, half of it new', paper(words), paper(endedAnew(0.45)), 'same', 'story.alike'],
    [
      'one source on the next day, with a line more',
      paper(words),
      later(paper(words + aside(30)), 1),
      'same',
      'story.alike',
    ],
    [
      'a bulletin of the next day in another outlet',
      fill(forecast, 1),
      later(bulletin, 1),
      'other',
      'story.alike-numbers-differ',
    ],
    ['a bulletin that another outlet corrects', fill(forecast, 1), bulletin, 'same', 'story.alike'],
    [
      'a column of the next week, half of it new',
      { title: chat, text: words },
      later({ title: chat, text: endedAnew(0.35) }, 7),
      'other',
      'story.alike-too-late',
    ],
    [
      'a column of the next day in another outlet, half of it new',
      { title: chat, text: words },
      later({ title: chat, text: endedAnew(0.35) }, 1),
      'same',
      'story.alike',
    ],
    [
      'an article reprinted after a week',
      { title, text: words },
      later({ title, text: words + aside(30) }, 8),
      'same',
      'story.alike',
    ],
    [
      'one office’s figures of two months',
      { title: '芜湖港前3个月吞吐量同比增长', text: words },
      { title: '吞吐量同比增长 芜湖港前4个月', text: endedAnew(0.25) },
      'other',
      'story.alike-headline-numbers',
    ],
    [
      'a copy whose headline counts otherwise',
      { title: '合肥新开5条公交线路', text: words },
      { title: '公交新线路6条在合肥开通', text: endedAnew(0.07) },
      'same',
      'story.alike',
    ],
  ]);
});

describe('texts of one form whose headlines name others', () => {
  const summons = (title: string, name: string): Draft =>
    from('court', {
      title,
      text: `本院受理皖江银行与${name}借款合同纠纷一案，因无法以其他方式送达，现向你公告送达起诉状副本、应诉通知书、举证通知书和开庭传票。自公告之日起满一个月即为送达，定于举证期满后在本院第二法庭公开审理，逾期将依法缺席裁判。特此公告。`,
    });
  const line = (title: string, number: number): Draft => ({
    title,
    text: `庐州轨道交通${number}号线今天开通，全线设站20座，连接高铁站与大学城，首班车6点半，末班车23点，市民可刷卡、扫码乘车，换乘优惠不变，首日客流平稳，沿线商圈同步推出活动迎接乘客，夜里延长半小时收班。`,
  });
  hold([
    [
      'two people before one court',
      summons('镜湖区法院送达公告（王志强）', '王志强'),
      summons('镜湖区法院送达公告（李小梅）', '李小梅'),
      'apart',
      'story.other-person',
    ],
    [
      'two people, whom the texts alone name',
      summons('镜湖区法院送达公告', '王志强'),
      summons('镜湖区法院送达公告', '李小梅'),
      'apart',
      'story.alike-two-notices',
    ],
    [
      'one notice, twice',
      summons('镜湖区法院送达公告', '王志强'),
      summons('镜湖区法院送达公告', '王志强'),
      'same',
      'story.same-title-and-text',
    ],
    [
      'two lines under headlines of their own',
      line('庐州6号线开通，市民赶早尝鲜', 6),
      line('庐州地铁9号线今起载客', 9),
      'apart',
      'story.other-numbered-name',
    ],
    [
      'one line under two headlines',
      line('庐州6号线开通，市民赶早尝鲜', 6),
      line('庐州地铁6号线今起载客', 6),
      'same',
      'story.same-text',
    ],
  ]);
});
