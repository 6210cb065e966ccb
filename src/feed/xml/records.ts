/** What the pass over a feed collects of its channel and of each item, before anything is decided. */
import type { Reason } from '../../model/reason.ts';
import { MOST_LISTED, MOST_NAME, MOST_OFFERED } from '../items/caps.ts';
import type { Role } from './vocabulary.ts';

interface LinkCandidate {
  readonly href: string;
  readonly rel: string;
  readonly type: string;
  readonly rank: number;
}

interface EnclosureCandidate {
  readonly url: string;
  readonly type: string;
  readonly length: string;
  readonly medium: string;
}

interface FieldValue {
  readonly value: string;
  readonly plain: boolean;
  readonly rank: number;
}

/** How an item is written, and what reading it gave beyond the item. */
export interface Written {
  /** Name of its element. */
  readonly element: string;
  /** Place of the start tag's `<`. */
  readonly start: number;
  /** See `surroundingsOf`. */
  readonly surroundings: string;
  /** Of its end tag, place of what follows the name: its `>`, as a rule; -1: it has none, or reading it gave the document a repair. */
  end: number;
  /** How many start tags it has, its own among them. */
  tags: number;
  /** It has an ampersand that begins no reference, a name that HTML alone knows. */
  bare: boolean;
  foreign: boolean;
}

/** A channel or an item under construction. */
export interface FeedRecord {
  readonly kind: 'feed' | 'item';
  readonly fields: Map<Role, FieldValue>;
  readonly links: LinkCandidate[];
  readonly enclosures: EnclosureCandidate[];
  readonly authors: string[];
  readonly categories: string[];
  readonly repairs: Reason[];
  /** rank of the best author element so far. */
  authorRank: number;
  /** False where the guid says that it is no address. */
  permalink: boolean;
  hub: string | null;
  /** Text that stands between the elements. */
  stray: string;
  /** False where the document ended inside it. */
  complete: boolean;
  /** Of an item that stands right in its feed; null otherwise. */
  written: Written | null;
  /** Counts of repairs when it began. */
  before: { readonly noted: number; readonly bare: number; readonly foreign: number; readonly tags: number } | null;
  /** Number of the known item that was cut out in its place; null: none was. */
  inPlaceOf: number | null;
}

export function newRecord(kind: 'feed' | 'item'): FeedRecord {
  return {
    kind,
    fields: new Map(),
    links: [],
    enclosures: [],
    authors: [],
    categories: [],
    repairs: [],
    authorRank: Number.POSITIVE_INFINITY,
    permalink: true,
    hub: null,
    stray: '',
    complete: false,
    written: null,
    before: null,
    inPlaceOf: null,
  };
}

/** Keeps `value` for `role` where nothing of the same or a better rank stands there already. */
export function offerField(record: FeedRecord, role: Role, value: string, plain: boolean, rank: number): void {
  if (value === '') return;
  const held = record.fields.get(role);
  if (held === undefined || rank < held.rank) record.fields.set(role, { value, plain, rank });
}

/** Adds a link or an enclosure to those of its item, up to as many as are looked at; the others are not read. */
export function offer<T>(list: T[], read: () => T): void {
  if (list.length < MOST_OFFERED) list.push(read());
}

/** Adds to a list what is neither empty nor there already. */
export function offerText(list: string[], value: string): void {
  // One more than is kept of each, so that what is left out is told.
  if (list.length > MOST_LISTED) return;
  const text = value
    .slice(0, 4 * MOST_NAME)
    .replace(/\s+/g, ' ')
    .trim();
  if (text !== '' && !list.includes(text)) list.push(text);
}

const ADDRESS = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*/;

/** The person's name in an author text such as `me@example.com (Name)` or `Name <me@example.com>`; the address where there is no name. */
export function personName(text: string): string {
  const flat = text.slice(0, MOST_NAME).replace(/\s+/g, ' ').trim();
  const address = ADDRESS.exec(flat)?.[0];
  if (address === undefined) return flat;
  const rest = flat
    .replace(/^mailto:/i, '')
    .replace(address, ' ')
    .replace(/[()<>[\]"]+/g, ' ')
    .replace(/^[\s,;:/-]+|(?<![\s,;:/-])[\s,;:/-]+$/g, '')
    .replace(/\s+/g, ' ');
  return rest === '' ? address : rest;
}

/** The address that leads to an item or site: the best HTML alternate, never self, edit or replies; null without one. */
export function chooseLink(record: FeedRecord): string | null {
  const readable = (type: string): boolean => type === '' || /html|^text\/plain/i.test(type);
  const alternates = record.links.filter(({ rel, href }) => rel === 'alternate' && href !== '');
  const best = [...alternates].sort(
    (a, b) => a.rank - b.rank || Number(readable(b.type)) - Number(readable(a.type)),
  )[0];
  if (best !== undefined) return best.href;
  const guid = record.fields.get('guid')?.value ?? '';
  return record.permalink && record.kind === 'item' && /^https?:\/\/\S+$/i.test(guid) ? guid : null;
}
