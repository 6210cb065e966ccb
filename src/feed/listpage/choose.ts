/** Decides what a page is, one list or a front of many blocks, and which rows are its news. */
import { type Block, findBlocks, weighBlock } from './rowblocks.ts';
import { isWithin, type PageElement } from './pagetree.ts';
import { type Row, rowPlace } from './rows.ts';
import { T } from './thresholds.ts';

export interface Choice {
  readonly mode: 'list' | 'front';
  /** In document order, each candidate once. */
  readonly rows: readonly Row[];
  /** Where the rows of the list, or of the front's best block, stand. */
  readonly outline: string;
  /** As `Block`. */
  readonly best: Block;
}

export interface PageFacts {
  /** The registered domain of the page. */
  readonly domain: string;
  readonly host: string;
  /** It is the front page of its host. */
  readonly isRoot: boolean;
  /** Groups of links to channels, in document order. */
  readonly navigation: readonly PageElement[];
}

/** Blocks among which rows that hold further links are looked for. */
const PROMOTED = 4;
/** Steps from a link up to its row. */
const MOST_CLIMB = 12;

/** The weight of a row's candidate, less for another site's: partners and advertisements. */
const ownWeight = ({ candidate: { weight, address } }: Row, { domain }: PageFacts): number =>
  weight - (address.domain === domain ? 0 : T.points.foreign);

/** What counts as news on a front page, where rows tell little. */
const isStrong = (row: Row, facts: PageFacts): boolean =>
  ownWeight(row, facts) >= T.points.front && row.candidate.title.length >= T.title.short;

/** A row for each element that stands where `block` does, where some of them hold further links of the site: keywords, comments. */
function promote(block: Block, rows: readonly Row[], facts: PageFacts): Block {
  const best = new Map<PageElement, Row>();
  const held = new Map<PageElement, Row[]>();
  const tag = block.rows[0]?.element.name;
  const known = new Map<PageElement, boolean>();
  const isRow = (element: PageElement): boolean => {
    let is = known.get(element);
    if (is === undefined) known.set(element, (is = element.name === tag && rowPlace(element) === block.place));
    return is;
  };
  for (const row of rows) {
    let at: PageElement | null = row.element;
    for (let n = 0; at !== null && n < MOST_CLIMB && !isRow(at); n++) at = at.parent;
    if (at === null || !isRow(at)) continue;
    const before = best.get(at);
    const isBetter = before === undefined || ownWeight(row, facts) > ownWeight(before, facts);
    if (isBetter) best.set(at, { candidate: row.candidate, link: row.link, element: at, place: block.place });
    const within = held.get(at);
    if (within === undefined) held.set(at, [row]);
    else within.push(row);
  }
  const groups = [...best.values()].filter((row) => isGroup(row, held.get(row.element) ?? []));
  // Where most hold several, each is a row with more of its kind within: a story and what belongs to it.
  const isFew = groups.length * 2 < best.size;
  return weighBlock(
    block.place,
    [...best.values()].filter((row) => !isFew || !groups.includes(row)),
    facts.domain,
  );
}

/** Whether an element that stands as rows do holds a list of its own: further headlines at addresses like the row's. */
function isGroup({ candidate, element }: Row, held: readonly Row[]): boolean {
  const alike = held.filter((row) => row.element !== element && row.candidate.address.form === candidate.address.form);
  return new Set(alike.map((row) => row.candidate)).size >= T.list.rows;
}

const isHidden = (row: Row): boolean => {
  for (let at: PageElement | null = row.element; at !== null; at = at.parent)
    if (/display\s{0,2}:\s{0,2}none/i.test(at.attributes['style'] ?? '')) return true;
  return false;
};

/** Rows of other hosts that come in groups of their own: hidden tabs of partners, columns of other sites. */
function withoutForeign(rows: readonly Row[], facts: PageFacts): readonly Row[] {
  const groups = new Map<PageElement | null, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.element.parent);
    if (group === undefined) groups.set(row.element.parent, [row]);
    else group.push(row);
  }
  const near = (some: readonly Row[]): number =>
    some.reduce(
      (sum, { candidate: { address } }) =>
        sum + (address.host === facts.host ? 2 : address.domain === facts.domain ? 1 : 0),
      0,
    ) / some.length;
  const nearness = new Map([...groups].map(([parent, group]) => [parent, near(group)]));
  const nearest = [...nearness.values()].reduce((most, one) => Math.max(most, one), 0);
  return rows.filter((row) => {
    const distance = nearest - (nearness.get(row.element.parent) ?? nearest);
    return distance < T.list.apart || (distance < T.list.farApart && !isHidden(row));
  });
}

/** Blocks that stand in the same containers as `best`, with rows of the same element: the list's own marked rows. */
function withMarked(best: Block, blocks: readonly Block[]): readonly Row[] {
  const containers = new Set(best.rows.map(({ element }) => element.parent));
  const forms = new Set(best.rows.map(({ candidate }) => candidate.address.form));
  const tag = best.rows[0]?.element.name;
  const marked = blocks
    .filter((block) => block !== best)
    .flatMap(({ rows }) => rows)
    .filter(
      ({ element, candidate }) =>
        element.name === tag && containers.has(element.parent) && forms.has(candidate.address.form),
    );
  return once([...best.rows, ...marked]);
}

function once(rows: readonly Row[]): readonly Row[] {
  const seen = new Set<string>();
  return rows
    .filter(({ candidate }) => !seen.has(candidate.address.key) && seen.add(candidate.address.key) !== undefined)
    .sort((a, b) => a.element.order - b.element.order);
}

/** The masthead's is among the first: a site's own, a channel's, a list of cities. */
const MOST_NAVIGATIONS = 4;

/** News above the navigation, in one box with it and first of all, that are so few of the page's belong to its masthead: a ticker of the whole site, not of the channel. */
function mastheadOf(rows: readonly Row[], navigation: PageElement): readonly Row[] {
  let masthead: readonly Row[] = [];
  for (let box = navigation.parent; box !== null; box = box.parent) {
    const held = box;
    const within = rows.filter(({ element }) => isWithin(element, held));
    if (within.length > T.navigation.masthead || within.length * 2 > rows.length) break;
    masthead = within.filter(({ element }) => element.order < navigation.order);
  }
  return masthead[0] === rows[0] ? masthead : [];
}

function withoutMasthead(rows: readonly Row[], { navigation }: PageFacts): readonly Row[] {
  const masthead = new Set(navigation.slice(0, MOST_NAVIGATIONS).flatMap((one) => mastheadOf(rows, one)));
  return rows.filter((row) => !masthead.has(row));
}

function frontRows(blocks: readonly Block[], facts: PageFacts): readonly Row[] {
  const rows = once(blocks.flatMap(({ rows }) => rows).filter((row) => isStrong(row, facts)));
  return withoutMasthead(rows, facts);
}

/** Null where nothing on the page is a list. `rows`: those of all candidates that may be news. */
export function chooseRows(rows: readonly Row[], facts: PageFacts): Choice | null {
  const found = findBlocks(rows, facts.domain);
  const blocks = [
    ...found.slice(0, PROMOTED).map((block) => promote(block, rows, facts)),
    ...found.slice(PROMOTED),
  ].sort((a, b) => b.score - a.score);
  const best = blocks[0];
  if (best === undefined) return null;
  const alike = withMarked(best, blocks);
  const list = withoutForeign(alike, facts);
  const inList = new Set(list.map(({ candidate }) => candidate.address.key));
  const isAlike = new Set(alike.map(({ candidate }) => candidate.address.key));
  const other = blocks.find(
    (block) => block.rows.filter(({ candidate }) => !isAlike.has(candidate.address.key)).length >= T.list.rows,
  );
  const strong = new Set(rows.filter((row) => isStrong(row, facts)).map(({ candidate }) => candidate.address.key));
  // Where no address is strong, none speaks against the list.
  const share = strong.size === 0 ? 1 : [...strong].filter((key) => inList.has(key)).length / strong.size;
  const dominance = best.score / Math.max(0.01, other?.score ?? 0);
  const isDated = best.dated >= T.list.dated;
  const isSmall = strong.size <= T.list.small;
  const { share: datedShare, undatedShare, rootShare, ahead, undatedAhead, rootAhead } = T.list;
  const leastShare = facts.isRoot && !(isDated && isSmall) ? rootShare : isDated ? datedShare : undatedShare;
  const leastDominance = isDated ? ahead : facts.isRoot ? rootAhead : undatedAhead;
  const isList = list.length >= T.list.rows && dominance >= leastDominance && share >= leastShare;
  if (isList) return { mode: 'list', rows: list, outline: best.place, best };
  const front = frontRows(blocks, facts);
  return front.length === 0 ? null : { mode: 'front', rows: front, outline: best.place, best };
}
