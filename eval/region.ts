/** Labelled news for the region room: is it about the Delta, and about which places? */
import { readFileSync } from 'node:fs';
import type { Edition, RegionsConfig } from '../src/model/config.ts';
import { codePrefix } from '../src/divisions/codes.ts';
import { findRegion, loadGazetteer } from '../src/divisions/gazetteer.ts';
import { type Classifier, type ClassifierInput, createClassifier } from '../src/region/classify.ts';
import { createSelector } from '../src/region/decide/relevance.ts';
import { W } from '../src/region/decide/weights.ts';
import type { EvalSet, Outcome } from './outcome.ts';

/** A line of region/*.jsonl; of the .tsv files the title, the summary and where the outlet is are known. */
interface Item extends Partial<Omit<ClassifierInput, 'title' | 'opening'>> {
  readonly title: string;
  /** Place of the text's opening, which is not in the text. */
  readonly dateline?: string | null;
  /** About the Delta. */
  readonly in: boolean;
  /** Places that must be among the regions, by name. */
  readonly places?: readonly string[];
  /** Places that must not. */
  readonly not?: readonly string[];
  /** Characters of nothing in particular that stand before the text. */
  readonly after?: number;
}

const DELTA = ['310000', '320000', '330000', '340000'];
const REGIONS: RegionsConfig = {
  home: DELTA,
  groups: { 长三角: ['上海市', '江苏省', '浙江省', '安徽省'] },
  terms: [],
  exclusions: [],
};
const EDITION: Edition = {
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
  digest: null,
};

function readLines(file: string): readonly string[] {
  return readFileSync(new URL(`region/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function readTsv(file: string): readonly Item[] {
  return readLines(file).map((line) => {
    const [wanted, places = '', title = '', summary = '', from = ''] = line.split('\t');
    return {
      in: wanted === 'in',
      places: places.split(',').filter(Boolean),
      title,
      summary,
      sourceRegion: from === '' ? null : codeOf(from, file),
    };
  });
}

function codeOf(name: string, at: string): string {
  const place = findRegion(loadGazetteer(), name, DELTA);
  if (place === null) throw new Error(`${at}: no place "${name}"`);
  return place.code;
}

let built: { readonly words: string; readonly classifier: Classifier } | undefined;

/** How common names are is built in; all other numbers are read as they decide. */
function classifierOf(): Classifier {
  const words = JSON.stringify(W.words);
  if (built?.words !== words) built = { words, classifier: createClassifier(REGIONS) };
  return built.classifier;
}

const FILLER = '这一段写的是天气和心情，没有提到任何地方。';

const UNOPENED = { start: 0, length: 0, agency: null, date: null, people: [] };

function judge(item: Item): { readonly relevant: boolean; readonly codes: readonly string[] } {
  const { title, summary = '', categories = [], outlet = null, sourceRegion = null } = item;
  const { dateline = null, feedTitle = null, after = 0 } = item;
  const text = FILLER.repeat(after / FILLER.length) + (item.text ?? '');
  const opening = dateline === null ? null : { ...UNOPENED, place: dateline };
  const doc = { title, summary, text, categories, opening, outlet, feedTitle, sourceRegion };
  const classification = classifierOf().classify(doc);
  const [relevance] = createSelector(
    [EDITION],
    REGIONS,
  )({ classification, sourceId: 's', sourceRegion, title, text, categories, outlet, authors: [], link: null });
  return { relevant: relevance?.relevant ?? false, codes: classification.regions.map(({ code }) => code) };
}

/** Of news with a title and a summary: does an edition of the Delta take it? */
export function isAboutDelta(news: { readonly title: string; readonly summary: string }): boolean {
  return judge({ ...news, in: true }).relevant;
}

/** A province counts where a place in it is named. */
function names(codes: readonly string[], code: string): boolean {
  return codes.some((hit) => (code.endsWith('0000') ? hit.startsWith(codePrefix(code)) : hit === code));
}

function relevanceOf(item: Item): Outcome[] {
  return [{ item: item.title, want: item.in, got: judge(item).relevant }];
}

function placesOf(item: Item): Outcome[] {
  if (item.places === undefined && item.not === undefined) return [];
  const { codes } = judge(item);
  const asked = (list: readonly string[], want: boolean): Outcome[] =>
    list.map((name) => ({ item: `${item.title} → ${name}`, want, got: names(codes, codeOf(name, item.title)) }));
  return [...asked(item.places ?? [], true), ...asked(item.not ?? [], false)];
}

function regionSets(name: string, read: () => readonly Item[]): readonly EvalSet[] {
  let known: readonly Item[] | undefined;
  const items = () => (known ??= read());
  return [
    { name: `region ${name}`, room: 'region', run: () => ({ outcomes: items().flatMap(relevanceOf) }) },
    { name: `places of ${name}`, room: 'region', run: () => ({ outcomes: items().flatMap(placesOf) }) },
  ];
}

export const REGION_SETS: readonly EvalSet[] = [
  ...regionSets('headlines', () => readTsv('headlines.tsv')),
  ...regionSets('summaries', () => readTsv('summaries.tsv')),
  ...regionSets('fields', () => readLines('fields.jsonl').map((line) => JSON.parse(line) as Item)),
];
