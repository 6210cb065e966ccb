import { reason } from '../../src/reasons/catalogue.ts';
import { say } from '../../src/reasons/render.ts';
import { describe, expect, test } from 'vitest';
import type { Edition, RegionsConfig } from '../../src/model/config.ts';
import { createClassifier } from '../../src/region/classify.ts';
import { createSelector } from '../../src/region/decide/relevance.ts';
import { DELTA } from '../support/configs.ts';
import { BLANK } from './blank.ts';

const regions: RegionsConfig = {
  home: DELTA,
  groups: { 长三角: ['安徽', '上海', '江苏', '浙江'], 皖北: ['阜阳', '亳州', '宿州'] },
  terms: [],
  exclusions: [],
};
const { classify } = createClassifier(regions);

function edition(settings: Partial<Edition>): Edition {
  return {
    id: 'one',
    title: '',
    description: '',
    regions: ['长三角'],
    match: 'about',
    sources: [],
    keep: [],
    drop: [],
    script: null,
    content: 'summary',
    size: 10,
    perSource: null,
    maxAgeMs: null,
    digest: null,
    ...settings,
  };
}

function judge(
  settings: Partial<Edition>,
  doc: { title: string; summary?: string; source?: string; from?: string; feed?: string },
  config = regions,
) {
  const summary = doc.summary ?? '';
  const sourceRegion = doc.from ?? null;
  const classification = (config === regions ? classify : createClassifier(config).classify)({
    title: doc.title,
    summary,
    text: '',
    categories: [],
    opening: null,
    outlet: null,
    feedTitle: doc.feed ?? null,
    sourceRegion,
  });
  const [relevance] = createSelector(
    [edition(settings)],
    config,
  )({
    classification,
    sourceId: doc.source ?? 'some-source',
    sourceRegion,
    title: doc.title,
    text: summary,
    categories: [],
    outlet: null,
    authors: [],
    link: null,
  });
  if (!relevance) throw new Error('no relevance');
  return relevance;
}

describe('about', () => {
  test.each([
    ['a city in the title', '合肥新开三条公交线路', '', true],
    ['a theme', '长三角一体化示范区开工', '', true],
    ['a theme without a place', '长江经济带生态修复提速', '', true],
    ['elsewhere', '广州新开三条公交线路', '', false],
    ['a dateline alone', '全国夏收过半', '新华社合肥6月5日电 农业农村部消息，全国夏收进度过半。', false],
    ['a dateline alone, of news that reads local', '城东高架今晨通车', '新华社合肥6月5日电 通车首日车流平稳。', true],
    [
      'a dateline elsewhere, of news that reads local',
      '城东高架今晨通车',
      '新华社广州6月5日电 通车首日车流平稳。',
      false,
    ],
    [
      'a summary that opens with it and stays',
      '这座城市的夜市火了',
      '合肥的夜市近来人气很旺。合肥市商务局说，客流翻番。',
      true,
    ],
    ['one mention in the first sentence of a summary', '这座桥修好了', '记者从芜湖获悉，大桥昨天通车。', true],
    ['the same of news of the whole country', '全国汛期平稳', '芜湖昨天有雨，其他地方多云。', false],
    ['the same as a venue', '古人怎样测水', '专家在芜湖的讲座上作答。', false],
    ['the same as a reader’s origin', '古人怎样测水', '芜湖一位读者来信问起，专家作答。', false],
    ['the same beside another province', '水位普遍下降', '芜湖、九江等地水位下降。', false],
    ['one mention in the second sentence', '这座桥修好了', '大桥昨天通车。芜湖市民步行过江。', true],
    ['the same as one of several', '新规下月施行', '涉及快递和直播。其中，《浙江省邮政条例》同时施行。', false],
    ['firms that are named again and again', '海外商家在天猫开店', '天猫说，阿里巴巴今年招商翻番。', false],
    ['a broker that tells of others', '南京证券：维持新能源行业评级', '', false],
    ['a broker of which is told', '南京证券定增过会', '', true],
    ['the place of a novel', '金庸笔下的姑苏慕容家', '', false],
    ['the house of a novelist', '金庸故居海宁开放', '', true],
    ['houses that are named after a place', '兰溪二期交房，业主验收', '', false],
    ['a word of today that shares a character with a name', '出门带几个充电宝应急', '', false],
    [
      'one mention late in a summary',
      '全国多地办起灯会',
      `${'各地灯会陆续开放，游人如织。'.repeat(6)}上海也办了一场。`,
      false,
    ],
    [
      'a place elsewhere in the title, one here in the summary',
      '成都队晋级决赛',
      '比赛昨晚在上海举行，成都队获胜。',
      false,
    ],
    ['a match of a team', '中超第六轮：上海队2-1战胜对手', '', false],
    ['a match of two teams of the region', '第六轮：泰州队2-1徐州队', '', true],
    ['a match of two of its teams whose names are those of firms', '篮球：浙江广厦主场击败浙江稠州', '', true],
    ['a match that is told without its league', '上海久事客场不敌北京首钢', '', false],
    ['a firm in a table of shares', '龙虎榜：机构买入合肥城建', '', false],
    ['a firm in what a broker advises', '研报精选：药明康德获买入评级', '', false],
    ['a firm’s own news', '药明康德新厂投产', '', true],
    ['a city beside a table of shares', 'A股午评：上海出台新政，地产走强', '', true],
    ['a match of one team of the region with another', '第六轮：泰州队2-1大连队', '', false],
    ['a fair named after a doubtful place', '中国（开化）根雕节开幕', '', true],
  ])('%s', (_, title, summary, relevant) => {
    expect(judge({}, { title, summary }).relevant).toBe(relevant);
  });

  test('a county edition takes its county and leaves its city', () => {
    const county = { regions: ['阜南'] };
    expect(judge(county, { title: '阜南柳编走进高校' }).relevant).toBe(true);
    expect(judge(county, { title: '王家坝闸开闸蓄洪演练' }).relevant).toBe(true);
    expect(judge(county, { title: '阜阳新开三条公交线路' }).relevant).toBe(false);
    expect(judge(county, { title: '太和县医院扩建' }).relevant).toBe(false);
  });

  test('a group of cities', () => {
    expect(judge({ regions: ['皖北'] }, { title: '亳州中药材市场开市' }).relevant).toBe(true);
    expect(judge({ regions: ['皖北'] }, { title: '黄山迎来客流高峰' }).relevant).toBe(false);
  });

  test.each([
    ['reads local', '市委书记调研防汛工作', '淮安市', '淮安发布', '', true],
    ['a source that the config does not place', '市委书记调研防汛工作', undefined, '淮安发布', '', false],
    ['a name that says no place', '市委书记调研防汛工作', '淮安市', '今日早知道', '', false],
    ['a name of another place', '市委书记调研防汛工作', '淮安市', '广州发布', '', false],
    ['a greeting', '端午安康，粽叶飘香', '淮安市', '淮安发布', '', false],
    ['another place in the headline', '广州市委书记调研防汛工作', '淮安市', '淮安发布', '', false],
    ['another place in the summary', '市民可在家门口看展', '淮安市', '淮安发布', '展览来自成都。', false],
    ['a ministry', '教育部：中小学要保证课间活动', '淮安市', '淮安发布', '', false],
    ['the markets', '医院股走强，三大指数收涨', '淮安市', '淮安发布', '', false],
    ['the whole country', '高温预警生效', '淮安市', '淮安发布', '全国多条线路停运。', false],
    ['the whole country, but of one’s own city', '全市高温预警生效', '淮安市', '淮安发布', '全国多条线路停运。', true],
    ['abroad', '外媒：当地警方通报一起案件', '淮安市', '淮安发布', '', false],
  ] as const)('of a local outlet, naming no place: %s', (_, title, from, feed, summary, relevant) => {
    expect(judge({}, { title, summary, feed, ...(from && { from }) }).relevant).toBe(relevant);
  });

  test('where the outlet is decides as itself, and for the editions of there', () => {
    const doc = { title: '市委书记调研防汛工作', from: '淮安市', feed: '淮安发布' };
    expect(judge({}, doc).why).toEqual(reason('region.outlet-local', { place: '淮安市 320800' }));
    expect(judge({ regions: ['江苏'] }, doc).relevant).toBe(true);
    expect(judge({ regions: ['安徽'] }, doc).relevant).toBe(false);
    expect(judge({ regions: ['安徽'], match: 'from' }, doc).relevant).toBe(false);
  });

  test('an edition without regions takes everything', () => {
    expect(judge({ regions: [] }, { title: '今日要闻' }).relevant).toBe(true);
  });
});

describe('from and either', () => {
  test.each([
    ['from: its outlet is there', 'from', '全国夏收过半', '芜湖市', true],
    ['from: about it, from elsewhere', 'from', '芜湖新开公交', '广州市', false],
    ['from: nobody knows where from', 'from', '芜湖新开公交', undefined, false],
    ['either: from it', 'either', '全国夏收过半', '芜湖市', true],
    ['either: about it', 'either', '芜湖新开公交', '广州市', true],
    ['either: neither', 'either', '全国夏收过半', '广州市', false],
    ['about: its outlet is no pass', 'about', '全国夏收过半', '芜湖市', false],
  ] as const)('%s', (_, match, title, from, relevant) => {
    expect(judge({ regions: ['安徽'], match }, from ? { title, from } : { title }).relevant).toBe(relevant);
  });
});

describe('rules and sources come before regions', () => {
  test('drop beats keep, keep beats regions', () => {
    expect(judge({ drop: ['公交'], keep: ['合肥'] }, { title: '合肥公交调整' })).toMatchObject({
      relevant: false,
      why: reason('edition.drop', { rule: '"公交"' }),
    });
    expect(judge({ keep: [{ title: '/夏收/' }] }, { title: '全国夏收过半' })).toMatchObject({
      relevant: true,
      why: reason('edition.keep', { rule: 'title "/夏收/"' }),
    });
  });

  test('a source outside the list is out, whatever it tells', () => {
    const settings = { sources: ['this-one'], keep: ['合肥'] };
    expect(judge(settings, { title: '合肥公交调整', source: 'other' })).toMatchObject({ relevant: false });
    expect(judge(settings, { title: '合肥公交调整', source: 'this-one' })).toMatchObject({ relevant: true });
  });
});

describe('why', () => {
  test.each([
    [
      'what decided',
      {},
      '安徽合肥办展',
      /^合肥 in the title \+2\.5 → 合肥市 340100; 安徽 in the title \+2\.5 → 安徽省 340000; score \d\.\d, threshold 2\.0$/,
    ],
    ['the place in the edition’s regions', { regions: ['安徽'] }, '合肥公交调整', /→ 合肥市 340100/],
    [
      'what argued against',
      {},
      '广州企业牵手华南',
      /^only places elsewhere are named: 广州 in the title −2\.5 → 广州市 440100; threshold/,
    ],
    ['nothing', {}, '今日要闻', /^no place or theme/],
    ['the theme', { regions: ['长三角'] }, '长江经济带生态修复提速', /长江经济带 in the title \+2\.5 → 长江经济带/],
  ])('names %s', (_, settings, title, why) => {
    expect(say(judge(settings, { title }).why, 'en')).toMatch(why);
  });

  test('says what was missing', () => {
    const late = { title: '全国多地办起灯会', summary: `${'各地灯会陆续开放，游人如织。'.repeat(6)}上海也办了一场。` };
    expect(say(judge({}, late).why, 'en')).toBe(
      '上海 in the summary +0.8 → 上海市 310000, only in passing; threshold 2.0',
    );
    const venue = { title: '灯会开幕', summary: '在上海，灯会昨晚开幕。' };
    expect(say(judge({}, venue).why, 'en')).toBe(
      '上海 in the summary +1.6 → 上海市 310000; score 1.6, 0.4 short of the threshold 2.0',
    );
  });

  test('one answer per edition, in order', () => {
    const editions = ['安徽', '上海', '江苏'].map((name) => edition({ id: name, regions: [name] }));
    const input = {
      sourceId: 's',
      sourceRegion: null,
      title: '',
      text: '',
      categories: [],
      outlet: null,
      authors: [],
      link: null,
    };
    const empty = { ...BLANK, title: '上海车展开幕' };
    const answers = createSelector(editions, regions)({ ...input, classification: classify(empty) });
    expect(answers.map(({ edition: id, relevant }) => [id, relevant])).toEqual([
      ['安徽', false],
      ['上海', true],
      ['江苏', false],
    ]);
  });
});

test('a short name is sure at home, and needs a cue elsewhere', () => {
  const relevant = (home: readonly string[], title: string) =>
    judge({ regions: ['四川', '安徽'] }, { title }, { ...regions, home }).relevant;
  const [sichuan, anhui] = ['南江黄羊出口创新高', '含山瓷器出口创新高'];
  expect([relevant(DELTA, sichuan), relevant(['510000'], sichuan)]).toEqual([false, true]);
  expect([relevant(DELTA, anhui), relevant(['510000'], anhui)]).toEqual([true, false]);
});
