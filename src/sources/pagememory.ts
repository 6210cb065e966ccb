/** Tells from what is remembered of a page whether the list on it now is its news, as before or after a redesign, or another list. */
import type { FeedDocument, PageFinding } from '../model/feed.ts';
import type { Reason } from '../model/reason.ts';
import type { PageMemory } from '../model/source.ts';
import { reason } from '../reasons/catalogue.ts';
import { sameSet } from '../text/sameset.ts';

/** Forms that are remembered: those of the last polls, newest first. A form has about 50 characters. */
const MOST_FORMS = 40;

/**
 * `first`: nothing is remembered. `same`: the page's news. `healed`: its news, found elsewhere than before.
 * `other`: another list, until a second poll agrees.
 */
type PageVerdict = 'first' | 'same' | 'healed' | 'other';

export interface JudgedPage {
  readonly verdict: PageVerdict;
  /** As it is from now on. */
  readonly memory: PageMemory;
}

const shares = (some: readonly string[], known: readonly string[]): boolean => {
  const all = new Set(known);
  return some.some((one) => all.has(one));
};

/** Lists that stand alike, or hold some of the same addresses. Forms come most frequent first. */
const areAlike = (a: PageFinding, b: PageFinding): boolean =>
  shares(a.keys, b.keys) || (a.forms[0] !== undefined && b.forms.includes(a.forms[0]));

/** `found`: at a poll at `now`; `items`, `dated`: how many items it has, and how many of them have a date. */
export function judgePage(
  before: PageMemory | null,
  found: PageFinding,
  { items, dated, now }: { readonly items: number; readonly dated: number; readonly now: number },
): JudgedPage {
  const fresh = { ...found, goodAt: now, dated: items === 0 ? 0 : dated / items, items, doubt: null };
  if (before === null) return { verdict: 'first', memory: { ...fresh, unchanged: 0, healedAt: null } };
  const isKnown = areAlike(found, before);
  if (!isKnown && (before.doubt === null || !areAlike(found, before.doubt)))
    return { verdict: 'other', memory: { ...before, doubt: { ...found, at: now } } };
  // Of a front page the best of its blocks may be another one each day.
  const isMoved = found.mode === 'list' && before.mode === 'list' && found.outline !== before.outline;
  const forms = isKnown ? [...new Set([...found.forms, ...before.forms])].slice(0, MOST_FORMS) : found.forms;
  const unchanged = sameSet(found.keys, before.keys) ? before.unchanged + 1 : 0;
  const isHealed = !isKnown || isMoved;
  const memory = { ...fresh, forms, unchanged, healedAt: isHealed ? now : before.healedAt };
  return { verdict: isHealed ? 'healed' : 'same', memory };
}

/** The same of a document; null: it is no page without selectors. */
export function judgeDocument(
  { finding, items }: Pick<FeedDocument, 'finding' | 'items'>,
  before: PageMemory | null,
  now: number,
): JudgedPage | null {
  if (finding === undefined) return null;
  const dated = items.filter(({ published }) => published !== null).length;
  return judgePage(before, finding, { items: items.length, dated, now });
}

/** What was found on a page, as people are told it. */
export function tellPage({
  mode,
  items,
  dated,
  healedAt,
}: Pick<PageMemory, 'mode' | 'items' | 'dated' | 'healedAt'>): Reason {
  const shown = reason(`page.${mode}`, { items, dated });
  return healedAt === null ? shown : reason('page.healed', { shown, at: healedAt });
}

/** The same of a document, of which nothing is remembered; null: it is no page. */
export function tellDocumentPage({ mode, items }: Pick<FeedDocument, 'mode' | 'items'>): Reason | null {
  if (mode === undefined) return null;
  const dated = items.filter(({ published }) => published !== null).length / Math.max(1, items.length);
  return tellPage({ mode, items: items.length, dated, healedAt: null });
}

/** After a poll that found not a byte changed. */
export function stillSame(before: PageMemory | null, now: number): PageMemory | null {
  return before === null ? null : { ...before, goodAt: now, unchanged: before.unchanged + 1 };
}
