import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Edition, RegionsConfig } from '../../src/model/config.ts';
import { createClassifier } from '../../src/region/classify.ts';
import { codePrefix } from '../../src/divisions/codes.ts';
import { findRegion, loadGazetteer } from '../../src/divisions/gazetteer.ts';
import { createSelector } from '../../src/region/decide/relevance.ts';
import { DELTA } from '../support/configs.ts';

const regions: RegionsConfig = {
  home: DELTA,
  groups: { 长三角: ['上海市', '江苏省', '浙江省', '安徽省'] },
  terms: [],
  exclusions: [],
};
const edition: Edition = {
  id: 'delta',
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
};
const { classify } = createClassifier(regions);
const select = createSelector([edition], regions);
const gazetteer = loadGazetteer();

interface Item {
  readonly wanted: boolean;
  readonly places: readonly string[];
  readonly title: string;
  readonly summary: string;
  /** Where its outlet is; most items tell none. */
  readonly from: string | null;
}

const readItems = (file: string): readonly Item[] =>
  readFileSync(new URL(`../../eval/region/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [wanted, places = '', title = '', summary = '', from = ''] = line.split('\t');
      return {
        wanted: wanted === 'in',
        places: places.split(',').filter(Boolean),
        title,
        summary,
        from: from || null,
      };
    });

function judge({ title, summary, from }: Item) {
  const classification = classify({
    title,
    summary,
    text: '',
    categories: [],
    dateline: null,
    outlet: null,
    feedTitle: null,
    sourceRegion: from,
  });
  const [relevance] = select({
    classification,
    sourceId: 'one',
    sourceRegion: from,
    title,
    text: summary,
    categories: [],
    outlet: null,
    authors: [],
    link: null,
  });
  return { relevant: relevance?.relevant, why: relevance?.why, codes: classification.regions.map(({ code }) => code) };
}

test.each([
  ['headlines.tsv', 0.97, 0.95, 0.95],
  ['summaries.tsv', 0.97, 0.95, 0.95],
])('%s: what concerns the Delta is told, and where it is', (file, leastPrecision, leastRecall, leastPlaces) => {
  const count = { right: 0, wrong: 0, missed: 0, places: 0, placed: 0 };
  const misses: string[] = [];
  for (const item of readItems(file)) {
    const { relevant, why, codes } = judge(item);
    const unnamed = item.places.filter((name) => {
      const code = findRegion(gazetteer, name, DELTA)?.code;
      if (code === undefined) throw new Error(`${file}: no place "${name}"`);
      return !codes.some((hit) => (code.endsWith('0000') ? hit.startsWith(codePrefix(code)) : hit === code));
    });
    count.places += item.places.length;
    count.placed += item.places.length - unnamed.length;
    if (relevant) count[item.wanted ? 'right' : 'wrong'] += 1;
    else if (item.wanted) count.missed += 1;
    if (relevant !== item.wanted) misses.push(`${item.wanted ? 'missed' : 'wrong'}: ${item.title} (${why ?? ''})`);
    if (unnamed.length > 0) misses.push(`${unnamed.join(', ')} not named: ${item.title}`);
  }
  const shares = [
    count.right / (count.right + count.wrong),
    count.right / (count.right + count.missed),
    count.placed / count.places,
  ];
  const least = [leastPrecision, leastRecall, leastPlaces];
  const low = shares.filter((share, i) => share < (least[i] ?? 1));
  expect(low.length === 0 ? [] : [`precision, recall, places: ${shares.join(', ')}`, ...misses]).toEqual([]);
});
