/** Makes of a digest the item that its edition's feed has. */
import type { Edition } from '../../model/config.ts';
import type { Digest } from '../../model/digest.ts';
import { renderDigest } from '../../publish/digesthtml.ts';
import type { EditionItem } from '../../publish/edition.ts';

export const storyAddress = (id: string, baseUrl: string): string => `${baseUrl}/stories/${encodeURIComponent(id)}`;

/** Of the item that tells of a day. */
export const digestId = (edition: string, day: string): string => `digest-${edition}-${day}`;

/** The page of a digest by its item's id; null where the id is no digest's. */
export function digestAddress(id: string, edition: Edition, baseUrl: string): string | null {
  const day = /-(\d{4}-\d\d-\d\d)$/.exec(id)?.[1];
  if (edition.digest === null || day === undefined || id !== digestId(edition.id, day)) return null;
  return `${baseUrl}/digests/${encodeURIComponent(edition.id)}/${day}`;
}

/** 安徽早报 11月28日 */
export function digestTitle({ title }: Edition, { day }: Pick<Digest, 'day'>): string {
  const [, month, date] = day.split('-').map(Number);
  return `${title} ${month}月${date}日`;
}

export function digestItem(digest: Digest, edition: Edition, baseUrl: string): EditionItem {
  const { day, at, lines } = digest;
  const id = digestId(edition.id, day);
  return {
    id,
    title: digestTitle(edition, digest),
    link: digestAddress(id, edition, baseUrl),
    originalGuid: null,
    published: at,
    firstSeen: at,
    updated: at,
    summary: lines.map(({ title }) => title).join('；'),
    content: renderDigest(lines, (story) => storyAddress(story, baseUrl)),
    authors: [],
    outlet: null,
    source: { id: edition.id, name: edition.title, url: baseUrl, link: null },
    categories: [],
    regions: [],
    enclosures: [],
    image: null,
    language: null,
    script: 'hans',
    copies: [],
  };
}
