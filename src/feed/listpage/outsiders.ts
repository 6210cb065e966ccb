/** Leaves out rows that stand among the news of a list and are none: advertisements, fixed links, a column beside it. */
import type { PageElement } from './pagetree.ts';
import type { Row } from './rows.ts';
import { T } from './thresholds.ts';

const formOf = ({ candidate }: Row): string => candidate.address.form;
const isDatable = ({ candidate }: Row): boolean => candidate.address.day !== null;

/** The rows that `test` finds, where they are most of them; null where they are not, or are all. */
function most(rows: readonly Row[], test: (row: Row, at: number) => boolean): ReadonlySet<Row> | null {
  const found = rows.filter(test);
  return found.length >= rows.length * T.outsiders.most && found.length < rows.length ? new Set(found) : null;
}

/** Of rows that mostly show a day: those that show none, where their site, their group or a weak address is another one too. */
function beyondDated(rows: readonly Row[], dated: ReadonlySet<Row>, domain: string): ReadonlySet<Row> {
  const forms = new Set([...dated].map(formOf));
  const groups = new Map<PageElement | null, number>();
  for (const { element } of rows) groups.set(element.parent, (groups.get(element.parent) ?? 0) + 1);
  const datedGroups = new Set([...dated].map(({ element }) => element.parent));
  const isOutside = ({ candidate: { address }, element }: Row): boolean =>
    address.domain !== domain ||
    ((groups.get(element.parent) ?? 0) > 1 && !datedGroups.has(element.parent)) ||
    (!forms.has(address.form) && address.weight < T.points.number);
  return new Set(rows.filter((row) => !dated.has(row) && isOutside(row)));
}

/**
 * The rows of one list without its outsiders. `dates`: what each row shows of its day, empty for nothing; `domain`: that of
 * the page.
 */
export function withoutOutsiders(rows: readonly Row[], dates: readonly string[], domain: string): readonly Row[] {
  const dated = most(rows, (_, at) => dates[at] !== '') ?? most(rows, isDatable);
  if (dated !== null) {
    const outside = beyondDated(rows, dated, domain);
    return rows.filter((row) => !outside.has(row));
  }
  // Lists of a site's own news do link to others' now and then; theirs bear the form of news.
  const own = most(rows, ({ candidate }) => candidate.address.domain === domain);
  if (own === null) return rows;
  return rows.filter((row, at) => own.has(row) || dates[at] !== '' || row.candidate.address.weight >= T.points.front);
}
