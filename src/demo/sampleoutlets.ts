/** The table of sample outlets: what each is called, what it tells of, in which form it publishes, and what it is here to show. */
import type { Selectors, SourceKind } from '../model/source.ts';
import type { Scope } from './storyteller.ts';

/** How an outlet writes its list; `faults` are addresses that give no list at all. */
export type Form =
  | 'rss-full'
  | 'rss-gb'
  | 'rss-bare-date'
  | 'rss-no-guid'
  | 'rss-chrome'
  | 'rss-summary'
  | 'rss-mirror'
  | 'rss-frozen'
  | 'atom'
  | 'json'
  | 'rdf'
  | 'list'
  | 'error'
  | 'login';

export interface Outlet {
  readonly id: string;
  readonly name: string;
  readonly form: Form;
  /** Under the outlet's own folder: `feed.xml`. */
  readonly file: string;
  /** An older name of the file that answers 301; the source is configured with it. */
  readonly movedFrom?: string;
  readonly kind: SourceKind;
  readonly schedule: string;
  readonly region?: string;
  readonly trust: number;
  readonly timezone?: string;
  readonly encoding?: string;
  readonly select?: Selectors;
  readonly group: string;
  readonly note: string;
  readonly enabled: boolean;
  /** Share of its own stories that play in the region; the rest play elsewhere. Null: it has no stories of its own. */
  readonly deltaShare: number | null;
  readonly provinces: Scope['provinces'];
  /** Share of stories whose place names mislead, and of lines that are no news. */
  readonly trapShare: number;
  readonly noticeShare: number;
  /** Outlets whose stories it reprints, those of its own provinces only, and how it marks the headline. */
  readonly reprints: readonly string[];
  readonly reprintShare: number;
  readonly mark: string;
  /** How a story opens: 通讯社合肥11月23日电 (记者 …), or 本报合肥11月23日讯（记者 …）. */
  readonly dateline: 'wire' | 'paper';
}

const EVERY_TEN_SECONDS = '*/10 * * * * *';

const usual = {
  kind: 'feed',
  schedule: EVERY_TEN_SECONDS,
  enabled: true,
  deltaShare: 1,
  provinces: [],
  trapShare: 0,
  noticeShare: 0,
  reprints: [],
  reprintShare: 0.35,
  mark: '',
  dateline: 'paper',
} as const;

const local = '样本 · 本地媒体 local outlets';
const national = '样本 · 全国媒体 national outlets';
const copies = '样本 · 转载与列表 copies and list pages';
const faulty = '样本 · 有毛病的来源 sources with something wrong';

export const outlets: readonly Outlet[] = [
  {
    ...usual,
    id: 'jianghuai',
    name: '江淮样报',
    form: 'rss-full',
    file: 'feed.xml',
    region: '安徽省',
    trust: 80,
    group: local,
    note: 'RSS 2.0，全文在 content:encoded · UTF-8, whole stories: the well-behaved one',
    provinces: ['安徽'],
  },
  {
    ...usual,
    id: 'hushang',
    name: '沪上样报',
    form: 'rss-gb',
    file: 'rss.xml',
    region: '上海市',
    trust: 75,
    group: local,
    note: '自称 gb2312，实为 GB18030，有四字节汉字 · says gb2312, is GB18030 with four-byte characters',
    provinces: ['上海'],
    trapShare: 0.2,
  },
  {
    ...usual,
    id: 'suzhe',
    name: '苏浙样网',
    form: 'atom',
    file: 'atom.xml',
    region: '浙江省',
    trust: 60,
    group: local,
    note: 'Atom 1.0，xhtml 正文，相对链接 · Atom with xhtml content and relative links; reprints others',
    provinces: ['江苏', '浙江'],
    reprints: ['changjiang', 'sample-wire'],
    mark: '本网关注丨',
  },
  {
    ...usual,
    id: 'changjiang',
    name: '长江样报',
    form: 'rss-chrome',
    file: 'paper.xml',
    region: '江苏省',
    trust: 70,
    group: local,
    note: '报纸全文，夹带责任编辑、相关阅读、版面行 · whole pages with editors, related reading and lines that are no news',
    provinces: ['江苏'],
    noticeShare: 0.1,
  },
  {
    ...usual,
    id: 'qiantang',
    name: '钱塘样报',
    form: 'rdf',
    file: 'index.rdf',
    region: '杭州市',
    trust: 65,
    group: local,
    movedFrom: 'old.xml',
    schedule: 'auto',
    timezone: 'Asia/Shanghai',
    note: 'RSS 1.0，旧地址 301 到新地址，时间不带时区 · RDF behind a 301, times without a zone; polled at its own rhythm',
    provinces: ['浙江'],
  },
  {
    ...usual,
    id: 'sample-wire',
    name: '样本通讯社',
    form: 'rss-bare-date',
    file: 'news.xml',
    trust: 90,
    group: national,
    note: '没有 pubDate，日期是链接后的裸文字 · no pubDate: the date is bare text after the link; most is about elsewhere',
    deltaShare: 0.34,
    trapShare: 0.4,
    dateline: 'wire',
  },
  {
    ...usual,
    id: 'national',
    name: '样全国网',
    form: 'rss-no-guid',
    file: 'scroll.xml',
    trust: 70,
    group: national,
    note: '没有 guid，摘要以两个全角空格开头，约三分之一关乎本地区 · no guid; a third concerns the region; place names that mislead',
    deltaShare: 0.34,
    trapShare: 0.45,
    dateline: 'wire',
    reprints: ['jianghuai', 'hushang'],
    reprintShare: 0.15,
    mark: '快讯 | ',
  },
  {
    ...usual,
    id: 'sanjiao',
    name: '三角洲样刊',
    form: 'json',
    file: 'feed.json',
    region: '上海市',
    trust: 55,
    group: copies,
    note: 'JSON Feed 1.1，常转载 · JSON Feed; reprints under other headlines',
    reprints: ['hushang', 'qiantang', 'jianghuai'],
    reprintShare: 0.3,
    mark: '【转载】',
  },
  {
    ...usual,
    id: 'huizhou',
    name: '徽州样网',
    form: 'list',
    file: 'index.html',
    region: '黄山市',
    trust: 50,
    group: copies,
    kind: 'page',
    encoding: 'gbk',
    select: { item: 'ul.news-list > li', title: 'a', link: 'a' },
    note: '没有 feed，只有 GBK 网页列表，日期只在地址里 · no feed: an HTML list in GBK, dates in the addresses only',
    provinces: ['安徽'],
    reprints: ['jianghuai'],
    reprintShare: 0.2,
    mark: '【转载】',
  },
  {
    ...usual,
    id: 'jinghua-hant',
    name: '樣報鏡像',
    form: 'rss-mirror',
    file: 'mirror.xml',
    trust: 10,
    group: copies,
    note: '江淮样报的机器繁体副本，夹 ???? 和一行推广 · machine-made Traditional copies with ???? and a spam line',
    deltaShare: null,
    reprints: ['jianghuai'],
    reprintShare: 0.8,
  },
  {
    ...usual,
    id: 'zhoumo',
    name: '周末样刊',
    form: 'rss-summary',
    file: 'rss.xml',
    region: '合肥市',
    trust: 40,
    group: local,
    enabled: false,
    note: '先停用：改成 enabled: true，两秒内生效 · off at first: set enabled: true and watch it start within two seconds',
    provinces: ['安徽', '江苏'],
  },
  {
    ...usual,
    id: 'jiuke',
    name: '旧刻样网',
    form: 'rss-frozen',
    file: 'rss.xml',
    trust: 30,
    group: faulty,
    schedule: 'auto',
    note: '总是 200 或 304，条目却停在 2022 年 · answers every poll, but with the items of 2022: frozen',
    deltaShare: null,
  },
  {
    ...usual,
    id: 'duanxian',
    name: '断线样台',
    form: 'error',
    file: 'rss.xml',
    region: '芜湖市',
    trust: 50,
    group: faulty,
    note: '每次都答 500 · answers 500 every time',
    deltaShare: null,
  },
  {
    ...usual,
    id: 'menjin',
    name: '门禁样报',
    form: 'login',
    file: 'rss.xml',
    region: '南京市',
    trust: 50,
    group: faulty,
    note: '答 200，内容却是登录页 · answers 200 with a login page in place of a feed',
    deltaShare: null,
  },
];
