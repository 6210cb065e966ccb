/** Bounds what one item of any format may bring. What is cut or left out is told as a repair of the item. */
import type { Enclosure } from '../../model/feed.ts';
import type { Reason } from '../../model/reason.ts';
import { reason } from '../../reasons/catalogue.ts';
import { MOST_ADDRESS } from '../../text/url.ts';
import type { LooseItem } from './looseitem.ts';

/** Items of one document. A feed carries 10 to 200; whole archives in one document stay below. */
export const MOST_ITEMS = 5000;
/** Entries of each list of an item. Articles have a handful of authors and at most thirty tags; podcasts one or two enclosures. */
export const MOST_LISTED = 64;
/** Elements of a kind that are looked at in an item, repeats of one picture in several sizes among them. */
export const MOST_OFFERED = 4 * MOST_LISTED;
/** Characters of a title with its markup. Headlines have at most 60; microblogs put a whole post of 2,000 there. */
const MOST_TITLE = 2000;
/** Characters of the name of a person, an outlet or a category, and of a media type. Longer is no name. */
export const MOST_NAME = 500;
/** Characters of content and of summary each, markup included. A report of 60,000 characters has a third of it. */
export const MOST_MARKUP = 1_000_000;
/** RFC 5646 §4.4.1: tags of language are at most 35 characters in practice. */
const MOST_LANGUAGE = 35;

/** `item` within the bounds, with a repair for each bound that it broke. */
export function capItem(item: LooseItem): LooseItem {
  const repairs: Reason[] = [...item.repairs];
  const say = (broken: boolean, repair: () => Reason): void => {
    if (broken) repairs.push(repair());
  };
  const cut = (text: string, most: number, repair: () => Reason): string => {
    say(text.length > most, repair);
    return startOf(text, most);
  };
  const address = (text: string | null): string | null => {
    if (text === null || text.length <= MOST_ADDRESS) return text;
    say(true, () => reason('repair.cap.address', { most: MOST_ADDRESS }));
    return null;
  };
  const names = (list: readonly string[], what: 'authors' | 'categories'): readonly string[] => {
    say(list.length > MOST_LISTED, () => reason(`repair.cap.${what}`, { most: MOST_LISTED }));
    return list
      .slice(0, MOST_LISTED)
      .map((name) => cut(name, MOST_NAME, () => reason('repair.cap.name', { most: MOST_NAME })));
  };
  const markup = (text: string | null): string | null =>
    text === null ? null : cut(text, MOST_MARKUP, () => reason('repair.cap.markup', { most: MOST_MARKUP }));
  const enclosure = (one: Enclosure): readonly Enclosure[] => {
    const url = address(one.url);
    const type = one.type !== null && one.type.length > MOST_NAME ? null : one.type;
    return url === null ? [] : [{ url, type, length: one.length }];
  };

  const guid = item.guid !== null && item.guid.length > MOST_ADDRESS ? null : item.guid;
  say(guid !== item.guid, () => reason('repair.cap.guid', { most: MOST_ADDRESS }));
  say(item.enclosures.length > MOST_LISTED, () => reason('repair.cap.enclosures', { most: MOST_LISTED }));
  const within = {
    ...item,
    guid,
    title: cut(item.title, MOST_TITLE, () => reason('repair.cap.title', { most: MOST_TITLE })),
    link: address(item.link),
    summary: markup(item.summary),
    content: markup(item.content),
    authors: names(item.authors, 'authors'),
    categories: names(item.categories, 'categories'),
    enclosures: item.enclosures.slice(0, MOST_LISTED).flatMap(enclosure),
    image: address(item.image),
    language: item.language !== null && item.language.length > MOST_LANGUAGE ? null : item.language,
    outlet:
      item.outlet === null ? null : cut(item.outlet, MOST_NAME, () => reason('repair.cap.name', { most: MOST_NAME })),
  };
  return { ...within, repairs };
}

/** A text of the document itself, cut to the length of a title; null for an address that is too long. */
export const capTitle = (title: string | null): string | null => (title === null ? null : startOf(title, MOST_TITLE));
export const capAddress = (address: string | null): string | null =>
  address === null || address.length > MOST_ADDRESS ? null : address;

/** The first `most` UTF-16 units, no character halved. */
function startOf(text: string, most: number): string {
  if (text.length <= most) return text;
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}
