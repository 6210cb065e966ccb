/** Finds the rows of a list: for each headline the largest element that holds it and no other. */
import type { Candidate } from './candidates.ts';
import type { PageElement, PageTree } from './pagetree.ts';
import { onceForEach } from '../../text/onceforeach.ts';

export interface Row {
  readonly candidate: Candidate;
  readonly element: PageElement;
  /** The link within it that stands first. */
  readonly link: PageElement;
  /** Where it stands: tags and classes from the row's parent up; equal for the rows of a list and of those beside it. */
  readonly place: string;
}

const NONE = -1;
const MANY = -2;
/** Elements that hold whole lists; a row is never larger. */
const WHOLE = new Set(['', 'html', 'body', 'main', 'tbody', 'table']);
const LINES = new Set(['li', 'tr', 'article']);

/** Whether `parent` is a list of which `element` is a line, or the only one: a group of a single headline is no row. */
function isWhole(element: PageElement, parent: PageElement): boolean {
  if (WHOLE.has(parent.name)) return true;
  return LINES.has(element.name) && parent.content.every((part) => typeof part === 'string' || part === element);
}

/** For each element the candidate whose links are the only ones within it; NONE and MANY otherwise. */
function soleCandidates(tree: PageTree, candidates: readonly Candidate[]): Int32Array {
  const sole = new Int32Array(tree.elements.length).fill(NONE);
  for (const [index, { links }] of candidates.entries()) for (const link of links) sole[link.order] = index;
  for (let order = tree.elements.length - 1; order > 0; order--) {
    const own = sole[order] ?? NONE;
    const parent = tree.elements[order]?.parent;
    if (own === NONE || !parent) continue;
    const theirs = sole[parent.order] ?? NONE;
    if (theirs === NONE) sole[parent.order] = own;
    else if (theirs !== own) sole[parent.order] = MANY;
  }
  return sole;
}

// Classes that change from row to row or say how a row is drawn.
const PASSING =
  /^(?:on|cur|current|active|hover|first|last|odd|even|top|new|hot|clear\w*|clearfix|cf|fl|fr|left|right|mt\d+|mb\d+)$|\d/i;

const outlineOf = onceForEach(({ name, attributes }: PageElement): string => {
  if (attributes['class'] === undefined) return name;
  const classes = (attributes['class'] ?? '').split(/\s+/).filter((one) => one !== '' && !PASSING.test(one));
  return [name, ...classes.slice(0, 2)].join('.');
});

const MOST_STEPS = 12;
/** Elements that are rows by their name; classes tell their first, last and marked ones apart, which are rows all the same. */
const ROW_NAMES = new Set(['li', 'tr', 'dl', 'dt', 'dd', 'p', 'a', 'h2', 'h3', 'h4']);

/** The place of an element as a row: its own outline, then those of the elements around it. */
export function rowPlace(element: PageElement): string {
  const own = ROW_NAMES.has(element.name) ? element.name : outlineOf(element);
  return `${own}<${element.parent === null ? '' : placeOf(element.parent)}`;
}

/** The place of an element that holds rows: many rows have one parent. */
const placeOf = onceForEach((element: PageElement): string => {
  const steps: string[] = [];
  for (
    let at: PageElement | null = element, n = 0;
    at !== null && at.name !== '' && n < MOST_STEPS;
    at = at.parent, n++
  )
    steps.push(outlineOf(at));
  return steps.join('<');
});

/** Places of one headline that are looked at: its picture, its line in the list, its place in a slider. */
const MOST_PLACES = 4;

/** A row for each place where a candidate is linked, in document order. */
export function findRows(tree: PageTree, candidates: readonly Candidate[]): readonly Row[] {
  const sole = soleCandidates(tree, candidates);
  const rows = candidates.flatMap((candidate, index): readonly Row[] => {
    const found: Row[] = [];
    for (const link of candidate.links) {
      if (found.length >= MOST_PLACES) break;
      let at = link;
      while (at.parent !== null && !isWhole(at, at.parent) && sole[at.parent.order] === index) at = at.parent;
      if (found.every(({ element }) => element !== at))
        found.push({ candidate, element: at, link, place: rowPlace(at) });
    }
    return found;
  });
  return rows.sort((a, b) => a.element.order - b.element.order);
}
