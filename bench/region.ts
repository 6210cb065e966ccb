/** Times the classifier over made-up headlines with summaries, beside a plain RegExp alternation of the same terms. */
import { fold } from '../src/zh/script.ts';
import { createClassifier } from '../src/region/classify.ts';
import { loadTerms } from '../src/region/find/terms.ts';
import { DELTA } from '../tests/support/configs.ts';

const TITLES = [
  '{}新增一条轨道交通线路 市民出行更方便',
  '记者走访{}：老城区改造进入收尾阶段',
  '全国多地迎来降温 中央气象台发布预报',
  '{}与高校签约 共建新能源材料实验室',
  '国际油价小幅回落 市场观望情绪浓厚',
  '@家长，{}今年小学招生办法公布',
  '两地联手：{}企业赴外省考察现代农业',
  '一图读懂：居民医保参保缴费常见问题',
];
const SUMMARIES = [
  '新华社{}6月5日电（记者某某）记者从当地发展改革部门获悉，该项目总投资超过二十亿元，计划三年内建成，届时将带动上下游企业集聚，为周边居民提供就业岗位。',
  '近日，{}召开重点工作推进会，要求各部门各单位聚焦目标任务，压实责任，确保全年工作顺利完成。会议强调，要坚持问题导向，补齐短板弱项。',
  '气象部门介绍，未来三天冷空气将自北向南影响大部分地区，气温下降四到八摄氏度，局部地区伴有大风，提醒公众注意防寒保暖，合理安排出行。',
];
const PLACES = [
  '合肥市',
  '安徽',
  '阜南县',
  '無錫',
  '张江',
  '兰州',
  '成都',
  '浙江大学',
  '太和',
  '鼓楼区',
  '长三角',
  '广州',
  '义乌',
];

const documents = Array.from({ length: 20_000 }, (_, i) => {
  const fill = (list: readonly string[], step: number): string =>
    (list[i % list.length] ?? '').replace('{}', PLACES[(i * step) % PLACES.length] ?? '') + (i % 97);
  return { title: fill(TITLES, 1), summary: fill(SUMMARIES, 5) };
});

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

const loadStart = performance.now();
const { classify } = createClassifier({ groups: {}, home: DELTA, terms: [], exclusions: [] });
fold('暖');
console.log(
  `loaded in ${Math.round(performance.now() - loadStart)} ms, resident ${megabytes(process.memoryUsage().rss)}`,
);

function rate(name: string, run: (document: { title: string; summary: string }) => number): void {
  for (const document of documents.slice(0, 2000)) run(document);
  const start = performance.now();
  let found = 0;
  for (const document of documents) found += run(document);
  const seconds = (performance.now() - start) / 1000;
  console.log(`${name}: ${Math.round(documents.length / seconds)} a second (${found} found)`);
}

const empty = { text: '', categories: [], opening: null, outlet: null, feedTitle: null, sourceRegion: null };
rate('classify', (document) => classify({ ...document, ...empty }).regions.length);

const escaped = loadTerms(DELTA)
  .map(({ text }) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  .sort((a, b) => b.length - a.length);
const alternation = new RegExp(escaped.join('|'), 'g');
rate(
  `RegExp alternation of ${escaped.length} terms`,
  ({ title, summary }) => [...`${fold(title)}\n${fold(summary)}`.matchAll(alternation)].length,
);
console.log(`resident at the end ${megabytes(process.memoryUsage().rss)}`);
