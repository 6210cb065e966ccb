/** Reads every stored record of a source, an entry, a story and the ledger once, and tells which cannot be read. */
import type { Unreadable } from '../../model/storedrecord.ts';
import { readPacked, readRaw } from '../entries/packedentry.ts';
import { readClassified, readStories } from '../stories/stories.ts';
import { keys, type Store } from '../redis/keys.ts';
import { checkEach, readable } from '../redis/unreadable.ts';
import { scanRows } from '../ledger/ledger.ts';
import { readSourceState } from '../sources/sources.ts';

const CHUNK = 200;

/** What a record is of; `id` names the entry, story, source or row of the ledger. */
export interface Broken extends Unreadable {
  readonly kind: 'entry' | 'raw' | 'story' | 'source' | 'row';
  readonly id: string;
}

/** Every record that cannot be read. `sources`: ids of the config's. */
export async function surveyRecords(store: Store, sources: readonly string[]): Promise<readonly Broken[]> {
  const found: Broken[] = [];
  const during = (kind: Broken['kind'], idOf: (key: string) => string): Store => ({
    ...store,
    onUnreadable: ({ key, why }) => void found.push({ kind, id: idOf(key), key, why }),
  });
  await surveyEntries(store, (record) => void found.push(record));
  const stories = await store.redis.zrange(keys.stories(store), 0, '-1');
  const watching = during('story', (key) => key.slice(keys.story(store, '').length));
  for (let at = 0; at < stories.length; at += CHUNK) await readStories(watching, stories.slice(at, at + CHUNK));
  for (const id of sources) {
    const ofSource = during('source', () => id);
    await readSourceState(ofSource, id);
  }
  await scanRows(during('row', (key) => key.slice(key.indexOf(' ') + 1)));
  return found;
}

async function surveyEntries(store: Store, tell: (record: Broken) => void): Promise<void> {
  const ids = await store.redis.zrange(keys.entries(store), 0, '-1');
  for (let at = 0; at < ids.length; at += CHUNK) {
    const chunk = ids.slice(at, at + CHUNK);
    const pipeline = store.redis.pipeline();
    for (const id of chunk) pipeline.hmgetBuffer(keys.entry(store, id), 'e', 'x', 'r', 's');
    const keyOf = (place: number) => keys.entry(store, chunk[place] ?? '');
    const of = (kind: Broken['kind'], place: number): Store => ({
      ...store,
      onUnreadable: (record) => tell({ kind, id: chunk[place] ?? '', ...record }),
    });
    let place = 0;
    const watching: Store = {
      ...store,
      onUnreadable: (record) => tell({ kind: 'entry', id: idOf(store, record), ...record }),
    };
    for (const row of await checkEach(watching, pipeline.exec(), keyOf)) {
      const [packed, classified, raw, story] = (row ?? []) as (Buffer | null)[];
      const key = keyOf(place);
      if (row !== null && (!packed || !classified || !story))
        tell({ kind: 'entry', id: chunk[place] ?? '', key, why: `${key} lacks a part` });
      else if (packed && classified) {
        const json = readable(of('entry', place), key, () => {
          readClassified(classified, key);
          return readPacked(packed, key).json;
        });
        if (json !== null && raw) readable(of('raw', place), key, () => readRaw(raw, json, key));
      }
      place++;
    }
  }
}

function idOf(store: Store, { key }: Unreadable): string {
  return key.slice(keys.entry(store, '').length);
}
