import { execFileSync } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeDemoConfig } from '../../src/demo/democonfig.ts';
import { startDemoServer } from '../../src/demo/sampleserver.ts';
import { BIN, makeRig, type Program, type Rig, serveFeeds } from './rig.ts';
import { until } from '../support/until.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await makeRig();
});
afterEach(() => rig.close());

const command = (...args: string[]): string =>
  execFileSync(process.execPath, [BIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', DELTAWIRE_DATA: join(rig.folder, 'data') },
    encoding: 'utf8',
  });
const poll = async (program: Program, entries: number) => {
  await fetch(`${program.base}/api/poll`, { method: 'POST' });
  await until(async () => {
    const { idle, totals } = await program.status();
    return idle && totals.entries >= entries;
  }, `${entries} entries`);
};
const json = async <T>(program: Program, path: string): Promise<T> =>
  (await (await fetch(`${program.base}${path}`)).json()) as T;

interface Row {
  readonly entry: string;
  readonly title: string;
  readonly decision: string;
  readonly rule: string;
}

describe('explain, asked of the demo', () => {
  it('names the deciding evidence of thirty entries, kept and dropped', { timeout: 60_000 }, async () => {
    const demo = await startDemoServer({ now: () => Date.UTC(2026, 10, 23, 3), seed: 7 });
    try {
      const shipped = fileURLToPath(new URL('../../config', import.meta.url));
      await writeDemoConfig(rig.config, shipped, demo, 18_480);
      const program = await rig.start();
      await poll(program, 60);
      const { rows } = await json<{ rows: Row[] }>(program, '/api/ledger?limit=200');
      const first = new Map(rows.reverse().map((row) => [row.entry, row]));
      const decided = (decision: string) =>
        [...first.values()].filter((row) => row.decision === decision && row.rule === 'region');
      const [kept, dropped] = [decided('kept').slice(0, 20), decided('dropped').slice(0, 20)];
      expect(dropped.length).toBeGreaterThanOrEqual(5);
      expect(kept.length + dropped.length).toBeGreaterThanOrEqual(30);

      const told = command('explain', ...[...kept, ...dropped].map(({ entry }) => entry)).split(/\n(?=\S)/);
      expect(told.map((text) => text.split('\n')[0])).toEqual([...kept, ...dropped].map(({ title }) => title));
      const reasons = told.map((text) => / (?:kept|dropped) by region .*\n {4}(.*)/.exec(text)?.[1] ?? text);
      const score = (why: string) => Number(/score (-?\d+\.\d)/.exec(why)?.[1] ?? 0);
      for (const why of reasons.slice(0, kept.length)) {
        expect(why).toMatch(/^\S+ (?:in the|as a) .* \+\d+\.\d → \S.*threshold 2\.0$/);
        expect(score(why)).toBeGreaterThanOrEqual(2);
      }
      for (const why of reasons.slice(kept.length)) {
        expect(why).toMatch(
          /^no place or theme|^only places elsewhere .*−\d|only in passing|short of the threshold 2\.0/,
        );
        expect(score(why)).toBeLessThan(2);
      }
      // What is said to stand in the title stands there.
      for (const text of told) {
        const terms = [...text.matchAll(/(\S+) in the title/g)].map(([, term = '']) => term);
        expect(terms.filter((term) => !text.split('\n')[0]?.includes(term))).toEqual([]);
      }
    } finally {
      await demo.close();
    }
  });
});

describe('a daemon whose config is of another province', () => {
  it(
    'serves its news, reads its short names as surely as the shipped config does home, and leaves the rest out',
    { timeout: 60_000 },
    async () => {
      const feeds = await serveFeeds();
      try {
        const news = ['川南四市签署协议', '南江黄羊出口创新高', '成都夜市开张'];
        feeds.items.set('one', [...news, '太和贡椿产销两旺', '合肥地铁加密班次', '福州三坊七巷修缮']);
        await rig.writeSources(`sources:\n  - {id: one, url: "${feeds.url}/one.xml", schedule: "0 0 1 1 *"}\n`);
        await writeFile(
          join(rig.config, 'regions.yaml'),
          'home: [四川省]\ngroups:\n  川南: [自贡市, 泸州市, 内江市, 宜宾市]\nterms:\n  - {term: 川南四市, region: 川南}\n',
        );
        await writeFile(
          join(rig.config, 'editions.yaml'),
          'editions:\n  - {id: sichuan, title: 四川, regions: [四川省]}\n  - {id: south, title: 川南, regions: [川南]}\n',
        );
        const program = await rig.start();
        await poll(program, 6);
        const titlesOf = async (edition: string) =>
          (await json<{ items: { title: string }[] }>(program, `/feeds/${edition}.json`)).items.map(
            ({ title }) => title,
          );
        expect(await titlesOf('sichuan')).toEqual(news);
        expect(await titlesOf('south')).toEqual(['川南四市签署协议']);
        const { rows } = await json<{ rows: Row[] }>(program, '/api/ledger');
        const dropped = rows.filter(({ decision }) => decision === 'dropped').map(({ title }) => title);
        expect(dropped.sort()).toEqual(['合肥地铁加密班次', '太和贡椿产销两旺', '福州三坊七巷修缮'].sort());
      } finally {
        await feeds.close();
      }
    },
  );
});

describe('editions and rules of a running daemon', () => {
  it(
    'fills the shipped editions and a county’s from the same fetches; a new rule does to the next entry what replay said',
    { timeout: 60_000 },
    async () => {
      const feeds = await serveFeeds();
      try {
        const news = ['阜南柳编走进高校课堂', '合肥秋季招聘会周末举行', '芜湖抽奖促消费活动启动'];
        const others = ['苏州地铁加密班次', '宁波舟山港新航线开通', '上海老码头改造完工', '成都夜市开张'];
        feeds.items.set('one', [...news, ...others]);
        await rig.writeSources(`sources:\n  - {id: one, url: "${feeds.url}/one.xml", schedule: "0 0 1 1 *"}\n`);
        const editions = await readFile(join(rig.config, 'editions.yaml'), 'utf8');
        await writeFile(
          join(rig.config, 'editions.yaml'),
          `${editions}\n  - id: funan\n    title: 阜南\n    regions: [阜南县]\n`,
        );
        const program = await rig.start();
        await poll(program, 7);
        const titlesOf = async (edition: string) =>
          (await json<{ items: { title: string }[] }>(program, `/feeds/${edition}.json`)).items.map(
            ({ title }) => title,
          );
        expect(await titlesOf('delta')).toEqual([...news, ...others.slice(0, 3)]);
        expect(await titlesOf('anhui')).toEqual(news);
        expect(await titlesOf('jiangsu')).toEqual(['苏州地铁加密班次']);
        expect(await titlesOf('zhejiang')).toEqual(['宁波舟山港新航线开通']);
        expect(await titlesOf('shanghai')).toEqual(['上海老码头改造完工']);
        expect(await titlesOf('funan')).toEqual(['阜南柳编走进高校课堂']);
        expect(feeds.requests.get('one')).toHaveLength(1);

        const other = join(rig.folder, 'other');
        await cp(rig.config, other, { recursive: true });
        const changed = (await readFile(join(other, 'editions.yaml'), 'utf8')).replace(
          'regions: [安徽省]',
          'regions: [安徽省]\n    drop: [招聘]',
        );
        await writeFile(join(other, 'editions.yaml'), changed);
        const sources = `sources:\n  - id: one\n    url: "${feeds.url}/one.xml"\n    schedule: "0 0 1 1 *"\n    drop:\n      - {title: 抽奖}\n`;
        await writeFile(join(other, 'sources.yaml'), sources);
        const said = JSON.parse(command('replay', '--config', other, '--json')) as {
          editions: { edition: string; gained: object[]; lost: { title: string; why: string }[] }[];
        };
        expect(said.editions.flatMap(({ gained }) => gained)).toEqual([]);
        const lost = Object.fromEntries(said.editions.map((one) => [one.edition, one.lost.map(({ title }) => title)]));
        expect(lost).toMatchObject({ delta: [news[2]], anhui: news.slice(1), funan: [], jiangsu: [] });

        await writeFile(join(rig.config, 'sources.yaml'), sources);
        await writeFile(join(rig.config, 'editions.yaml'), changed);
        const rules = async () =>
          (
            await json<{ rules: { id: string; at: { line: number }; matches: number; removed: number }[] }>(
              program,
              '/api/status',
            )
          ).rules;
        await until(async () => (await rules()).length === 2, 'the new rules', 5_000);
        const next = ['蚌埠招聘周开始报名', '淮南抽奖活动延期', '黄山茶园开采'];
        feeds.items.set('one', [...next, ...news, ...others]);
        await poll(program, 10);
        // The same words, the same fate: out of the edition, or out of everything.
        expect(await titlesOf('anhui')).toEqual(expect.not.arrayContaining(next.slice(0, 2)));
        expect(await titlesOf('anhui')).toContain('黄山茶园开采');
        expect(await titlesOf('delta')).toContain('蚌埠招聘周开始报名');
        expect(await titlesOf('delta')).not.toContain('淮南抽奖活动延期');
        await until(async () => (await rules()).every(({ matches }) => matches > 0), 'the matches');
        expect((await rules()).map(({ id, at, matches }) => [id, at.line, matches])).toEqual([
          // The feed dates its older items anew, which is no change: only the new ones are read under the new rules.
          ['one', 6, 1],
          ['anhui', changed.split('\n').findIndex((line) => line.includes('drop: [招聘]')) + 1, 1],
        ]);
        await until(
          async () => !(await titlesOf('anhui')).includes('合肥秋季招聘会周末举行'),
          'the stored story to go',
        );
        // What the new rule took of the stored counts as well, once for all.
        await until(async () => (await rules())[1]?.removed === 2, 'its count');
      } finally {
        await feeds.close();
      }
    },
  );
});
