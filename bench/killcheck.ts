/** Looks at what a store holds after kills: whether all is there, once, in whole stories, and told once. */
import { readStoredEntries } from '../src/store/entries/storedentries.ts';
import { keys, type Store } from '../src/store/redis/keys.ts';
import { codeOf } from '../src/reasons/render.ts';
import type { Decision } from '../src/model/decision.ts';
import { readStories } from '../src/store/stories/stories.ts';
import { guidOf, type Printed, titleOf } from './publishers.ts';

export interface Faults {
  /** In a feed, and not stored. */
  readonly lost: readonly string[];
  /** In a feed in a newer version than is stored: its validators were saved, and the version was not. */
  readonly behind: readonly string[];
  /** Stored twice. */
  readonly doubled: readonly string[];
  /** Copies of one article that stand in several stories, or stories that do not list what stands in them. */
  readonly split: readonly string[];
  /** Decisions that the ledger has twice. */
  readonly twice: readonly string[];
  /** Stored once, and gone. */
  readonly gone: readonly string[];
}

/** `stood`: ids of entries that were stored at some time before. */
export async function findFaults(
  store: Store,
  carried: readonly Printed[],
  stood: ReadonlySet<string>,
): Promise<Faults> {
  const { redis } = store;
  const ids = await redis.zrange(keys.entries(store), 0, '-1');
  const entries = await readStoredEntries(store, ids);
  const byGuid = new Map<string, { readonly id: string; readonly title: string }[]>();
  for (const { id, guid, title } of entries.values())
    byGuid.set(guid ?? id, [...(byGuid.get(guid ?? id) ?? []), { id, title }]);
  const storyOf = new Map<string, string>();
  for (const id of ids) storyOf.set(id, (await redis.hget(keys.entry(store, id), 's')) ?? '');

  const lost: string[] = [];
  const behind: string[] = [];
  for (const one of carried) {
    const found = byGuid.get(guidOf(one));
    if (found === undefined) lost.push(guidOf(one));
    else if (!found.some(({ title }) => sameTitle(title, titleOf(one))))
      behind.push(`${guidOf(one)} is at ${found.map(({ title }) => title).join(' | ')}, not ${titleOf(one)}`);
  }
  const byArticle = new Map<string, Set<string>>();
  for (const [guid, found] of byGuid) {
    const article = guid.slice(guid.indexOf('-') + 1);
    byArticle.set(
      article,
      new Set([...(byArticle.get(article) ?? []), ...found.map(({ id }) => storyOf.get(id) ?? '')]),
    );
  }
  return {
    lost,
    behind,
    doubled: [...byGuid].flatMap(([guid, found]) => (found.length > 1 ? [guid] : [])),
    split: [
      ...[...byArticle].flatMap(([article, stories]) =>
        stories.size > 1 ? [`${article} in ${[...stories].join(', ')}`] : [],
      ),
      ...(await unlisted(store, storyOf)),
    ],
    twice: await toldTwice(store),
    gone: [...stood].filter((id) => !entries.has(id)),
  };
}

/** The cleaner may write brackets in another way. */
const sameTitle = (a: string, b: string) => {
  const version = (title: string) => /第(\d+)次更新/.exec(title)?.[1] ?? '';
  return version(a) === version(b);
};

async function unlisted(store: Store, storyOf: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const stories = await readStories(store, [...new Set(storyOf.values())]);
  const listed = await store.redis.zrange(keys.stories(store), 0, '-1');
  return [
    ...[...storyOf].flatMap(([entry, story]) =>
      stories.get(story)?.copies.some((copy) => copy.entry === entry) === true ? [] : [`${entry} not in ${story}`],
    ),
    ...listed.filter((id) => !stories.has(id)).map((id) => `${id} is listed, and has no entries`),
  ];
}

/** An entry is decided once for each of its versions, which its title tells. */
async function toldTwice(store: Store): Promise<readonly string[]> {
  const told = new Map<string, string[]>();
  for (let from = '-'; ;) {
    const rows = await store.redis.xrange(keys.ledger(store), from, '+', 'COUNT', '1000');
    for (const [, fields] of rows) {
      const row = JSON.parse(fields[1] ?? '') as Decision;
      const { entry, title, rule, decision, at, story } = row;
      const name = `${entry} ${rule.startsWith('operator') ? rule : ''} ${title}`;
      told.set(name, [...(told.get(name) ?? []), `${at} ${decision} ${codeOf(row.reason) ?? ''} in ${story}`]);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    from = `(${last[0]}`;
  }
  return [...told].flatMap(([name, rows]) => (rows.length > 1 ? [`${name}: ${rows.join(' | ')}`] : []));
}
