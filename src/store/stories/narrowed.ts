/** Finds the stories of an edition that stand in certain sets and have certain words, newest first, by indexes alone. */
import { beijingDay } from '../../text/time.ts';
import { keys, type Store } from '../redis/keys.ts';
import { defineScript } from '../redis/luascript.ts';
import { marksOfWords } from './wordmarks.ts';

const narrow = defineScript('narrow-0', [], ['control']);
const seek = defineScript('seek-0', [], ['control']);

/** Stories that Redis looks at in one go: some ten milliseconds, in which it answers nobody else. */
const LOOKS = 10_000;
/** Reads of 32 stories' marks in one go: the same. */
const READS = 2_000;

/** A story's place in the order of editions. */
interface Place {
  readonly orderAt: number;
  readonly story: string;
}

export interface Asked {
  readonly edition: string;
  /** Names of facets (stories/facets.ts): the story stands in one at least of each group. */
  readonly facets: readonly (readonly string[])[];
  /** Folded; it may have all of them. Whether it has is for the caller to read. */
  readonly words: readonly string[];
  /** What comes after it in the order; null: from the newest on. */
  readonly after: Place | null;
  /** Order times in epoch ms: the first inclusive, the second not. */
  readonly since: number | null;
  readonly until: number | null;
}

/** Ids in the edition's order, as many at a time as come cheaply; `most` is how many the caller is likely to need. */
export function narrowedIds(store: Store, asked: Asked, most: number): AsyncGenerator<readonly string[]> {
  return asked.words.length === 0 ? walk(store, asked, most) : search(store, asked, most);
}

function keysOf(store: Store, { edition, facets }: Asked) {
  return {
    edition: keys.edition(store, edition),
    groups: facets.map((names) => names.map((name) => keys.facet(store, name))),
  };
}

async function* walk(store: Store, asked: Asked, most: number): AsyncGenerator<readonly string[]> {
  const { after, until, since } = asked;
  let from = after === null ? (until === null ? '+inf' : `(${until}`) : String(after.orderAt);
  let story = after?.story ?? '';
  for (;;) {
    const control = { ...keysOf(store, asked), from, story, since: String(since ?? '-inf'), most, looks: LOOKS };
    const [ids, order, last] = (await narrow.run(store.redis, {
      keys: {},
      args: { control: JSON.stringify(control) },
    })) as [string[], string?, string?];
    yield ids;
    if (order === undefined || last === undefined) return;
    [from, story] = [order, last];
  }
}

async function* search(store: Store, asked: Asked, most: number): AsyncGenerator<readonly string[]> {
  const { after, until, since } = asked;
  const newest = Math.min(after?.orderAt ?? Infinity, (until ?? Infinity) - 1);
  let fromDay = newest === Infinity ? '+inf' : String(beijingDay(newest));
  const control = {
    ...keysOf(store, asked),
    marks: marksOfWords(asked.words),
    sinceDay: since === null ? '-inf' : String(beijingDay(since)),
    most,
    reads: READS,
    words: keys.words(store, ''),
    wordDays: keys.wordDays(store),
    wordsWaiting: keys.wordsWaiting(store),
  };
  for (;;) {
    const [found, nextDay] = (await seek.run(store.redis, {
      keys: {},
      args: { control: JSON.stringify({ ...control, fromDay }) },
    })) as [string[], string?];
    yield inOrder(found, asked);
    if (nextDay === undefined) return;
    fromDay = nextDay;
  }
}

/** `found`: ids and order times in turn. */
function inOrder(found: readonly string[], { after, until, since }: Asked): string[] {
  const times = new Map<string, number>();
  for (let i = 0; i < found.length; i += 2) times.set(found[i] ?? '', Number(found[i + 1]));
  return [...times]
    .filter(([, at]) => at >= (since ?? -Infinity) && at < (until ?? Infinity))
    .filter(([id, at]) => after === null || at < after.orderAt || (at === after.orderAt && id < after.story))
    .sort(([a, atA], [b, atB]) => atB - atA || (a < b ? 1 : -1))
    .map(([id]) => id);
}
