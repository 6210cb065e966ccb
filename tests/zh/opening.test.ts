import { describe, expect, it } from 'vitest';
import { readClosing } from '../../src/zh/byline.ts';
import { completeDate, findOpening, readOpening, withoutOpening } from '../../src/zh/opening.ts';
import { fold } from '../../src/zh/script.ts';

type Row = readonly [
  text: string,
  outlet: string | null,
  place: string,
  date: string | null,
  authors: readonly string[],
];

describe('readOpening reads every form', () => {
  const rows: readonly Row[] = [
    ['新华社上海1月30日电（记者吴小宇）春运开始。', '新华社', '上海', '01-30', ['吴小宇']],
    ['新华社合肥6月9日电 题：稻田里的课', '新华社', '合肥', '06-09', []],
    ['新华社南京12月1日电（记者王小川、李文远）', '新华社', '南京', '12-01', ['王小川', '李文远']],
    ['据新华社北京1月3日电', '新华社', '北京', '01-03', []],
    ['中新网合肥10月29日电 (记者 张小强)记者29日获悉', '中新网', '合肥', '10-29', ['张小强']],
    ['中新社上海2月1日电 (张强 李文)今天', '中新社', '上海', '02-01', ['张强', '李文']],
    ['本报合肥1月28日电  （记者李俊）今年', null, '合肥', '01-28', ['李俊']],
    ['本报讯(首席记者 钱小龙 通讯员 周卫)昨日', null, '', null, ['钱小龙', '周卫']],
    ['本报讯 记者 钱小龙 昨日从市里获悉', null, '', null, ['钱小龙']],
    ['央广网上海2月11日消息(记者杨小静 通讯员许文锋)春节', '央广网', '上海', '02-11', ['杨小静', '许文锋']],
    ['中国台湾网7月29日阜阳消息 7月22日至28日', '中国台湾网', '阜阳', '07-29', []],
    ['中安在线七月七日讯：七月七日下午', '中安在线', '', '07-07', []],
    ['央视网消息（新闻联播）：今天', '央视网', '', null, []],
    ['江淮晨报讯（记者 林小楠）昨日', '江淮晨报', '', null, ['林小楠']],
    ['江海日报北京2021年6月9日电', '江海日报', '北京', '2021-06-09', []],
    ['新華社合肥6月9日電（記者吳宇）', '新華社', '合肥', '06-09', ['吳宇']],
    ['〔記者王小明／合肥報導〕兩岸', null, '合肥', null, ['王小明']],
    ['記者王小明／台北報導', null, '台北', null, ['王小明']],
    ['【記者王小明台北報導】市府', null, '台北', null, ['王小明']],
    ['[記者王小明／綜合報導]', null, '', null, ['王小明']],
    ['（中央社記者王小明台北2日電）行政院', '中央社', '台北', '02', ['王小明']],
    ['（中央社台北12月2日電）行政院', '中央社', '台北', '12-02', []],
    ['（本报记者王小明合肥5日电）今天', null, '合肥', '05', ['王小明']],
    ['江海公报记者王小明合肥报道：今天', '江海公报', '合肥', null, ['王小明']],
    ['江海网记者王小明3月5日报道：今天', '江海网', '', '03-05', ['王小明']],
    ['江海新闻网合肥3月5日电 (王小明 李文)', '江海新闻网', '合肥', '03-05', ['王小明', '李文']],
    ['交汇点讯 今天', '交汇点', '', null, []],
    ['HEFEI, March 5 (Jianghai) -- The city', 'Jianghai', 'HEFEI', '03-05', []],
  ];
  it.each(rows)('%s', (text, outlet, place, date, authors) => {
    const read = readOpening(text);
    expect(read).not.toBeNull();
    expect({ outlet: read?.agency, place: read?.place, date: read?.date, authors: read?.people }).toEqual({
      outlet,
      place,
      date,
      authors,
    });
  });

  it.each([
    '翻看那一年的新闻报道，一个词格外醒目。',
    '2021年6月9日，电影节开幕。',
    '上海今天消息面平静。',
    '6月9日电话会议召开。',
    '他说，报纸上的消息并不可靠。',
    '记者从会上获悉，工程已经完工。',
    '记者王小明在现场看到，电已恢复。',
    'The mayor said on March 5 (Tuesday) -- at last.',
    '本报创刊四十年来，始终与读者同行。',
    '据报道，这座桥明年通车。',
    '快讯：比赛开始了。',
    '（喜讯）学校搬新家。',
    '据可靠消息，工程年底完工。',
    '最新消息：会议今天开幕。',
    '上海6月9日电影节开幕，',
  ])('finds none in %s', (text) => {
    expect(readOpening(text)).toBeNull();
  });

  it.each([
    ['02', { year: 2026, month: 3, day: 2 }, '2026-03-02'],
    ['03', { year: 2026, month: 3, day: 2 }, '2026-03-03'],
    ['28', { year: 2026, month: 3, day: 2 }, '2026-02-28'],
    ['31', { year: 2026, month: 1, day: 2 }, '2025-12-31'],
    ['31', null, null],
  ] as const)('completes day %s from %j', (date, day, whole) => {
    expect(completeDate(date, day)).toBe(whole);
  });

  it('gives the length of what it read', () => {
    const text = '中新网合肥10月29日电 (记者 张强)记者29日获悉';
    expect(text.slice(readOpening(text)?.length)).toBe('记者29日获悉');
  });
});

interface Head {
  readonly agency?: string;
  readonly place?: string;
  readonly date?: string;
  readonly people?: readonly string[];
  readonly own?: true;
}

/** The usual heads of Chinese reports: what each names. */
const HEADS: readonly (readonly [head: string, names: Head])[] = [
  ['新华社合肥1月30日电（记者吴小宇）', { agency: '新华社', place: '合肥', date: '01-30', people: ['吴小宇'] }],
  ['新华社合肥一月三十日电（记者吴小宇）', { agency: '新华社', place: '合肥', date: '01-30', people: ['吴小宇'] }],
  ['中新社合肥1月30日电（记者张强）', { agency: '中新社', place: '合肥', date: '01-30', people: ['张强'] }],
  ['中新社合肥一月三十日电（记者张强）', { agency: '中新社', place: '合肥', date: '01-30', people: ['张强'] }],
  ['新华社记者吴小宇1月30日合肥电：', { agency: '新华社', place: '合肥', date: '01-30', people: ['吴小宇'] }],
  ['新华财经合肥1月30日电（记者吴小宇）', { agency: '新华财经', place: '合肥', date: '01-30', people: ['吴小宇'] }],
  ['中新网1月30日电 ', { agency: '中新网', date: '01-30' }],
  ['中新网合肥1月30日电 (记者 张强)', { agency: '中新网', place: '合肥', date: '01-30', people: ['张强'] }],
  ['本报合肥讯（记者张三）', { own: true, place: '合肥', people: ['张三'] }],
  ['本报讯（首席记者 张三 通讯员 李四）', { own: true, people: ['张三', '李四'] }],
  ['新华社北京、合肥1月30日电 ', { agency: '新华社', place: '北京、合肥', date: '01-30' }],
  ['（记者吴小宇）新华社合肥1月30日电 ', { agency: '新华社', place: '合肥', date: '01-30', people: ['吴小宇'] }],
  ['（合肥讯）', { place: '合肥' }],
  ['新华社合肥1月30日电 题：', { agency: '新华社', place: '合肥', date: '01-30' }],
  [
    '央广网合肥1月30日消息（记者张三 通讯员李四）',
    { agency: '央广网', place: '合肥', date: '01-30', people: ['张三', '李四'] },
  ],
  ['人民网合肥1月30日电（张三、李四）', { agency: '人民网', place: '合肥', date: '01-30', people: ['张三', '李四'] }],
  ['中安在线讯 ', { agency: '中安在线' }],
  [
    '安徽日报合肥2026年1月30日讯（记者 张三）',
    { agency: '安徽日报', place: '合肥', date: '2026-01-30', people: ['张三'] },
  ],
  ['解放日报·上观新闻1月30日讯（记者 张三）', { agency: '解放日报·上观新闻', date: '01-30', people: ['张三'] }],
  ['〔記者王小明／台北報導〕', { own: true, place: '台北', people: ['王小明'] }],
  ['HEFEI, March 5 (Xinhua) -- ', { agency: 'Xinhua', place: 'HEFEI', date: '03-05' }],
];

/** Others, which are met less often. */
const MORE_HEADS: typeof HEADS = [
  ['據新華社合肥一月三十日電（記者吳小宇）', { agency: '新華社', place: '合肥', date: '01-30', people: ['吳小宇'] }],
  ['新华社合肥１月３０日电 （记者吴小宇）', { agency: '新华社', place: '合肥', date: '01-30', people: ['吴小宇'] }],
  ['新华社合肥 1 月 30 日电 ', { agency: '新华社', place: '合肥', date: '01-30' }],
  ['新华社烟台1月30日电 ', { agency: '新华社', place: '烟台', date: '01-30' }],
  ['中央社台北1月30日电 ', { agency: '中央社', place: '台北', date: '01-30' }],
  ['（新华社合肥1月30日电）', { agency: '新华社', place: '合肥', date: '01-30' }],
  ['新华社蒙得维的亚1月30日电 ', { agency: '新华社', place: '蒙得维的亚', date: '01-30' }],
  ['新华社“江海”号1月30日电（记者吴小宇）', { agency: '新华社', place: '“江海”号', date: '01-30', people: ['吴小宇'] }],
  ['本报讯 据新华社合肥1月30日电 ', { agency: '新华社', own: true, place: '合肥', date: '01-30' }],
  ['参考消息网1月30日报道 ', { agency: '参考消息网', date: '01-30' }],
  ['新华社快讯：', { agency: '新华社' }],
  ['据江海网消息，', { agency: '江海网' }],
  ['【江海时报-江海网报道 记者 李文】', { agency: '江海时报-江海网', people: ['李文'] }],
  ['江海网消息（江海联播）：', { agency: '江海网' }],
  ['合肥1月30日电 ', { place: '合肥', date: '01-30' }],
];

describe('what the usual heads name, and where the telling begins', () => {
  it.each([...HEADS, ...MORE_HEADS])(
    '%s',
    (head, { agency = null, place = '', date = null, people = [], own = false }) => {
      const told = '骆岗公园的银杏黄了，一早就有市民来拍照。';
      const read = readOpening(`${head}${told}`);
      expect(read).toMatchObject({ agency, place, date, people, own });
      expect(`${head}${told}`.slice(read?.length)).toBe(told);
    },
  );

  it.each([
    ['under the caption of a picture', '图为骆岗公园。王小明 摄\n', '新华社合肥1月30日电 '],
    ['under a standfirst', '公园里的银杏黄了。\n秋天到了。\n', '本报合肥讯（记者张三）'],
    ['behind a caption in its own line', '骆岗公园。王小明摄"> ', '新华社合肥1月30日电 '],
    ['on a line of its own', '', '新华社合肥1月30日电（记者张三）\n'],
    ['on two lines', '', '新华社合肥1月30日电\n（记者张三）'],
  ])('finds it %s', (_, before, head) => {
    const text = `${before}${head}骆岗公园的银杏黄了。`;
    const found = findOpening(text);
    expect(text.slice(found?.start, (found?.start ?? 0) + (found?.length ?? 0))).toBe(head);
    expect(withoutOpening(text, found)).toBe(`${before}骆岗公园的银杏黄了。`);
  });

  it('takes what an older version stored, which knows of no opening', () => {
    expect(withoutOpening('新华社合肥1月30日电 银杏黄了。', undefined)).toBe('新华社合肥1月30日电 银杏黄了。');
  });

  it.each([
    ['roles without end', '驻'],
    ['reporters without end', '记者'],
    ['houses without end', '新闻网'],
    ['days without end', '1月1日'],
    ['verbs without end', '社电'],
    ['blanks without end', ' '],
    ['brackets without end', '（记者'],
  ])('takes %s in no time', (_, part) => {
    readOpening('新华社合肥1月30日电 ');
    const start = performance.now();
    findOpening(part.repeat(100_000 / part.length));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe('completeDate', () => {
  it.each([
    ['same year', '06-09', { year: 2021, month: 6, day: 10 }, '2021-06-09'],
    ['December under a January stamp', '12-31', { year: 2022, month: 1, day: 1 }, '2021-12-31'],
    ['a reprint months later', '01-28', { year: 2022, month: 11, day: 3 }, '2022-01-28'],
    ['year as written', '2020-06-09', { year: 2022, month: 1, day: 1 }, '2020-06-09'],
    ['nothing to go by', '06-09', null, null],
  ])('%s', (_name, date, day, completed) => {
    expect(completeDate(date, day)).toBe(completed);
  });
});

describe('readClosing', () => {
  it.each([
    ['一个名字', '回答坚定、响亮。(陈小怡)', ['陈小怡'], '回答坚定、响亮。'],
    ['two names', '效果明显。（李小兰 王新民）', ['李小兰', '王新民'], '效果明显。'],
    ['with their house', '明显进展。(中国江海网安徽省台办通讯员 裴小淳)', ['裴小淳'], '明显进展。'],
    ['colon and many', '……（记者：孙天、梁子齐、陈霄）', ['孙天', '梁子齐', '陈霄'], '……'],
    ['without a bracket', '又是一场“硬仗”。本报记者 徐小璨', ['徐小璨'], '又是一场“硬仗”。'],
  ])('%s', (_name, text, authors, rest) => {
    const read = readClosing(text, fold(text));
    expect(read?.authors).toEqual(authors);
    expect(text.slice(0, read?.at)).toBe(rest);
  });

  it.each([
    '总体趋稳趋优。（德清县发改局）',
    '详见公告（第三版）',
    '他走了（2021年）',
    '会议通过了决定。（全文另发）',
    '增长百分之五（同比）',
  ])('leaves %s', (text) => {
    expect(readClosing(text, fold(text))).toBeNull();
  });
});
