/** Gathers rows into blocks by where they stand, and weighs which block is the list of news. */
import { isDateOnly, listDates } from '../../zh/listdates.ts';
import type { Candidate } from './candidates.ts';
import { textPieces } from './pagetexts.ts';
import type { PageElement } from './pagetree.ts';
import type { Row } from './rows.ts';
import { T } from './thresholds.ts';

export interface Block {
  readonly place: string;
  readonly rows: readonly Row[];
  /** 0–1: rows that show a date of their own. */
  readonly dated: number;
  /** 0–1: rows whose address or row gives a date. */
  readonly datable: number;
  /** 0–1: rows of the site's own domain. */
  readonly own: number;
  /** Mean length of the titles, in characters. */
  readonly titles: number;
  /** Greater is better; comparable within one page. */
  readonly score: number;
}

/** Names that speak for and against; sites use them in either sense, so they weigh little. */
const AGAINST =
  /(?:^|[-_.<])(?:nav|menu|side|sidebar|aside|right|foot|footer|link|links|friend|hot|rank|ph|paihang|recommend|related|relate|tj|header|head|top|crumb|path|banner|tag|tags|slide|focus|swiper)(?=$|[-_.<\d])/gi;
const FOR = /(?:^|[-_.<])(?:list|news|main|content|article|left|doc|item|items|listul|lists)(?=$|[-_.<\d])/gi;
const AROUND = /^(?:aside|nav|footer|header)$/;

/** Rows that are read for their dates: enough to know how a block dates its rows. */
const SAMPLE = 12;

const showsDate = (row: Row): boolean =>
  listDates(textsBesideTitle(row)).some(({ isOwn }) => isOwn) || hasTime(row.element);

/** The texts of a row, each element's apart, without its headline. */
export function textsBesideTitle(row: Row): readonly string[] {
  const start = row.candidate.title.slice(0, 8);
  const texts: string[] = [];
  for (const { text, element } of textPieces(row.element, true)) {
    if (text.startsWith(start)) continue;
    if (isDateOnly(text) || !isWithinOther(element, row)) texts.push(text);
  }
  return texts;
}

/** Whether it lies within a link of the row that leads elsewhere. */
function isWithinOther(inner: PageElement, { element, candidate }: Row): boolean {
  for (let at: PageElement | null = inner; at !== null && at !== element; at = at.parent)
    if (at.name === 'a' && !candidate.links.includes(at)) return true;
  return false;
}

function hasTime(element: PageElement): boolean {
  return element.content.some(
    (part) => typeof part !== 'string' && ((part.name === 'time' && 'datetime' in part.attributes) || hasTime(part)),
  );
}

function aroundWeight(row: Row): number {
  let weight = 1;
  for (let at: PageElement | null = row.element; at !== null; at = at.parent)
    if (AROUND.test(at.name)) weight *= T.block.around;
  return weight;
}

export function weighBlock(place: string, rows: readonly Row[], domain: string): Block {
  const share = (some: readonly Row[], test: (row: Row) => boolean): number =>
    some.length === 0 ? 0 : some.reduce((count, row) => count + (test(row) ? 1 : 0), 0) / some.length;
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const sample = rows.filter((_, at) => at % step === 0).slice(0, SAMPLE);
  const dated = share(sample, showsDate);
  const datable = Math.max(
    dated,
    share(rows, ({ candidate }) => candidate.address.day !== null),
  );
  const own = share(rows, ({ candidate }) => candidate.address.domain === domain);
  const { block } = T;
  const titles = rows.reduce((sum, { candidate }) => sum + candidate.title.length, 0) / rows.length;
  const weight = rows.reduce((sum, { candidate }) => sum + candidate.weight, 0) / rows.length;
  const named =
    block.against ** (place.match(AGAINST)?.length ?? 0) * block.speaking ** (place.match(FOR)?.length ?? 0);
  const first = rows[0];
  const score =
    Math.log2(rows.length + 1) *
    (block.undated + dated) *
    (block.untitled + Math.min(1, titles / block.title)) *
    (block.weightless + Math.max(0, Math.min(1, weight / block.weight))) *
    (block.foreign + (1 - block.foreign) * own) *
    named *
    (first === undefined ? 1 : aroundWeight(first));
  return { place, rows, dated, datable, own, titles, score };
}

/** Blocks of rows that stand alike, best first. `domain`: the page's own. */
export function findBlocks(rows: readonly Row[], domain: string): readonly Block[] {
  const byPlace = new Map<string, Map<Candidate, Row>>();
  for (const row of rows) {
    const block = byPlace.get(row.place) ?? new Map<Candidate, Row>();
    byPlace.set(row.place, block);
    if (!block.has(row.candidate)) block.set(row.candidate, row);
  }
  return [...byPlace]
    .map(([place, block]) => weighBlock(place, [...block.values()], domain))
    .sort((a, b) => b.score - a.score);
}
