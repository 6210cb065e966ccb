import { describe, expect, it } from 'vitest';
import { article, exchange, fill, FORMS, join } from '../../../eval/stories/made.ts';
import { fingerprint } from '../../../src/story/keys/fingerprint.ts';
import { readEvidence } from '../../../src/story/keys/evidence.ts';
import { compare, type Verdict } from '../../../src/story/verdict/compare.ts';
import { DAY_MS, type Draft, NOW, write } from '../write.ts';

function judge(one: Draft, other: Draft): Verdict {
  const [a, b] = [one, other].map((draft) => readEvidence(fingerprint(write(draft)).evidence));
  if (!a || !b) throw new Error('no evidence');
  return compare(a, one.published ?? NOW, b, other.published ?? NOW);
}

const { title, sentences } = article(5, true);
const text = join(sentences);
const whole: Draft = { title, text };
const [forecast, , , reward] = FORMS;
if (forecast === undefined || reward === undefined) throw new Error('no forms');
const rules = sentences.join('').replace(/\d/g, '');
const card = (city: string, points: number): Draft => ({
  title: `${city}市居民换领新版社保卡须知`,
  text: `${city}市${points}个网点开始换卡，每日限${points * 3}号，押金${points + 7}元。\n${rules}`,
});
const later = (draft: Draft, days: number): Draft => ({ ...draft, published: NOW + days * DAY_MS });

/** Each fails when its row of the verdict is taken out. */
describe('rows of the verdict', () => {
  it.each<[string, Draft, Draft, boolean, string]>([
    [
      'a form filled for two towns, but for its numbers word for word',
      card('芜湖', 31),
      card('蚌埠', 58),
      false,
      'story.template-numbers-differ',
    ],
    [
      'one source on the next day, half of it new',
      { ...whole, source: 'paper' },
      { ...later({ title, text: join(exchange(sentences, 0.45, 3)) }, 1), source: 'paper' },
      false,
      'story.alike-another-day',
    ],
    [
      'a bulletin of the next day in another outlet',
      fill(forecast, 1),
      later({ ...fill(forecast, 21), title: fill(forecast, 1).title ?? '' }, 1),
      false,
      'story.alike-numbers-differ',
    ],
    [
      'a column of the next week, half of it new',
      { title: '江淮夜话', text: rules },
      later({ title: '江淮夜话', text: join(exchange(rules.match(/[^。]+。/g) ?? [], 0.35, 3)).replace(/\d/g, '') }, 7),
      false,
      'story.alike-too-late',
    ],
    [
      'one office’s figures of two months',
      { title: '芜湖港前3个月吞吐量同比增长', text },
      { title: '吞吐量同比增长 芜湖港前4个月', text: join(exchange(sentences, 0.25, 3)) },
      false,
      'story.alike-headline-numbers',
    ],
    [
      'two notices of one court',
      { ...fill(reward, 1), source: 'court' },
      { ...fill(reward, 2), source: 'court' },
      false,
      'story.alike-two-notices',
    ],
    [
      'the beginning under a similar headline',
      { title: '巢湖渔民上岸学手艺 竹编卖到海外', text },
      { title: '竹编卖到海外 巢湖渔民上岸学手艺', text: text.slice(0, 150) },
      true,
      'story.alike',
    ],
    [
      'the beginning under a headline with a word changed',
      { title: '巢湖渔民上岸学会竹编手艺', text },
      { title: '巢湖渔民上岸靠着竹编手艺', text: text.slice(0, 150) },
      true,
      'story.alike',
    ],
    [
      'a digest that ends with the story',
      { title: '巢湖渔民上岸学会竹编手艺', text: text.slice(0, 200) },
      { title: '江淮早报', text: join([...article(9, true).sentences, text.slice(0, 200)]) },
      false,
      'story.alike-too-little',
    ],
  ])('%s', (_, one, other, same, code) => {
    for (const verdict of [judge(one, other), judge(other, one)]) {
      expect(verdict.reason.code).toBe(code);
      expect(verdict.same).toBe(same);
    }
  });

  it('keeps the stories of two filled forms apart, not only the entries', () => {
    expect(judge(card('芜湖', 31), card('蚌埠', 58)).apart).toBe(true);
    expect(judge(whole, { title, text: join(exchange(sentences, 0.2, 3)) }).apart).toBe(false);
  });

  const notice = (issue: number, words: string): Draft => ({ title: `江淮渡口开航通告第${issue}期`, text: words });
  it.each<[string, Draft, Draft, string]>([
    [
      'a notice of few words, issue by issue',
      notice(3, '渡口今日照常开航，请旅客提前半小时到码头候船，过江车辆按序排队。'),
      notice(4, '渡口今日照常开航，请旅客提前半小时到码头候船，过江车辆按序排队。'),
      'story.issues-of-one-text',
    ],
    [
      'issues whose texts are alike',
      notice(3, text),
      notice(4, join(exchange(sentences, 0.2, 3))),
      'story.other-numbers-in-template',
    ],
    [
      'a form filled for two towns and two days',
      { ...card('芜湖', 31), text: `6月9日起换领。${card('芜湖', 31).text}` },
      { ...card('蚌埠', 58), text: `6月21日起换领。${card('蚌埠', 58).text}` },
      'story.alike-other-days',
    ],
  ])('keeps apart: %s', (_, one, other, code) => {
    const { apart, reason } = judge(one, other);
    expect({ apart, code: reason.code }).toEqual({ apart: true, code });
  });
});
