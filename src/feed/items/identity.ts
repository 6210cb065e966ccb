/** Gives items ids that survive re-polls, re-orderings and title edits, and folds an item that a feed repeats. */
import { hash } from 'node:crypto';
import type { Enclosure } from '../../model/feed.ts';
import type { DocumentSettings, Identity } from '../../model/source.ts';

/** What an item can be recognised by. */
export interface Identifiable {
  readonly guid: string | null;
  readonly link: string | null;
  /** What the link is known by, where that is not the link itself. */
  readonly key?: string | undefined;
  readonly title: string;
  /** Date as written; empty where it counts from the time of reading. */
  readonly date: string;
  /** Content or summary. */
  readonly body: string;
  readonly image: string | null;
  readonly enclosures: readonly Pick<Enclosure, 'url'>[];
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_LENGTH = 20;

/** `ID_LENGTH` characters of base32 that stand for `text`. */
export function hashToId(text: string): string {
  const digest = hash('sha256', text, 'buffer');
  let id = '';
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && id.length < ID_LENGTH) {
      bits -= 5;
      id += ALPHABET.charAt((held >>> bits) & 31);
    }
    held &= (1 << bits) - 1;
    if (id.length === ID_LENGTH) break;
  }
  return id;
}

/** Longer is no tag, but a mark in the text. */
const LONGEST_TAG = 2000;

/** Without tags and blanks. */
export const squash = (text: string): string => withoutTags(text).replace(/\s+/g, '');

/** From each `<` to the next `>`. Looks for each end once: a pattern would look anew from every `<`. */
export function withoutTags(text: string): string {
  let out = '';
  let done = 0;
  let end = -1;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', Math.max(done, at + 1))) {
    if (end < at) end = text.indexOf('>', at);
    if (end < 0) break;
    if (end - at - 1 > LONGEST_TAG) continue;
    out += text.slice(done, at);
    done = end + 1;
  }
  return out + text.slice(done);
}

const SIGNATURE_LENGTH = 200;

function signatureOf(item: Identifiable): string {
  return `${squash(item.title.slice(0, 1000))}\u0000${squash(item.body.slice(0, 4000)).slice(0, SIGNATURE_LENGTH)}`;
}

const NOTHING = '\u0000';
const BY_TEXT = 'text ';

/** What two items of one key share that are the same. Of those that are told by their text alone, all that they say. */
function samenessOf(item: Identifiable, key: string): string {
  if (!key.startsWith(BY_TEXT)) return signatureOf(item);
  const media = [item.image ?? [], item.enclosures.map(({ url }) => url)].flat();
  return [item.title, item.body, ...media].join(NOTHING);
}

/** An address without the counter or anchor behind `#`; one whose fragment is a route (`#/`, `#!`) stays whole. */
function withoutFragment(address: string): string {
  const at = address.indexOf('#');
  if (at <= 0 || /^#[/!]/.test(address.slice(at))) return address;
  return address.slice(0, at);
}

// A front page is where many items point; it tells none of them apart.
const FRONT_PAGE = /^https?:\/\/[^/?#]+(?:\/(?:index\.\w{1,8})?)?(?:#(?![/!]).*)?$/i;

/** Whether guids are the places of a list: 1, 2, 3 … from its head on. A young site numbers its newest items backwards. */
function arePlaces(items: readonly Identifiable[]): boolean {
  const [first] = items;
  if (items.length < 3 || (first?.guid !== '0' && first?.guid !== '1')) return false;
  return items.every(({ guid }, i) => guid === String(Number(first.guid) + i));
}

/** What items of a document are told by, in the order in which it is tried. */
function waysOf(
  items: readonly Identifiable[],
  identity: Identity,
): { readonly guid: boolean; readonly link: boolean } {
  if (identity === 'auto') return { guid: !arePlaces(items), link: true };
  return { guid: identity === 'guid', link: identity !== 'title+date' };
}

const guidKey = (guid: string): string => `guid ${guid.replace(/#\d{1,4}$/, '')}`;
const linkKey = (link: string, key?: string): string => `link ${key ?? withoutFragment(link)}`;

function keyOf(item: Identifiable, by: ReturnType<typeof waysOf>): string {
  if (by.guid && item.guid !== null && item.guid !== '') return guidKey(item.guid);
  if (by.link && item.link !== null && item.link !== '' && !FRONT_PAGE.test(item.link))
    return linkKey(item.link, item.key);
  return `${BY_TEXT}${squash(item.title)}\u0000${item.date}\u0000${squash(item.body.slice(0, 4000)).slice(0, SIGNATURE_LENGTH)}`;
}

function tellApart(items: readonly Identifiable[]): (item: Identifiable) => string {
  const distinct = (pick: (item: Identifiable) => string): boolean => new Set(items.map(pick)).size === items.length;
  // What changes least comes first: whole guids, then links, then what is written.
  const ways: readonly ((item: Identifiable) => string)[] = [
    (item) => item.guid ?? '',
    (item) => item.link ?? '',
    (item) => squash(item.title),
    (item) => `${squash(item.title)}\u0000${item.date}`,
  ];
  return ways.find(distinct) ?? ((item) => `${item.date}\u0000${signatureOf(item)}`);
}

/** The id that the ids of a source's items go by: the first one that it had, so that a new name makes no item new. */
export const idSeed = ({ id, formerly = [] }: Pick<DocumentSettings, 'id' | 'formerly'>): string => formerly[0] ?? id;

/** What a key identifies in its source; `apart`: what tells items of one key apart. */
const identityOf = (source: string, key: string, apart = ''): string => `${source}\u0000${key}\u0000${apart}`;

const ADDRESS = /^((?:guid|link) )https?:\/\/(?:www\.)?(.*?)\/?$/s;

/**
 * Ids that an item would have under other spellings of the address that it is told by: https for http, with www. or
 * without, with a slash at the end or without. None where it is told by something else.
 */
export function otherSpellings(
  source: string,
  item: Pick<Identifiable, 'guid' | 'link'> & { readonly id: string },
): string[] {
  const keys = [item.guid === null ? '' : guidKey(item.guid), item.link === null ? '' : linkKey(item.link)];
  const key = keys.find((one) => ADDRESS.test(one) && hashToId(identityOf(source, one)) === item.id);
  const [, kind = '', rest = ''] = ADDRESS.exec(key ?? '') ?? [];
  if (key === undefined) return [];
  const spelled = ['http://', 'https://', 'http://www.', 'https://www.'].flatMap((head) =>
    ['', '/'].map((tail) => `${kind}${head}${rest}${tail}`),
  );
  return spelled.filter((one) => one !== key).map((one) => hashToId(identityOf(source, one)));
}

export interface Identified<T> {
  readonly item: T;
  readonly id: string;
  /** Nothing else in the document is told by the same: the id follows from the item alone. */
  readonly isAlone: boolean;
}

/**
 * Ids for the items of one document of `source`, in order. An item whose guid or link (but for a counter such as `#1`) and
 * content stood there already is left out, and so is one without either that says just what another one said. Different
 * items under one guid or link each get an id of their own.
 */
export function identify<T extends Identifiable>(
  source: string,
  items: readonly T[],
  identity: Identity = 'auto',
): readonly Identified<T>[] {
  return nameGroups(source, items, groupByKey(items, waysOf(items, identity)));
}

/**
 * The same for those of a document among whose other items each has one of the ids `known` for itself, and a guid that is
 * no place of a list (see `maybePlace`). Null where an item is told by the same as one of the others.
 */
export function identifyAmong<T extends Identifiable>(
  source: string,
  items: readonly T[],
  identity: Identity,
  known: ReadonlySet<string>,
): readonly Identified<T>[] | null {
  const by = identity === 'auto' ? { guid: true, link: true } : waysOf(items, identity);
  const groups = groupByKey(items, by);
  for (const key of groups.keys()) if (known.has(hashToId(identityOf(source, key)))) return null;
  return nameGroups(source, items, groups);
}

/** Whether a guid may be the place of its item in a list, so that how the others are told hangs on it. */
export const maybePlace = (guid: string | null): boolean => guid !== null && /^\d{1,5}$/.test(guid);

/** Items that are told by the same. */
interface Group<T> {
  readonly items: T[];
  readonly said: Set<string>;
}

function groupByKey<T extends Identifiable>(
  items: readonly T[],
  by: ReturnType<typeof waysOf>,
): ReadonlyMap<string, Group<T>> {
  const groups = new Map<string, Group<T>>();
  for (const item of items) {
    const key = keyOf(item, by);
    const sameness = samenessOf(item, key);
    const group: Group<T> = groups.get(key) ?? { items: [], said: new Set() };
    groups.set(key, group);
    // Of items without content nothing shows that they are the same.
    const repeated = sameness !== NOTHING && group.said.has(sameness);
    if (!repeated) group.items.push(item);
    group.said.add(sameness);
  }
  return groups;
}

function nameGroups<T>(
  source: string,
  items: readonly (T & Identifiable)[],
  groups: ReadonlyMap<string, Group<T & Identifiable>>,
): readonly Identified<T>[] {
  const alone = new Set<T>();
  const ids = new Map<T, string>();
  const given = new Map<string, number>();
  for (const [key, group] of groups) {
    const [first] = group.items;
    if (first !== undefined && group.items.length === 1) alone.add(first);
    const apart = group.items.length === 1 ? () => '' : tellApart(group.items);
    for (const item of group.items) {
      const identity = identityOf(source, key, apart(item));
      // Only items alike in everything come here twice, so their order does not matter.
      const before = given.get(identity) ?? 0;
      given.set(identity, before + 1);
      ids.set(item, hashToId(before === 0 ? identity : `${identity}\u0000${before}`));
    }
  }
  return items.flatMap((item) => {
    const id = ids.get(item);
    return id === undefined ? [] : [{ item, id, isAlone: alone.has(item) }];
  });
}
