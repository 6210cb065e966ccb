/**
 * Notes what reading an item gave, by a hash of how its element is written: where the same characters stand in the
 * source's next document, they need not be read again.
 */
import { hash } from 'node:crypto';
import type { AddressVote, GivenDate } from '../dates/skew.ts';

/** An item whose id, dates and mark follow from its own element alone, as long as the settings and its surroundings stay. */
export interface KnownItem {
  /** Of its element as written, see `hashWritten`. */
  readonly hash: string;
  readonly id: string;
  /** What its mark says besides its date. */
  readonly said: string;
  readonly published: GivenDate | null;
  readonly updated: GivenDate | null;
  /** Start tags of its element. */
  readonly tags: number;
  /** A repair of the document that reading it gives: a bare ampersand, a name of HTML alone. */
  readonly bare: boolean;
  readonly foreign: boolean;
}

/** The items of a source's last document that need not be read again where they stand unchanged. */
export interface KnownItems {
  /** Stands for the program and all that reading a document is told besides the document. */
  readonly settings: string;
  /** Stands for what is open around the items: elements, namespaces, base address. */
  readonly surroundings: string;
  /** Name of the items' elements, as written. */
  readonly element: string;
  /** When it was read (epoch ms): a date that was not too far in the future then is not later. */
  readonly at: number;
  readonly items: readonly KnownItem[];
}

/** Characters of a hash in base64url: 72 bits, so that not one of a million documents has two elements of one hash by chance. */
const HASH_LENGTH = 12;

/** A short hash of a text. */
export const hashWritten = (text: string): string => hash('sha1', text, 'base64url').slice(0, HASH_LENGTH);

/** One line of ASCII for what they have in common, and one for each item: about 70 characters. */
export function writeKnown({ settings, surroundings, element, at, items }: KnownItems): string {
  const head = [settings, surroundings, encodeURIComponent(element), at.toString(36)].join(' ');
  return [head, ...items.map(writeItem)].join('\n');
}

function writeItem({ hash: written, id, said, published, updated, tags, bare, foreign }: KnownItem): string {
  const repairs = Number(bare) + 2 * Number(foreign);
  return [written, id, said, writeDate(published), writeDate(updated), tags, repairs].join(' ');
}

const VOTES: readonly AddressVote[] = [null, 'for', 'against'];
const NO_DATE = '-';

/** The moment, and one digit for the rest. */
function writeDate(date: GivenDate | null): string {
  if (date === null) return NO_DATE;
  return `${date.at.toString(36)}${VOTES.indexOf(date.vote) + (date.isUtc ? VOTES.length : 0)}`;
}

function readDate(text: string): GivenDate | null {
  if (text === NO_DATE) return null;
  const rest = Number(text.at(-1));
  const at = Number.parseInt(text.slice(0, -1), 36);
  return { at, isUtc: rest >= VOTES.length, vote: VOTES[rest % VOTES.length] ?? null };
}

/** Null where they were noted under other `settings`, or after `now` (epoch ms). */
export function readKnown(text: string, settings: string, now: number): KnownItems | null {
  const [head = '', ...lines] = text.split('\n');
  const [noted, surroundings, element, moment] = head.split(' ');
  if (noted !== settings || surroundings === undefined || element === undefined || moment === undefined) return null;
  const at = Number.parseInt(moment, 36);
  if (!(at <= now)) return null;
  return { settings, surroundings, element: decodeURIComponent(element), at, items: lines.map(readItem) };
}

/** What `writeKnown` wrote, without the items of these ids. */
export function withoutItems(known: string, ids: ReadonlySet<string>): string {
  if (ids.size === 0) return known;
  const isLeft = (line: string, i: number) => i === 0 || !ids.has(line.split(' ', 2)[1] ?? '');
  return known.split('\n').filter(isLeft).join('\n');
}

function readItem(line: string): KnownItem {
  const [written = '', id = '', said = '', published = NO_DATE, updated = NO_DATE, tags, repairs] = line.split(' ');
  const both = Number(repairs);
  return {
    hash: written,
    id,
    said,
    published: readDate(published),
    updated: readDate(updated),
    tags: Number(tags),
    bare: both % 2 === 1,
    foreign: both >= 2,
  };
}
