/**
 * What each editorial stage takes of the processor for an entry of 1,000 characters, beside a bare htmlparser2 pass over
 * the same: `npx tsx bench/stages.ts [--before FOLDER]`, a checkout of an earlier commit with its node_modules, by turns.
 */
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { cleanItem } from '../src/clean/clean.ts';
import type { RawItem } from '../src/model/feed.ts';
import type { createClassifier } from '../src/region/classify.ts';
import type { pack } from '../src/store/entries/pack.ts';
import type { fingerprint } from '../src/story/keys/fingerprint.ts';
import { DELTA } from '../tests/support/configs.ts';
import { parseBare } from './bareparse.ts';
import { quantile } from './quantile.ts';
import { cpuMsOf } from './usage.ts';

const { values } = parseArgs({ options: { before: { type: 'string' } } });
const ENTRIES = 200;
const ROUNDS = 15;
const CHARACTERS = 1_000;

const PLACES = ['合肥市', '芜湖', '苏州工业园区', '杭州西湖区', '上海浦东', '黄山市', '成都', '广州', '哈尔滨', '宁波'];
const WHO = ['市发展改革委', '省交通运输厅', '区教育局', '县农业农村局', '一家新能源企业', '当地医院', '高校科研团队'];
const DEEDS = [
  '召开会议研究部署下半年重点任务',
  '启动老旧小区改造工程，惠及居民两万余户',
  '发布招生办法，报名从本月中旬开始',
  '与合作方签约，共同建设储能材料实验室',
  '通报汛期水库调度情况，提醒公众注意出行安全',
  '公布前三季度进出口数据，同比增长百分之八点六',
];
const SIDES = ['有关负责人表示', '记者了解到', '据介绍', '截至目前', '与此同时', '在现场'];
const of = (list: readonly string[], n: number) => list[n % list.length] ?? '';

function itemOf(seed: number): RawItem {
  const sentences: string[] = [];
  for (let n = seed; sentences.join('').length < CHARACTERS; n += 7)
    sentences.push(
      `${of(SIDES, n)}，${of(PLACES, n * 3 + seed)}${of(WHO, n + 2 * seed)}${of(DEEDS, n * 5)}（第${n}号）。`,
    );
  const paragraphs = sentences.map((text, i) => (i % 3 === 0 ? `<p>　　${text}` : text)).join('');
  const content = `<p>本报${of(PLACES, seed)}6月9日电（记者 王小川）${paragraphs}</p><p>责任编辑：周明</p>`;
  const title = `${of(PLACES, seed)}${of(WHO, seed)}${of(DEEDS, seed)}`;
  const link = `https://news.example.cn/2021/0609/${seed}.html`;
  const none = {
    guid: null,
    summary: null,
    outlet: null,
    language: null,
    repairs: [],
    authors: [],
    updated: null,
    categories: [],
    enclosures: [],
    image: null,
  };
  return { ...none, id: `bench-${seed}`, title, link, content, published: 1_623_200_000_000 };
}

const items = Array.from({ length: ENTRIES }, (_, i) => itemOf(i));
const CONTEXT = { source: 'bench', timezone: 'Asia/Shanghai', baseUrl: 'https://news.example.cn/' };

/** The stages of a checkout, each for all entries on what the one before made. */
async function stagesOf(folder: string): Promise<ReadonlyMap<string, () => unknown>> {
  const load = async <T>(file: string) => (await import(pathToFileURL(join(folder, 'src', file)).href)) as T;
  const clean = (await load<{ cleanItem: typeof cleanItem }>('clean/clean.ts')).cleanItem;
  const regions = await load<{ createClassifier: typeof createClassifier }>('region/classify.ts');
  const prints = await load<{ fingerprint: typeof fingerprint }>('story/keys/fingerprint.ts');
  const packing = await load<{ pack: typeof pack }>('store/entries/pack.ts');
  const { classify } = regions.createClassifier({ groups: {}, home: DELTA, terms: [], exclusions: [] });
  const cleaned = items.map((item) => clean(item, CONTEXT).entry);
  const around = { feedTitle: '样报', sourceName: '样报', sourceRegion: null };
  const written = cleaned.map((entry, i) => [JSON.stringify(entry), JSON.stringify(items[i])] as const);
  return new Map<string, () => unknown>([
    ['clean', () => items.map((item) => clean(item, CONTEXT))],
    ['classify', () => cleaned.map((entry) => classify({ ...entry, ...around }))],
    ['fingerprint', () => cleaned.map((entry) => prints.fingerprint(entry))],
    ['pack', () => written.map(([entry, raw]) => [packing.pack(entry), packing.pack(raw, entry)])],
  ]);
}

function reference(): void {
  for (const { content } of items) parseBare(content ?? '');
}

const here = fileURLToPath(new URL('../', import.meta.url));
const before = values.before === undefined ? [] : [['before', resolve(values.before)]];
const folders = [...before, ['now', here]];
const measured = new Map<string, { readonly work: () => unknown; readonly times: number[] }>([
  ['htmlparser2 alone', { work: reference, times: [] }],
]);
for (const [name = '', folder = ''] of folders)
  for (const [stage, work] of await stagesOf(folder)) measured.set(`${stage}, ${name}`, { work, times: [] });
for (let round = 0; round < ROUNDS; round++)
  for (const { work, times } of measured.values()) times.push(cpuMsOf(work) / ENTRIES);
for (const [name, { times }] of measured) console.log(`${name.padEnd(20)} ${quantile(times, 0.5).toFixed(3)} ms`);
for (const [name = ''] of folders) {
  const own = [...measured].filter(([stage]) => stage.endsWith(`, ${name}`));
  const all = own.reduce((sum, [, { times }]) => sum + quantile(times, 0.5), 0);
  console.log(`all, ${name}`.padEnd(20), `${all.toFixed(3)} ms`);
}
