/** Chooses the digests that a page of an edition's feed tells, and of each the lines that a reader asked for. */
import type { DigestPlan, Edition } from '../../model/config.ts';
import type { Digest, DigestLine } from '../../model/digest.ts';
import type { Story } from '../../model/story.ts';
import { readDigests } from '../../store/keptdigests.ts';
import type { Store } from '../../store/redis/keys.ts';
import { facetsOf } from '../../store/stories/facets.ts';
import { readStories } from '../../store/stories/stories.ts';
import { hasWholeWord } from '../../text/wholeword.ts';
import { fold } from '../../zh/script.ts';
import { digestId } from './digestitem.ts';
import { type Cursor, MAX_LIMIT, type Narrowing } from './query.ts';
import { facetsAsked, type PageRequest, wordsAsked } from './selection.ts';

/** Without what was withdrawn since; a digest that has nothing else is left out. The newest first. */
export function readCurrentDigests(store: Store, edition: string): Promise<readonly Digest[]> {
  return readLines(store, edition, (_, story) => story?.withdrawn === undefined);
}

export interface DigestPage {
  readonly digests: readonly Digest[];
  /** Where the next page goes on; null at the end. */
  readonly next: Cursor | null;
}

/** A line stays where its story stands in what was asked for, and where it has the words itself. */
export async function readDigestPage(
  store: Store,
  { edition: { id }, narrowing }: { edition: PageRequest['edition']; narrowing: Narrowing },
): Promise<DigestPage> {
  const { limit, page, after, day } = narrowing;
  const groups = facetsAsked(narrowing);
  const words = wordsAsked(narrowing);
  const all = await readLines(store, id, (line, story) => {
    if (story?.withdrawn !== undefined) return false;
    const facets = groups.length === 0 || story === undefined ? [] : facetsOf(story);
    const text = words.length === 0 ? '' : fold(`${line.title}\n${line.summary}`);
    return (
      groups.every((names) => names.some((name) => facets.includes(name))) &&
      words.every((word) => hasWholeWord(text, word))
    );
  });
  const asked = all
    .filter(({ at }) => after === null || at < after.orderAt)
    .filter(({ at }) => day === null || (at >= day.from && at < day.until))
    .slice(after === null ? (page - 1) * limit : 0);
  const digests = asked.slice(0, limit);
  const last = digests.at(-1);
  const isEnd = last === undefined || asked.length === digests.length;
  return { digests, next: isEnd ? null : { orderAt: last.at, story: digestId(id, last.day) } };
}

/** Digests with those of their lines that `fits` takes; `story` is undefined once it is past retention. */
async function readLines(
  store: Store,
  edition: string,
  fits: (line: DigestLine, story: Story | undefined) => boolean,
): Promise<readonly Digest[]> {
  const digests = await readDigests(store, edition);
  const stories = await readStories(store, [...new Set(digests.flatMap(({ lines }) => lines.map((one) => one.story)))]);
  return digests.flatMap(({ day, at, lines }) => {
    const left = lines.filter((line) => fits(line, stories.get(line.story)));
    return left.length === 0 ? [] : [{ day, at, lines: left }];
  });
}

export type PlaceInDigests =
  /** `page`: of the feed, from 1; `stories`: that the digest tells. */
  | { readonly kind: 'in-digest'; readonly page: number; readonly day: string; readonly stories: number }
  /** It belongs to the edition, whose digests tell of `most` stories at most. */
  | { readonly kind: 'in-none'; readonly most: number };

/** Which digest tells of a story; null where none does, nor could, for the edition does not have it. */
export async function placeInDigests(
  store: Store,
  { id, size }: Edition,
  { stories: most }: DigestPlan,
  story: Story,
): Promise<PlaceInDigests | null> {
  const digests = await readCurrentDigests(store, id);
  const at = digests.findIndex(({ lines }) => lines.some((line) => line.story === story.id));
  const found = digests[at];
  if (found !== undefined)
    return {
      kind: 'in-digest',
      page: Math.floor(at / Math.min(size, MAX_LIMIT)) + 1,
      day: found.day,
      stories: found.lines.length,
    };
  return story.editions.includes(id) ? { kind: 'in-none', most } : null;
}
