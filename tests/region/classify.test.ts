import { describe, expect, test } from 'vitest';
import { createClassifier, type ClassifierInput } from '../../src/region/classify.ts';
import type { Opening } from '../../src/model/entry.ts';
import { DELTA } from '../support/configs.ts';
import { BLANK } from './blank.ts';

const { classify } = createClassifier({ groups: {}, home: DELTA, terms: [], exclusions: [] });
const openedIn = (place: string): Opening => ({ start: 0, length: 0, agency: null, place, date: null, people: [] });
const codes = (doc: Partial<ClassifierInput>): readonly string[] =>
  classify({ ...BLANK, ...doc }).regions.map(({ code }) => code);

describe('places named', () => {
  test.each([
    ['a province', '安徽今年夏粮再获丰收', ['340000']],
    ['a city', '合肥新开三条公交线路', ['340100']],
    ['a county, and the city above it', '阜南县柳编远销海外', ['341200', '341225']],
    ['a county by its short name', '昆山一家企业上市', ['320500', '320583']],
    ['Traditional script', '蕪湖港吞吐量創新高', ['340200']],
    ['a former name', '居巢区老照片征集', ['340181', '340100']],
    ['an abbreviation', '皖企出海记', ['340000']],
    ['cities in one abbreviation', '苏锡常三地共用一张公交卡', ['320500', '320200', '320400']],
    ['a university', '中科大发布新成果', ['340100']],
    ['a university in a city elsewhere than its name', '中国矿业大学新校区启用', ['320300']],
    ['a town of fame', '乌镇今起试行预约参观', ['330400']],
    ['a mayor whose whole name is a city', '芜湖市长宁波调研造船企业', ['340200']],
    ['a player whose given name is a city', '棋手顾宁波获第三轮胜局', []],
    ['a mayor of that city', '宁波市长调研港口', ['330200']],
    ['a river that bears the name of another city', '苏州河游船复航', ['310000']],
    ['a development zone', '苏州工业园区出台新政', ['320500']],
    ['a museum', '中国大运河博物馆推出夜场', ['321000']],
    ['a company', '长鑫存储扩产', ['340100']],
    ['a county far away', '兴和县举办赛马会', ['150924']],
  ])('%s: %s', (_, title, expected) => {
    expect(codes({ title })).toEqual(expect.arrayContaining([...expected]));
  });
});

describe('no place of the Delta', () => {
  test.each([
    ['within a longer word', '复合肥价格连续三周上涨'],
    ['across two words', '辽宁国企改革再提速'],
    ['across two words', '胡同里的旧书摊'],
    ['a person of state', '王沪宁会见外宾'],
    ['a person after an office', '副市长陈海宁到任'],
    ['a road in another city', '青岛市宁波路今起封闭施工'],
    ['a stock index', '沪指午后翻红'],
    ['futures', '沪铜主力合约收涨'],
    ['a broker’s research', '【浙商宏观】六月数据点评'],
    ['an international organisation', '上海合作组织峰会在天津开幕'],
    ['a dish', '十分钟学会扬州炒饭'],
    ['a cheer', '芜湖~起飞'],
    ['a district of its name elsewhere', '武汉东西湖区招商'],
    ['a doubtful word without a cue', '无为而治的智慧'],
    ['a greeting', '祝大家端午安康'],
    ['a phrase', '绿水青山是最好的课堂'],
    ['a mountain of its name', '到八宝山悼念先烈'],
    ['a city of its name in Taiwan', '新北市公布预算'],
  ])('%s: %s', (_, title) => {
    expect(codes({ title }).filter((code) => /^3[1-4]/.test(code))).toEqual([]);
  });
});

describe('names that overlap', () => {
  test.each([
    ['合肥 and 肥城市', '合肥城市体检报告发布', ['340100'], '370983'],
    ['上海 and 海城市', '上海城市精神大讨论', ['310000'], '210381'],
    ['苏州 and 江苏', '长江苏州段禁捕巡查', ['320500'], '320000'],
    ['安徽 and 来安', '国庆来安徽赏秋', ['340000'], '341122'],
    ['扬州 and 江都', '南水北调江都枢纽满负荷抽水，扬州城区水位平稳', ['321012', '321000'], '340000'],
    ['南京 and 京口', '南京口岸通关提速', ['320100'], '321102'],
  ])('%s: %s', (_, title, expected, not) => {
    const found = codes({ title });
    expect(found).toEqual(expect.arrayContaining([...expected]));
    expect(found).not.toContain(not);
  });

  test('a name that nothing around it settles leaves its place to the one it covers', () => {
    const own = createClassifier({ groups: {}, home: DELTA, terms: [], exclusions: [] });
    expect(own.classify({ ...BLANK, title: '浙江山海之约' }).regions.map(({ code }) => code)).toEqual(['330000']);
  });
});

describe('where the outlet is', () => {
  const local = { feedTitle: '合肥晚报', outlet: '合肥晚报', sourceName: '合肥晚报', sourceRegion: '340100' };

  test('is no region of the story', () => {
    const found = classify({ ...BLANK, ...local, title: '全市中小学明起错峰放学' });
    expect(found.regions).toEqual([]);
    expect(found.mentioned).toBeUndefined();
    expect(found.outletPlace).toEqual({ code: '340100', name: '合肥市', level: 'city' });
  });

  test.each<[string, Partial<ClassifierInput>, string | undefined]>([
    ['a text that names its place is placed by that', { title: '合肥中小学明起错峰放学' }, undefined],
    ['a text that names another is placed by that', { title: '六安中小学明起错峰放学' }, undefined],
    ['the dateline is part of the text', { opening: openedIn('芜湖') }, undefined],
    ['the source lies in a wider place than its name says', { sourceRegion: '340000' }, '340100'],
    ['the name says a wider place than the config', { feedTitle: '安徽网', outlet: null, sourceName: '' }, '340000'],
    ['the name of the source alone', { feedTitle: null, outlet: null }, '340100'],
    ['the name of the outlet alone', { feedTitle: null, sourceName: '' }, '340100'],
    ['the config names another place', { sourceRegion: '440100' }, undefined],
    ['the config names none', { sourceRegion: null }, undefined],
  ])('%s', (_, doc, code) => {
    expect(classify({ ...BLANK, ...local, title: '全市中小学明起错峰放学', ...doc }).outletPlace?.code).toBe(code);
  });
});

describe('doubtful and shared names', () => {
  test.each<[string, Partial<ClassifierInput>, string]>([
    ['a cue after it', { title: '太和县医院新大楼启用' }, '341222'],
    ['a cue after the bare name', { title: '无为一中百年校庆' }, '340281'],
    ['a colon after it', { title: '金寨：山里来了合唱团' }, '341524'],
    ['its province before it', { title: '浙江开化发展茶产业' }, '330824'],
    ['its province in the summary', { title: '开化茶园开采', summary: '浙江的春茶昨日上市。' }, '330824'],
    ['鼓楼区 by the city beside it', { title: '徐州鼓楼区整治夜市' }, '320302'],
    ['鼓楼区 by the dateline', { title: '鼓楼区整治夜市', opening: openedIn('福州') }, '350102'],
    ['鼓楼区 by the feed', { title: '鼓楼区整治夜市', feedTitle: '开封发布' }, '410204'],
    ['鼓楼区 by where the outlet is', { title: '鼓楼区整治夜市', sourceRegion: '徐州市' }, '320302'],
    ['西湖区 where nothing tells', { title: '西湖区招聘社区工作者' }, '330106'],
    ['a town that only its county tells', { title: '阜阳黄岗柳编出口增长' }, '341225'],
  ])('%s', (_, doc, expected) => {
    expect(codes(doc)).toContain(expected);
  });

  test('without its province or a cue a doubtful name is no place', () => {
    expect(codes({ title: '开化的心灵' })).toEqual([]);
  });
});

describe('fields', () => {
  test('evidence names term, field and weight, the title before the summary', () => {
    const [first] = classify({ ...BLANK, title: '安徽合肥办展', summary: '合肥连续三年办展。' }).regions;
    expect(first).toMatchObject({ code: '340100', name: '合肥市', level: 'city' });
    expect(first?.evidence[0]).toEqual({ term: '合肥', field: 'title', weight: 2.5 });
    expect(first?.evidence[1]).toMatchObject({ term: '合肥', field: 'summary' });
  });

  test('a dateline in the summary is a dateline', () => {
    const [hit] = classify({ ...BLANK, summary: '新华社合肥6月5日电（记者某某）全国夏收进度过半。' }).regions;
    expect(hit?.evidence).toEqual([{ term: '合肥', field: 'dateline', weight: 1 }]);
  });

  test('a body that repeats the summary counts once', () => {
    const summary = '芜湖港上半年吞吐量增长一成，港口负责人说这得益于航线加密和通关提速等多项措施。';
    const once = classify({ ...BLANK, summary });
    expect(classify({ ...BLANK, summary, text: summary })).toEqual(once);
  });

  test('a county’s name in the body settles a doubtful one in the title', () => {
    expect(codes({ title: '望江挑花亮相', text: '安庆的非遗展上，这一工艺引人注目。' })).toContain('340827');
  });

  test('the four provinces stand for the Delta only where nothing more particular is named', () => {
    const delta = classify({ ...BLANK, title: '长三角铁路春运方案公布' });
    expect(delta.regions.map(({ code }) => code).sort()).toEqual(['310000', '320000', '330000', '340000']);
    expect(delta.themes).toMatchObject([{ group: '长三角' }]);
    expect(codes({ title: '长三角铁路首趟春运列车从蚌埠开出' })).toEqual(['340300']);
  });

  test('a caption’s place is not what the entry is about', () => {
    expect(codes({ title: '金价再创新高', summary: '图为顾客在杭州一家金店选购。国际金价昨日上涨。' })).toEqual([]);
  });
});

test('the operator’s terms and exclusions', () => {
  const own = createClassifier({
    home: DELTA,
    groups: { 科创圈: ['合肥市', '芜湖市'] },
    terms: [
      { term: '萤火谷', region: '科创圈', weight: 1 },
      { term: '老船坞', region: '安庆市', weight: 0.4 },
    ],
    exclusions: ['合肥小馆'],
  });
  const classifyTitle = (title: string) => own.classify({ ...BLANK, title });
  expect(classifyTitle('萤火谷开园').regions.map(({ code }) => code)).toEqual(['340100', '340200']);
  expect(classifyTitle('萤火谷开园').themes).toMatchObject([{ group: '科创圈' }]);
  expect(classifyTitle('老船坞重开').regions[0]?.score).toBe(1);
  expect(classifyTitle('合肥小馆开到成都').regions.map(({ code }) => code)).toEqual(['510100']);
});

test('odd input gives a value', () => {
  for (const title of ['', ' ', '\u0000', '\ud800合', '🎉'.repeat(500), '合肥'.repeat(20_000)]) {
    expect(() => classify({ ...BLANK, title, summary: title, text: title, sourceRegion: '不存在' })).not.toThrow();
  }
});
