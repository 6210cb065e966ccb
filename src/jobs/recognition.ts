/** Finds out which items of a polled document are new, which have changed, and under which id each is known. */
import type { FeedDocument, RawItem } from '../model/feed.ts';
import type { Source, SourceState } from '../model/source.ts';
import { marksOf, nameMark, oldMarkOf, readMark, titleMark, withName } from '../feed/items/contentmark.ts';
import { idSeed, otherSpellings } from '../feed/items/identity.ts';
import {
  areOfMaking,
  isFragment,
  isHardlyKnown,
  isRenamed,
  isSurelySame,
  type Known,
  matchByTitle,
} from '../sources/recognise.ts';
import { endsEarly } from '../sources/afterpoll.ts';
import { readStoredEntries } from '../store/entries/storedentries.ts';
import type { Store } from '../store/redis/keys.ts';
import { inPortions } from '../store/redis/portions.ts';
import { noteSeen, noteStandsFor, readEverySeen, readSeen, type Seen } from '../store/sources/seen.ts';
import type { FreshItem } from './intake.ts';
import { articleOf, type Marked, replace } from './otherarticles.ts';

/** What a document brings, told apart by what was seen of its source. */
export interface Recognised {
  /** Those that are new or say something else than before. */
  readonly fresh: readonly FreshItem[];
  /** Changed items whose entries were forgotten: they do not come back. */
  readonly forgotten: readonly RawItem[];
  /** Id → mark of items that are as they were committed last. */
  readonly standing: ReadonlyMap<string, string>;
  /** Id → mark that holds a name which its next document shows to be fleeting or not; to be noted once all is queued. */
  readonly names: ReadonlyMap<string, string>;
  /** Its items were told by title and date, for their ids had changed. */
  readonly renamed: boolean;
  /** Its dates are those of its making: what is new is dated by when it was first seen. */
  readonly datesOfMaking: boolean;
  /** Ids by the document of items that are known by others, or whose names may yet change. */
  readonly unsettled: readonly string[];
  /** Ids that its items are known by. */
  readonly ids: readonly string[];
  /** Those, and the ids that the document gives them. */
  readonly allIds: readonly string[];
}

/**
 * `whole`: the document has all that its source, `of`, has now. Safe to repeat until what is fresh is queued. Null where an
 * item that was not read is not as it was committed last: the document is to be read whole.
 */
export async function recognise(
  store: Store,
  document: FeedDocument,
  before: Pick<SourceState, 'renamed' | 'datesOfMaking'>,
  { whole, now, of }: { readonly whole: boolean; readonly now: number; readonly of: Pick<Source, 'id' | 'formerly'> },
): Promise<Recognised | null> {
  const { source, unread } = document;
  const isTorn = endsEarly(document);
  const items = isTorn && isFragment(document.items) ? document.items.slice(0, -1) : document.items;
  const named = await markAll(store, { ...document, items }, idSeed(of));
  if (unread !== undefined && named.some((one) => unread.has(one.named) && !isSettled(one))) return null;
  const { marked, renamed } = whole
    ? await rename(store, source, named, before.renamed)
    : { marked: named, renamed: before.renamed };
  const stamps = items.flatMap(({ published, updated }) => published ?? updated ?? []);
  const isWhollyDated = stamps.length === items.length;
  const datesOfMaking =
    areOfMaking(marked.flatMap(movedDate), isWhollyDated ? stamps : [], now) ?? before.datesOfMaking;
  const names = await settleNames(store, source, marked);
  // What breaks off says less than it did, but nothing else.
  const torn = isTorn ? marked.at(-1) : undefined;
  const changed = marked.filter((one) => one !== torn && hasChanged(one, names));
  const stored = await readStoredEntries(
    store,
    changed.map(({ item }) => item.id),
  );
  const replaced = await replace(store, source, changed, stored);
  const fresh: FreshItem[] = [];
  const forgotten: RawItem[] = [];
  const noted = new Map<string, string>();
  const standing = new Map<string, string>();
  const ids: string[] = [];
  const unsettled: string[] = [];
  for (const one of marked) {
    const { item, mark: hash, last } = replaced.get(one) ?? one;
    const given = datesOfMaking ? { ...item, published: null, updated: null } : item;
    ids.push(item.id);
    if (item.id !== one.named || one.isRenamed === true || names.has(item.id)) unsettled.push(one.named);
    if (last === null) fresh.push({ item: given, hash, kind: 'new' });
    else if (one === torn || !hasChanged({ ...one, item, last }, names)) {
      const isOld = last !== hash && readMark(last) === null;
      if (isOld) noted.set(item.id, hash);
      standing.set(item.id, isOld ? hash : last);
    } else if (stored.has(item.id) || replaced.has(one)) fresh.push({ item: given, hash, kind: 'changed' });
    else {
      noted.set(item.id, hash);
      forgotten.push(item);
    }
  }
  await noteSeen(store, source, noted);
  // Of two items under one id, one may just have been noted as something else.
  for (const [id, mark] of noted) if (standing.get(id) !== mark) standing.delete(id);
  const allIds = [...ids, ...marked.map((one) => one.named)];
  return { fresh, forgotten, standing, names, renamed, datesOfMaking, unsettled, ids, allIds };
}

/** Whether an item stands under its own id and address as it was committed last, so that nothing more of it is asked. */
function isSettled({ item, named, mark, last, isRenamed }: Marked): boolean {
  if (last === null || isRenamed === true || item.id !== named) return false;
  if (last === mark) return true;
  const [before, now] = [readMark(last), readMark(mark)];
  return before !== null && before.content === now?.content && before.link === now.link;
}

async function markAll(
  store: Store,
  { source, items, marks = marksOf(items) }: FeedDocument,
  seed: string,
): Promise<readonly Marked[]> {
  const seen = await readSeen(
    store,
    source,
    items.map(({ id }) => id),
  );
  const named = items.map((item, i): Marked => {
    const { article, mark: last } = seen[i] as Seen;
    return { item: { ...item, id: article }, mark: marks.get(item.id) as string, named: item.id, last };
  });
  return respell(store, source, named, seed);
}

/** Items that were never seen under those ids under which they were seen with their address spelled otherwise. */
async function respell(
  store: Store,
  source: string,
  named: readonly Marked[],
  seed: string,
): Promise<readonly Marked[]> {
  const spellings = await inPortions(named, async (portion) =>
    portion.map(({ item, last }) => (last === null ? otherSpellings(seed, item) : [])),
  );
  const others = await readSeen(store, source, spellings.flat());
  const taken = new Set(named.flatMap(({ item, last }) => (last === null ? [] : [item.id])));
  let at = 0;
  return named.map((one, i) => {
    const found = others.slice(at, (at += spellings[i]?.length ?? 0)).find(({ mark }) => mark !== null);
    if (found === undefined || taken.has(found.article)) return one;
    taken.add(found.article);
    return { ...one, isRenamed: true, item: { ...one.item, id: found.article }, last: found.mark };
  });
}

/** Whether an item says something else than when it was committed last. `names`: of which the address does not count yet. */
function hasChanged({ item, mark, last, named }: Marked, names: ReadonlyMap<string, string>): boolean {
  if (last === null || last === mark) return false;
  const before = readMark(last);
  if (before === null) return last !== oldMarkOf({ ...item, id: named });
  const now = readMark(mark);
  return now?.content !== before.content || (now.link !== before.link && !names.has(item.id));
}

/**
 * Ids and addresses that nearly all items of a document have anew are tokens, until a second document gives the same:
 * from then on the ids stand for the articles, and the addresses are new ones. Gives the marks, by id, of those that are
 * not settled.
 */
async function settleNames(
  store: Store,
  source: string,
  marked: readonly Marked[],
): Promise<ReadonlyMap<string, string>> {
  // Of most items there is nothing to settle: they say word for word what they said.
  const others = marked.filter(({ mark, last, isRenamed }) => last !== mark || isRenamed === true);
  const known = others.flatMap((one) => {
    const [before, now] = [readMark(one.last ?? ''), readMark(one.mark)];
    return before === null || now === null ? [] : [{ ...one, before, isElsewhere: now.link !== before.link }];
  });
  const moved = known.filter(({ isElsewhere }) => isElsewhere);
  const areFleeting = isHardlyKnown(known.length + marked.length - others.length, moved.length);
  const names = new Map<string, string>();
  const settled = new Map<string, string>();
  for (const { item, named, last, before, isElsewhere, isRenamed } of known) {
    if (isRenamed !== true && !(isElsewhere && areFleeting)) continue;
    const name = nameMark(named, item.link);
    if (before.name !== name) names.set(item.id, withName(last ?? '', name));
    else if (named !== item.id) settled.set(named, item.id);
  }
  if (settled.size > 0) await noteStandsFor(store, source, settled);
  return names;
}

function movedDate({ mark, last }: Marked): { before: number; now: number }[] {
  const now = readMark(mark)?.at;
  const before = last === mark ? now : last === null ? null : readMark(last)?.at;
  return typeof before === 'number' && typeof now === 'number' ? [{ before, now }] : [];
}

/**
 * Items of unknown ids under those of the seen items that they are by title and date: all of them where ids change with
 * each document, else those that surely are.
 */
async function rename(
  store: Store,
  source: string,
  named: readonly Marked[],
  before: boolean,
): Promise<{ readonly marked: readonly Marked[]; readonly renamed: boolean }> {
  const unseen = named.filter(({ last }) => last === null);
  const isKnown = unseen.length === 0 || (!before && !isHardlyKnown(named.length, unseen.length));
  if (isKnown) return { marked: named, renamed: false };
  const every = new Map(await readEverySeen(store, source));
  for (const { item, last } of named) if (last !== null) every.delete(item.id);
  const wanted = unseen.map(({ item, mark }) => knownBy(item.id, mark)).filter((one) => one !== null);
  const known = await knownOf(store, every, before);
  const matched = matchByTitle(wanted, known);
  const renamed = before ? matched.size > 0 : isRenamed(named.length, unseen.length, matched.size);
  const sure = renamed ? matched : await onlySure(store, unseen, known, matched);
  const marked = named.map((one) => {
    const id = one.last === null ? sure.get(one.item.id) : undefined;
    return id === undefined ? one : { ...one, isRenamed: true, item: { ...one.item, id }, last: every.get(id) ?? null };
  });
  return { marked, renamed };
}

/** Of what was matched by title and date what is surely the same. */
async function onlySure(
  store: Store,
  unseen: readonly Marked[],
  known: readonly Known[],
  matched: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const entries = await readStoredEntries(store, [...matched.values()]);
  const dates = new Map(known.map(({ id, at }) => [id, at]));
  const sure = new Map<string, string>();
  for (const { item, mark } of unseen) {
    const id = matched.get(item.id);
    if (id === undefined) continue;
    const before = { title: item.title, text: entries.get(id)?.text ?? '', at: dates.get(id) ?? null };
    if (isSurelySame(before, articleOf(item, mark))) sure.set(item.id, id);
  }
  return sure;
}

function knownBy(id: string, mark: string): Known | null {
  const read = readMark(mark);
  return read === null ? null : { id, title: read.title, at: read.at };
}

/** What 0.1.0 has seen is known by its stored entries; once is enough, for from then on all have marks. */
async function knownOf(store: Store, every: ReadonlyMap<string, string>, before: boolean): Promise<Known[]> {
  const old = before ? [] : [...every].filter(([, mark]) => readMark(mark) === null).map(([id]) => id);
  const entries = await readStoredEntries(store, old);
  const known = [...every].flatMap(([id, mark]) => knownBy(id, mark) ?? []);
  return [
    ...known,
    ...[...entries].map(([id, { title, published }]) => ({ id, title: titleMark(title), at: published })),
  ];
}
